import {
  ImportDetailDocument,
  type ImportFieldsFragment,
  ImportProgressDocument,
  ImportResumeDocument,
  ImportStopDocument,
} from '#gql/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { Figure, FigureRow } from '#ui/Figure';
import { LiveNumber } from '#ui/LiveNumber';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { toastFailed } from '#ui/toast';
import { Alert, Button, Group, Progress, Skeleton, Text } from '@mantine/core';
import { IconFileUnknown, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery, useSubscription } from 'urql';
import classes from './ImportPage.module.css';
import { ImportStatusBadge } from './ImportStatusBadge';
import { Quarantine } from './Quarantine';
import { importsUrl } from './urls';
import { useFailureWords } from './useFailureWords';

const route = getRouteApi('/shell/imports/$importId');

/** One import: how far it has come, what went in, and the rows that were refused. */
export function ImportPage() {
  const { t } = useTranslation('imports');
  const { importId } = route.useParams();
  const [{ data, error, fetching }, reload] = useQuery({ query: ImportDetailDocument, variables: { id: importId } });
  const running = data?.import?.status === 'RUNNING' || data?.import?.status === 'QUEUED';
  const [live] = useSubscription({ query: ImportProgressDocument, variables: { id: importId }, pause: !running });

  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (fetching && !data) return <Skeleton height="12rem" />;
  if (!data?.import) return <EmptyState icon={IconFileUnknown} title={t('page.missing')} />;
  const row = live.data?.importProgress ?? data.import;
  return (
    <>
      <PageHeader
        title={row.fileName}
        back={{ link: importsUrl(), label: t('title') }}
        beside={<ImportStatusBadge row={row} />}
        description={<Facts row={row} />}
        actions={<Actions row={row} />}
      />
      <Meter row={row} />
      <Counts row={row} />
      {row.quarantined > 0 && <Quarantine importId={row.id} count={row.quarantined} />}
    </>
  );
}

function Facts(props: { row: ImportFieldsFragment }) {
  const { t } = useTranslation('imports');
  const { row } = props;
  return (
    <Group gap="sm">
      <MallDot mall={row.shop.mall} label={row.shop.name} />
      <span>{row.mapping ?? t(`format.${row.format}`)}</span>
      <Timestamp at={row.createdAt} />
    </Group>
  );
}

function Actions(props: { row: ImportFieldsFragment }) {
  const { t } = useTranslation('imports');
  const { row } = props;
  const mayImport = useScope('imports:write');
  const [stopping, stop] = useMutation(ImportStopDocument);
  const [resuming, resume] = useMutation(ImportResumeDocument);
  if (!mayImport) return null;

  const tell = (answer: { error?: unknown; data?: Record<string, unknown> | null }, errors: readonly unknown[] = []) => {
    if (answer.error || errors.length > 0) toastFailed(t('page.actionFailed'), t('page.actionFailedBody'));
  };
  if (row.status === 'RUNNING' || row.status === 'QUEUED') {
    return (
      <Button
        variant="default"
        loading={stopping.fetching}
        leftSection={<IconPlayerPause size="1rem" aria-hidden />}
        onClick={() => void stop({ input: { id: row.id } }).then((a) => tell(a, a.data?.stopImport.userErrors))}
      >
        {t('page.stop')}
      </Button>
    );
  }
  if (row.status === 'STOPPED' || row.status === 'FAILED') {
    return (
      <Button
        loading={resuming.fetching}
        leftSection={<IconPlayerPlay size="1rem" aria-hidden />}
        onClick={() => void resume({ input: { id: row.id } }).then((a) => tell(a, a.data?.resumeImport.userErrors))}
      >
        {t('page.resume')}
      </Button>
    );
  }
  return null;
}

function Meter(props: { row: ImportFieldsFragment }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const failureWords = useFailureWords();
  const { row } = props;
  if (row.status === 'FAILED') {
    return (
      <Alert className={classes.meter} color="red" role="alert" title={t('page.failed')}>
        {failureWords(row.errorCode, row.errorDetail) ?? t('failure.OTHER', { detail: row.errorDetail ?? '' })}
      </Alert>
    );
  }
  if (row.status === 'DONE') return null;
  return (
    <div className={classes.meter}>
      <Progress
        value={row.progress * 100}
        animated={row.status === 'RUNNING'}
        aria-label={t('page.progress')}
      />
      <Text size="sm" c="dimmed" aria-live="polite">
        {t(`phase.${row.status === 'RUNNING' ? row.phase : row.status}`)}
        {row.rowsPerSecond ? ` · ${t('page.rate', { rate: format.number(Math.round(row.rowsPerSecond)) })}` : ''}
      </Text>
    </div>
  );
}

function Counts(props: { row: ImportFieldsFragment }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { row } = props;
  const count = (value: number) => <LiveNumber value={value} format={format.number} />;
  return (
    <FigureRow>
      <Figure label={t('count.rows')} value={count(row.rows)} note={total(t, format.number, row)} definition={t('define.rows')} />
      <Figure label={t('count.inserted')} value={count(row.inserted)} />
      <Figure label={t('count.updated')} value={count(row.updated)} definition={t('define.updated')} />
      <Figure label={t('count.unchanged')} value={count(row.unchanged)} definition={t('define.unchanged')} />
      <Figure label={t('count.quarantined')} value={count(row.quarantined)} definition={t('define.quarantined')} />
      <Figure label={t('count.orders')} value={count(row.orders)} note={t('count.cancellations', { count: format.number(row.cancellations) })} />
      <Figure
        label={t('count.customers')}
        value={count(row.customers)}
        note={t('count.withoutCustomer', { count: format.number(row.withoutCustomer) })}
        definition={t('define.customers')}
      />
    </FigureRow>
  );
}

const total = (
  t: ReturnType<typeof useTranslation<'imports'>>['t'],
  number: (value: number) => string,
  row: ImportFieldsFragment,
) => (row.rowsTotal === null || row.rowsTotal === undefined ? undefined : t('count.of', { total: number(row.rowsTotal) }));
