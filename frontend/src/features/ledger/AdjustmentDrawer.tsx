import { customerUrl } from '#features/customers/urls';
import {
  LedgerAdjustmentDocument,
  LedgerAdjustmentRowsDocument,
  type LedgerAdjustmentRowsQuery,
  LedgerApproveDocument,
  LedgerRejectDocument,
  LedgerSubmitDocument,
} from '#gql/ledger/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { SmallFigure } from '#ui/Figure';
import { FormErrors } from '#ui/FormErrors';
import { TextLink } from '#ui/links';
import { SideDrawer } from '#ui/SideDrawer';
import { useSubmit } from '#ui/useSubmit';
import { Alert, Badge, Button, Group, Progress, Stack, Switch, Text, Textarea } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { type Adjustment, statusColors } from './adjustment';
import classes from './ledger.module.css';

type Row = NonNullable<LedgerAdjustmentRowsQuery['pointAdjustment']>['rows']['edges'][number]['node'];

const connectionOf = (data: LedgerAdjustmentRowsQuery) => data.pointAdjustment?.rows;

/** How often the progress of a booking is looked at. */
const lookEvery = 1500;

/** One file of adjustments: what it would do, its lines, and whose word it waits for. */
export function AdjustmentDrawer(props: { id: string; onClose: () => void; onChanged: () => void }) {
  const { t } = useTranslation('ledger');
  const [{ data }, look] = useQuery({ query: LedgerAdjustmentDocument, variables: { id: props.id } });
  const found = data?.pointAdjustment;
  const atWork = found?.status === 'APPROVED';
  const { onChanged } = props;
  useEffect(() => {
    if (!atWork) return undefined;
    const timer = setInterval(() => look({ requestPolicy: 'network-only' }), lookEvery);
    return () => clearInterval(timer);
  }, [atWork, look]);
  const worked = useRef(false);
  useEffect(() => {
    if (worked.current && !atWork) onChanged();
    worked.current = atWork;
  }, [atWork, onChanged]);
  return (
    <SideDrawer size="wide" title={found?.fileName ?? t('loading')} onClose={props.onClose}>
      {found && (
        <Stack gap="lg">
          <Head adjustment={found} />
          <Decision adjustment={found} onChanged={props.onChanged} />
          <Lines key={`${found.status}${found.done}`} adjustment={found} />
        </Stack>
      )}
    </SideDrawer>
  );
}

function Head(props: { adjustment: Adjustment }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const { adjustment: a } = props;
  return (
    <>
      <Group gap="xs">
        <Badge color={statusColors[a.status]}>{t(`adjust.state.${a.status}`)}</Badge>
        <Text size="sm" c="dimmed">
          {t('adjust.broughtBy', { name: a.createdBy?.name ?? '–', at: format.dateTime(a.createdAt) })}
        </Text>
        {a.decidedAt && (
          <Text size="sm" c="dimmed">
            {t(a.status === 'REJECTED' ? 'adjust.rejectedBy' : 'adjust.approvedBy', {
              name: a.decidedBy?.name ?? '–',
              at: format.dateTime(a.decidedAt),
            })}
          </Text>
        )}
      </Group>
      {a.decisionNote && <Text size="sm">{a.decisionNote}</Text>}
      <div className={classes.figures}>
        <SmallFigure label={t('adjust.lines')} value={format.number(a.lines)} />
        <SmallFigure label={t('adjust.granted')} value={a.granted > 0 ? `+${format.points(a.granted)}` : format.points(0)} />
        <SmallFigure label={t('adjust.taken')} value={a.taken > 0 ? `−${format.points(a.taken)}` : format.points(0)} />
        <SmallFigure label={t('adjust.bad')} value={format.number(a.bad + a.refused)} />
      </div>
      {a.status === 'APPROVED' && (
        <Progress value={(a.done / Math.max(a.lines, 1)) * 100} aria-label={t('adjust.progress')} />
      )}
    </>
  );
}

function Decision(props: { adjustment: Adjustment; onChanged: () => void }) {
  const { t } = useTranslation('ledger');
  const mayWrite = useScope('points:write');
  const { id, status, lines, bad, approvable } = props.adjustment;
  const { run, errors, busy } = useSubmit();
  const [note, setNote] = useState('');
  const [, submit] = useMutation(LedgerSubmitDocument);
  const [, approve] = useMutation(LedgerApproveDocument);
  const [, reject] = useMutation(LedgerRejectDocument);
  const done = (ok: boolean) => {
    if (ok) props.onChanged();
  };
  if (!mayWrite) return null;
  if (status === 'DRAFT') {
    return (
      <Stack gap="xs">
        <FormErrors form="adjust" errors={errors} namespace="ledger" />
        {bad > 0 && <Alert color="yellow">{t('adjust.someBad', { count: bad })}</Alert>}
        <Group>
          <Button
            loading={busy}
            disabled={lines === 0}
            onClick={async () => done(await run(submit({ input: { id } }), (data) => data.submitPointAdjustment.userErrors))}
          >
            {t('adjust.submit', { count: lines })}
          </Button>
        </Group>
      </Stack>
    );
  }
  if (status !== 'WAITING') return null;
  if (!approvable) return <Alert>{t('adjust.waits')}</Alert>;
  return (
    <Stack gap="xs">
      <FormErrors form="adjust" errors={errors} namespace="ledger" />
      <Textarea label={t('adjust.note')} value={note} maxLength={500} autosize onChange={(event) => setNote(event.currentTarget.value)} />
      <Group>
        <Button
          loading={busy}
          onClick={async () => done(await run(approve({ input: { id, note } }), (data) => data.approvePointAdjustment.userErrors))}
        >
          {t('adjust.approve')}
        </Button>
        <Button
          color="red"
          variant="default"
          loading={busy}
          onClick={async () => done(await run(reject({ input: { id, note } }), (data) => data.rejectPointAdjustment.userErrors))}
        >
          {t('adjust.reject')}
        </Button>
      </Group>
    </Stack>
  );
}

function Lines(props: { adjustment: Adjustment }) {
  const { t } = useTranslation('ledger');
  const { id, bad, refused } = props.adjustment;
  const [troubled, setTroubled] = useState(bad + refused > 0);
  const variables = useMemo(() => ({ id, troubled, first: 50 }), [id, troubled]);
  const source = usePagedQuery(LedgerAdjustmentRowsDocument, variables, connectionOf);
  const columns = useLineColumns();
  return (
    <DataList
      label={t('adjust.lines')}
      columns={columns}
      source={source}
      rowKey={(row) => String(row.line)}
      toolbar={<Switch mb="sm" label={t('adjust.troubled')} checked={troubled} onChange={(event) => setTroubled(event.currentTarget.checked)} />}
      empty={<EmptyState icon={IconListCheck} title={t(troubled ? 'adjust.noTrouble' : 'adjust.noLines')} />}
    />
  );
}

function useLineColumns(): Column<Row>[] {
  const { t, i18n } = useTranslation('ledger');
  const format = useFormat();
  return useMemo(() => {
    const why = (code: string) => {
      const key = `ledger:lineCode.${code}`;
      return i18n.exists(key) ? String(t(key as never)) : code;
    };
    return [
      { key: 'line', header: t('adjust.line'), align: 'right', fit: true, narrow: 'line', cell: (row) => row.line },
      {
        key: 'who',
        header: t('bookings.customer'),
        narrow: 'title',
        cell: (row) =>
          row.customer ? (
            <TextLink {...customerUrl(row.customer.id, { tab: 'points' })}>{row.customer.displayName}</TextLink>
          ) : (
            row.who || nothing
          ),
      },
      {
        key: 'amount',
        header: t('bookings.points'),
        align: 'right',
        narrow: 'side',
        cell: (row) => `${row.amount < 0 ? '−' : '+'}${format.points(Math.abs(row.amount))}`,
      },
      { key: 'reason', header: t('bookings.why'), narrow: 'wide', cell: (row) => row.reason || nothing },
      { key: 'expires', header: t('file.expires'), fit: true, narrow: 'mark', cell: (row) => (row.expiresOn ? format.date(row.expiresOn) : nothing) },
      {
        key: 'state',
        header: t('adjust.status'),
        narrow: 'wide',
        cell: (row) => (row.code ? <Text size="sm" c="red">{why(row.code)}</Text> : t(`adjust.lineState.${row.state}`)),
      },
    ];
  }, [t, i18n, format]);
}
