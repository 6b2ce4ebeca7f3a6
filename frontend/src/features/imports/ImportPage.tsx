import {
  ImportDetailDocument,
  type ImportDetailQuery,
  type ImportFieldsFragment,
  ImportProgressDocument,
  ImportResumeDocument,
  ImportStopDocument,
} from '#gql/imports/graphql';
import { connectionsUrl } from '#features/connections/urls';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { Figure, FigureRow } from '#ui/Figure';
import { TextLink } from '#ui/links';
import { LiveNumber } from '#ui/LiveNumber';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { toastFailed } from '#ui/toast';
import { Alert, Anchor, Button, Group, Progress, Skeleton, Text } from '@mantine/core';
import { IconArrowBackUp, IconFileUnknown, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery, useSubscription } from 'urql';
import classes from './ImportPage.module.css';
import { formatWords } from './formatWords';
import { DoubtfulOrders } from './DoubtfulOrders';
import { ImportStatusBadge } from './ImportStatusBadge';
import { Quarantine } from './Quarantine';
import { UndoDialog } from './UndoDialog';
import { type Doubt, importsUrl, importUrl, watchedFoldersUrl } from './urls';
import { useStoredFailureWords } from './useFailureWords';

type Found = NonNullable<ImportDetailQuery['import']>;

const route = getRouteApi('/shell/imports/$importId');

/** One import: how far it has come, what went in, and the rows that were refused. */
export function ImportPage() {
  const { t } = useTranslation('imports');
  const { importId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const showOrders = (orders?: Doubt) => void navigate({ search: { orders } });
  const [{ data, error, fetching }, reload] = useQuery({ query: ImportDetailDocument, variables: { id: importId } });
  const running = data?.import ? inMotion(data.import) : false;
  const [live] = useSubscription({ query: ImportProgressDocument, variables: { id: importId }, pause: !running });

  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (fetching && !data) return <Skeleton height="12rem" />;
  if (!data?.import) return <EmptyState icon={IconFileUnknown} title={t('page.missing')} />;
  const found = data.import;
  const row = newest(live.data?.importProgress, found);
  const refresh = () => reload({ requestPolicy: 'network-only' });
  return (
    <>
      <PageHeader
        title={row.fileName}
        back={{ link: importsUrl(), label: t('title') }}
        beside={<ImportStatusBadge row={row} />}
        description={<Facts row={row} found={found} />}
        actions={<Actions row={row} onChanged={refresh} />}
      />
      <Meter row={row} />
      <Undone row={row} />
      <Counts row={row} onWithoutBuyer={() => showOrders('WITHOUT_BUYER')} />
      {row.status === 'DONE' && row.rowsTotal === 0 && (
        <Alert className={classes.meter} color="gray" title={t('page.noRows')}>
          {t('page.noRowsBody')}
        </Alert>
      )}
      {row.waiting > 0 && (
        <Alert className={classes.meter} color="yellow" title={t('page.waiting', { count: row.waiting })}>
          {t('page.waitingBody')}
        </Alert>
      )}
      {found.sumsDiffer > 0 && !row.undo && (
        <Alert className={classes.meter} color="yellow" title={t('doubt.sumsDifferCount', { count: found.sumsDiffer })}>
          {t('doubt.sumsDifferBody')}{' '}
          <Anchor component="button" type="button" inherit onClick={() => showOrders('SUMS_DIFFER')}>
            {t('doubt.see')}
          </Anchor>
        </Alert>
      )}
      {search.orders && (
        <DoubtfulOrders importId={importId} doubt={search.orders} orderNo={search.order} onAll={() => showOrders(search.orders)} onClose={() => showOrders()} />
      )}
      {row.quarantined > 0 && !row.undo && <Quarantine row={row} onMended={refresh} />}
    </>
  );
}

/** Whether a worker has something to do for it: take it in, mend it, or undo it. */
const inMotion = (row: ImportFieldsFragment) =>
  Boolean(row.whole.mending) || [row.status, row.undo?.status].some((s) => s === 'RUNNING' || s === 'QUEUED');

/** What the subscription told, unless the query was asked again since and knows of an undoing or a mending that came later. */
function newest(live: ImportFieldsFragment | undefined, found: ImportFieldsFragment): ImportFieldsFragment {
  if (!live || live.id !== found.id || found.mended > live.mended || (found.undo && !live.undo)) return found;
  return found.whole.mending && !live.whole.mending && found.mended === live.mended ? found : live;
}

function Facts(props: { row: ImportFieldsFragment; found: Found }) {
  const { t } = useTranslation('imports');
  const { row } = props;
  const { mends, companion } = props.found;
  return (
    <Group gap="sm">
      <MallDot mall={row.shop.mall} label={row.shop.name} />
      <span>{formatWords(t, row)}</span>
      {row.pulled && (
        <TextLink size="sm" {...connectionsUrl()}>
          {t('page.pulled')}
        </TextLink>
      )}
      {row.watched && (
        <TextLink size="sm" {...watchedFoldersUrl()}>
          {t('page.watched')}
        </TextLink>
      )}
      <Timestamp at={row.createdAt} />
      {mends && (
        <TextLink size="sm" {...importUrl(mends.id)}>
          {t('page.mends', { file: mends.fileName })}
        </TextLink>
      )}
      {companion && (
        <TextLink size="sm" {...importUrl(companion.id)}>
          {t('page.companion', { file: companion.fileName })}
        </TextLink>
      )}
    </Group>
  );
}

function Actions(props: { row: ImportFieldsFragment; onChanged: () => void }) {
  const { t } = useTranslation('imports');
  const { row } = props;
  const [undoing, setUndoing] = useState(false);
  const status = row.undo?.status ?? row.status;
  const mayImport = useScope('imports:write');
  const [stopping, stop] = useMutation(ImportStopDocument);
  const [resuming, resume] = useMutation(ImportResumeDocument);
  if (!mayImport) return null;

  const tell = (answer: { error?: unknown; data?: Record<string, unknown> | null }, errors: readonly unknown[] = []) => {
    if (answer.error || errors.length > 0) toastFailed(t('page.actionFailed'), t('page.actionFailedBody'));
  };
  const undo = row.undoableUntil && (
    <>
      <Button variant="default" leftSection={<IconArrowBackUp size="1rem" aria-hidden />} onClick={() => setUndoing(true)}>
        {t('undo.open')}
      </Button>
      {undoing && (
        <UndoDialog
          row={row}
          onClose={() => setUndoing(false)}
          onBegun={() => {
            setUndoing(false);
            props.onChanged();
          }}
        />
      )}
    </>
  );
  if (status === 'RUNNING' || status === 'QUEUED') {
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
  if (status === 'STOPPED' || status === 'FAILED') {
    return (
      <Group gap="xs">
        {undo}
        <Button
          loading={resuming.fetching}
          leftSection={<IconPlayerPlay size="1rem" aria-hidden />}
          onClick={() => void resume({ input: { id: row.id } }).then((a) => tell(a, a.data?.resumeImport.userErrors))}
        >
          {t('page.resume')}
        </Button>
      </Group>
    );
  }
  return undo || null;
}

/** How far the undoing is; once it is done, what it did. */
function Undone(props: { row: ImportFieldsFragment }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { undo, kind } = props.row;
  if (!undo) return null;
  const figures = {
    removed: format.number(undo.removed),
    restored: format.number(undo.restored),
    customers: format.number(undo.customers),
  };
  if (undo.status !== 'DONE') {
    return (
      <div className={classes.meter}>
        <Progress value={undo.progress * 100} animated={undo.status === 'RUNNING'} aria-label={t('undo.progress')} />
        <Text size="sm" c="dimmed" aria-live="polite">
          {t(`undo.state.${undo.status}`)}
        </Text>
      </div>
    );
  }
  return (
    <Alert className={classes.meter} color="gray" role="status" icon={<IconArrowBackUp aria-hidden />} title={t('undo.done')}>
      {t(kind === 'ORDERS' ? 'undo.did' : kind === 'CUSTOMERS' ? 'undo.didCustomers' : 'undo.didThings', figures)}
      {undo.kept > 0 && ` ${t('undo.didKeep', { count: format.number(undo.kept) })}`} {t('undo.again')}
    </Alert>
  );
}

function Meter(props: { row: ImportFieldsFragment }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const failureWords = useStoredFailureWords();
  const { row } = props;
  if (row.status === 'FAILED') {
    return (
      <Alert className={classes.meter} color="red" role="alert" title={t('page.failed')}>
        {failureWords(row) ?? t('failure.OTHER')}
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

/** What the file brought, with the rows of it that came back mended. */
function Counts(props: { row: ImportFieldsFragment; onWithoutBuyer: () => void }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { row } = props;
  const { whole } = row;
  const count = (value: number) => <LiveNumber value={value} format={format.number} />;
  return (
    <FigureRow>
      <Figure label={t('count.rows')} value={count(row.rows)} note={total(t, format.number, row)} definition={t('define.rows')} />
      <Figure
        label={t('count.inserted')}
        value={count(whole.inserted)}
        note={row.mended > 0 ? t('count.mended', { count: format.number(row.mended) }) : undefined}
        definition={t('define.inserted')}
      />
      <Figure label={t('count.updated')} value={count(whole.updated)} definition={t('define.updated')} />
      <Figure label={t('count.unchanged')} value={count(whole.unchanged)} definition={t('define.unchanged')} />
      <Figure
        label={t('count.quarantined')}
        value={count(row.quarantined - row.mended)}
        note={row.mended > 0 ? t('count.ofQuarantined', { count: format.number(row.quarantined) }) : undefined}
        definition={t('define.quarantined')}
      />
      {row.kind === 'CUSTOMERS' ? (
        <>
          {/* A line is a person as a rule; only where some have several do the people differ from the rows. */}
          {(whole.customersMade !== whole.inserted || whole.customers - whole.customersMade !== whole.updated) && (
            <>
              <Figure label={t('count.customersMade')} value={count(whole.customersMade)} definition={t('define.customersMade')} />
              <Figure label={t('count.customersTouched')} value={count(whole.customers - whole.customersMade)} definition={t('define.customersTouched')} />
            </>
          )}
          <Figure label={t('count.consents')} value={count(whole.consents)} definition={t('define.consents')} />
          <Figure label={t('count.members')} value={count(whole.members)} note={whyNoMembers(t, row)} definition={t('define.members')} />
          {row.format === 'MEMBERS' && <Figure label={t('count.pointActions')} value={count(whole.pointActions)} definition={t('define.pointActions')} />}
        </>
      ) : row.kind !== 'ORDERS' ? null : (
        <>
          <Figure label={t('count.orders')} value={count(whole.orders)} note={t('count.cancellations', { count: format.number(whole.cancellations) })} />
          <Figure
            label={t('count.customers')}
            value={count(whole.customers)}
            definition={t('define.customers')}
          />
          <Figure
            label={t('count.withoutCustomer')}
            value={count(whole.withoutCustomer)}
            definition={t('define.withoutCustomer')}
            action={
              whole.withoutCustomer > 0 &&
              !row.undo && (
                <Anchor component="button" type="button" size="xs" onClick={props.onWithoutBuyer}>
                  {t('doubt.see')}
                </Anchor>
              )
            }
          />
        </>
      )}
    </FigureRow>
  );
}

const total = (
  t: ReturnType<typeof useTranslation<'imports'>>['t'],
  number: (value: number) => string,
  row: ImportFieldsFragment,
) => (row.rowsTotal === null || row.rowsTotal === undefined ? undefined : t('count.of', { total: number(row.rowsTotal) }));

/** Why a file of customers made nobody a member. */
const whyNoMembers = (t: ReturnType<typeof useTranslation<'imports'>>['t'], row: ImportFieldsFragment) =>
  row.whole.members > 0 || row.status !== 'DONE' || !row.membership ? undefined : t(`count.noMembers.${row.membership}`);
