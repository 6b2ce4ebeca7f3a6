import { customersUrl } from '#features/customers/urls';
import { PointsProgramRemoveRuleDocument, PointsProgramStopRuleDocument } from '#gql/points-program/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { TextLink } from '#ui/links';
import { toastDone, toastFailed } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { useErrorText } from '#ui/userErrors';
import { ActionIcon, Badge, Group, Menu, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { draftFrom } from './draft';
import classes from './pointsProgram.module.css';
import type { Rule } from './PointsProgramPage';
import { pointsProgramUrl } from './urls';
import { type Names, useSentence } from './useSentence';

export const colors = { ACTIVE: 'green', PLANNED: 'blue', ENDED: 'gray', STOPPED: 'gray' } as const;
const order = ['ACTIVE', 'PLANNED', 'STOPPED', 'ENDED'] as const satisfies readonly Rule['status'][];

/** The rules, those in force first, each as a sentence with what it has given. */
export function RuleList(props: { rules: readonly Rule[]; names: Names; onChanged: () => void }) {
  const rules = order.flatMap((status) => props.rules.filter((rule) => rule.status === status));
  return (
    <ul className={classes.rules}>
      {rules.map((rule) => (
        <Row key={rule.id} rule={rule} names={props.names} onChanged={props.onChanged} />
      ))}
    </ul>
  );
}

function Row(props: { rule: Rule; names: Names; onChanged: () => void }) {
  const { rule } = props;
  const { t } = useTranslation('points-program');
  const sentence = useSentence(props.names);
  const mayWrite = useScope('settings:write');
  const [asking, setAsking] = useState(false);
  return (
    <li className={classes.rule}>
      <div className={classes.what}>
        <Group gap="xs">
          <TextLink {...pointsProgramUrl({ rule: rule.id })} fw={600}>
            {rule.name}
          </TextLink>
          <Badge variant="light" color={colors[rule.status]}>
            {t(`status.${rule.status}`)}
          </Badge>
        </Group>
        <Text size="sm">{sentence(draftFrom(rule))}</Text>
        <Given rule={rule} />
      </div>
      {mayWrite && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('rules.menu', { name: rule.name })}>
              <IconDots size="1.125rem" aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Stop rule={rule} onChanged={props.onChanged} />
            <Menu.Item color="red" onClick={() => setAsking(true)}>
              {t('rules.remove')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {asking && <Remove rule={rule} onClose={() => setAsking(false)} onChanged={props.onChanged} />}
    </li>
  );
}

/** What a rule has given, with the way to those who got it. */
function Given({ rule: { id, given } }: { rule: Rule }) {
  const { t } = useTranslation('points-program');
  const format = useFormat();
  const maySee = useScope('customers:read');
  const told = t('rules.given', { points: format.points(given.points), people: format.people(given.people) });
  if (!maySee || given.people === 0) {
    return (
      <Text size="xs" c="dimmed">
        {told}
      </Text>
    );
  }
  return (
    <TextLink {...customersUrl({ rule: { field: 'earn_rule', op: 'any_of', value: [id] } })} size="xs">
      {told}
    </TextLink>
  );
}

function Stop(props: { rule: Rule; onChanged: () => void }) {
  const { t } = useTranslation('points-program');
  const write = useErrorText('points-program');
  const [, stop] = useMutation(PointsProgramStopRuleDocument);
  const stopped = props.rule.status === 'STOPPED';
  const change = async () => {
    const { data } = await stop({ input: { id: props.rule.id, stopped: !stopped } });
    const wrong = data?.stopEarnRule.userErrors[0];
    if (!data || wrong) return toastFailed(props.rule.name, wrong ? write(wrong) : t('failed'));
    toastDone(t(stopped ? 'rules.started' : 'rules.stopped'));
    props.onChanged();
  };
  return <Menu.Item onClick={() => void change()}>{t(stopped ? 'rules.start' : 'rules.stop')}</Menu.Item>;
}

function Remove(props: { rule: Rule; onClose: () => void; onChanged: () => void }) {
  const { t } = useTranslation('points-program');
  const [, remove] = useMutation(PointsProgramRemoveRuleDocument);
  const { run, busy } = useSubmit();
  const submit = async () => {
    if (!(await run(remove({ input: { id: props.rule.id } }), (data) => data.removeEarnRule.userErrors))) return;
    toastDone(t('rules.removed'));
    props.onChanged();
  };
  return (
    <ConfirmDialog
      opened
      title={t('rules.removeTitle', { name: props.rule.name })}
      confirm={t('rules.remove')}
      danger
      busy={busy}
      onConfirm={() => void submit()}
      onClose={props.onClose}
    >
      {t('rules.removeBody')}
    </ConfirmDialog>
  );
}
