import type { ConnectionFieldsFragment } from '#gql/connections/graphql';
import { importUrl } from '#features/imports/urls';
import { useFormat } from '#lib/FormatContext';
import { useNow } from '#lib/useNow';
import { useScope } from '#lib/viewer';
import { nothing } from '#ui/DataList';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Actions } from './Actions';
import { expiryOf, stateOf } from './connections';
import classes from './connections.module.css';
import { PullHistory } from './PullHistory';
import { TroubleAlert } from './TroubleAlert';
import { useEvery } from './useEvery';

const colors = { stopped: 'gray', mend: 'red', retrying: 'yellow', running: 'blue', waiting: 'blue', fine: 'green' } as const;

/** One connection: how it stands, what came, when it asks again, and what to do where something is wrong. */
export function ConnectionCard(props: { connection: ConnectionFieldsFragment }) {
  const { t } = useTranslation('connections');
  const mayWrite = useScope('settings:write');
  const { connection } = props;
  const state = stateOf(connection);
  return (
    <section className={classes.card} aria-label={connection.shop.name}>
      <Group justify="space-between" gap="sm">
        <Group gap="sm">
          <Title order={2}>
            <MallDot mall={connection.shop.mall} label={connection.shop.name} />
          </Title>
          <Badge color={colors[state]}>{t(`state.${state}`)}</Badge>
        </Group>
        {mayWrite && <Actions connection={connection} />}
      </Group>
      {connection.trouble && connection.status === 'ACTIVE' && (
        <TroubleAlert trouble={connection.trouble} service={connection.service} id={connection.id} />
      )}
      <Facts connection={connection} />
      <PullHistory id={connection.id} shop={connection.shop.name} at={connection.latest?.finishedAt ?? connection.latest?.id} />
    </section>
  );
}

function Facts(props: { connection: ConnectionFieldsFragment }) {
  const { t } = useTranslation('connections');
  const { connection } = props;
  const { latest } = connection;
  return (
    <dl className={classes.facts}>
      <Fact label={t('fact.pulledTo')}>{connection.pulledTo ? <Timestamp at={connection.pulledTo} /> : t('fact.notYet')}</Fact>
      <Fact label={t('fact.next')}>
        <Next connection={connection} />
      </Fact>
      <Fact label={t(latest && !latest.done ? 'fact.now' : 'fact.latest')}>{latest ? <Latest pull={latest} /> : nothing}</Fact>
      <Fact label={t('fact.expires')}>
        <Expiry connection={connection} />
      </Fact>
    </dl>
  );
}

function Fact(props: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{props.label}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

function Next(props: { connection: ConnectionFieldsFragment }) {
  const { t } = useTranslation('connections');
  const now = useNow();
  const every = useEvery();
  const { connection } = props;
  if (connection.status === 'STOPPED') return <>{t('fact.stopped')}</>;
  if (connection.running) return <>{t('fact.running')}</>;
  const due = Date.parse(connection.nextAt) <= now.getTime();
  return (
    <>
      {due ? t('fact.soon') : <Timestamp at={connection.nextAt} />}
      <Text size="xs" c="dimmed">
        {t('fact.every', { every: every(connection.everyMinutes) })}
      </Text>
    </>
  );
}

function Latest(props: { pull: NonNullable<ConnectionFieldsFragment['latest']> }) {
  const { t } = useTranslation('connections');
  const format = useFormat();
  const { pull } = props;
  const came = pull.done ? pull.orders : pull.fetched;
  const count = t('orders', { count: came, shown: format.number(came) });
  const of = !pull.done && pull.expected > pull.fetched ? t('ofExpected', { count: format.number(pull.expected) }) : '';
  return (
    <>
      {pull.done && pull.orders === 0 ? t('fact.noNews') : count + of}
      <Text size="xs" c={pull.quarantined + pull.failedImports > 0 ? 'red' : 'dimmed'}>
        {pull.latestImportId && (
          <TextLink {...importUrl(pull.latestImportId)} size="xs">
            {pull.quarantined > 0
              ? t('held', { count: pull.quarantined, shown: format.number(pull.quarantined) })
              : t(pull.failedImports > 0 ? 'importFailed' : pull.unfinishedImports > 0 ? 'importing' : 'seeImport')}
          </TextLink>
        )}
      </Text>
    </>
  );
}

function Expiry(props: { connection: ConnectionFieldsFragment }) {
  const { t } = useTranslation('connections');
  const now = useNow();
  const { expiresAt, expiresTold } = props.connection;
  const soon = expiryOf(expiresAt, now);
  if (!expiresAt) return <>{t('fact.noExpiry')}</>;
  return (
    <>
      <Text span inherit c={soon === 'over' ? 'red' : undefined}>
        <Timestamp at={expiresAt} dateOnly />
      </Text>
      <Text size="xs" c={soon === 'fine' ? 'dimmed' : 'red'}>
        {t(soon === 'over' ? 'expiry.over' : soon === 'soon' ? 'expiry.soon' : expiresTold ? 'expiry.told' : 'expiry.entered')}
      </Text>
    </>
  );
}
