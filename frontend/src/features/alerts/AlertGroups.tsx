import type { AlertFieldsFragment } from '#gql/alerts/graphql';
import { useFormat } from '#lib/FormatContext';
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AlertRow } from './AlertRow';
import classes from './alerts.module.css';

/** Open alerts: those nobody looks after, which the bell counts, and below them those somebody does. */
export function AlertGroups(props: { alerts: readonly AlertFieldsFragment[]; onGo?: () => void }) {
  const unseen = props.alerts.filter((alert) => !alert.acknowledgedAt);
  const seen = props.alerts.filter((alert) => alert.acknowledgedAt);
  return (
    <>
      <Group kind="unseen" alerts={unseen} onGo={props.onGo} />
      <Group kind="seen" alerts={seen} onGo={props.onGo} />
    </>
  );
}

function Group(props: { kind: 'unseen' | 'seen'; alerts: readonly AlertFieldsFragment[]; onGo?: () => void }) {
  const { t } = useTranslation('alerts');
  const format = useFormat();
  if (props.alerts.length === 0) return null;
  return (
    <>
      <Title order={3} className={classes.groupHead}>
        {t(`group.${props.kind}`, { count: props.alerts.length, shown: format.number(props.alerts.length) })}
      </Title>
      <ul className={classes.list}>
        {props.alerts.map((alert) => (
          <AlertRow key={alert.id} alert={alert} onGo={props.onGo} />
        ))}
      </ul>
    </>
  );
}
