import { AlertAcknowledgeDocument, type AlertFieldsFragment } from '#gql/alerts/graphql';
import { useAlertWords } from '#lib/useAlertWords';
import { failureKey } from '#ui/ErrorState';
import { Timestamp } from '#ui/Timestamp';
import { toastFailed } from '#ui/toast';
import { useErrorText } from '#ui/userErrors';
import { Button } from '@mantine/core';
import { IconAlertOctagon, IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './alerts.module.css';
import { alertUrl } from './urls';

/** One alert: what is wrong, since when, the way to it, and that somebody looks after it. */
export function AlertRow(props: { alert: AlertFieldsFragment; onGo?: () => void }) {
  const { t } = useTranslation('alerts');
  const { alert } = props;
  const { title, body } = useAlertWords()(alert);
  return (
    <li className={classes.alert} data-seen={alert.acknowledgedAt && !alert.resolvedAt ? true : undefined}>
      <Mark alert={alert} />
      <div className={classes.text}>
        <Link {...alertUrl(alert)} className={classes.title} onClick={props.onGo}>
          {title}
        </Link>
        <p className={classes.body}>{body}</p>
        <p className={classes.facts}>
          <span>
            {t('since')} <Timestamp at={alert.firstSeenAt} relative />
          </span>
          {alert.times > 1 && <span>{t('times', { count: alert.times })}</span>}
          {alert.resolvedAt && (
            <span>
              {t('resolvedAt')} <Timestamp at={alert.resolvedAt} relative />
            </span>
          )}
          {alert.acknowledgedAt && (
            <span>{alert.acknowledgedBy ? t('acknowledgedBy', { name: alert.acknowledgedBy.name }) : t('acknowledged')}</span>
          )}
        </p>
      </div>
      {!alert.resolvedAt && !alert.acknowledgedAt && alert.acknowledgeable && <Acknowledge id={alert.id} title={title} />}
    </li>
  );
}

function Mark(props: { alert: AlertFieldsFragment }) {
  const { t } = useTranslation('alerts');
  const { severity, resolvedAt } = props.alert;
  if (resolvedAt) return <IconCircleCheck className={classes.fine} aria-label={t('resolvedAt')} />;
  const Icon = severity === 'CRITICAL' ? IconAlertOctagon : IconAlertTriangle;
  return <Icon className={severity === 'CRITICAL' ? classes.critical : classes.warning} aria-label={t(`severity.${severity}`)} />;
}

function Acknowledge(props: { id: string; title: string }) {
  const { t } = useTranslation('alerts');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText();
  const [{ fetching }, acknowledge] = useMutation(AlertAcknowledgeDocument);
  const run = async () => {
    const { data, error } = await acknowledge({ input: { id: props.id } });
    const wrong = error ? tUi(failureKey(error)) : data?.acknowledgeAlert.userErrors.map(write)[0];
    if (wrong) toastFailed(props.title, wrong);
  };
  return (
    <Button
      className={classes.act}
      size="compact-sm"
      variant="default"
      loading={fetching}
      aria-label={t('acknowledgeOf', { what: props.title })}
      onClick={() => void run()}
    >
      {t('acknowledge')}
    </Button>
  );
}
