import { LedgerAdjustmentsDocument, type LedgerAdjustmentsQuery } from '#gql/ledger/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { Timestamp } from '#ui/Timestamp';
import { toastFailed } from '#ui/toast';
import { downloadCsv } from '#lib/csv';
import { Badge, Button, FileButton, Group, Text } from '@mantine/core';
import { IconFileSpreadsheet, IconUpload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Adjustment, statusColors } from './adjustment';
import { AdjustmentDrawer } from './AdjustmentDrawer';
import { SendError, sendFile } from './sendFile';
import { ledgerUrl } from './urls';

const route = getRouteApi('/shell/ledger');
const connectionOf = (data: LedgerAdjustmentsQuery) => data.pointAdjustments;
const variables = { first: 50 };

/** Points of many customers set right by a file; above a limit a second person approves. */
export function AdjustmentsTab() {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const source = usePagedQuery(LedgerAdjustmentsDocument, variables, connectionOf);
  const columns = useColumns();
  const show = (id: string | undefined) => void navigate({ search: (was) => ({ ...was, open: id }) });
  const bring = (
    <Bring
      onTaken={(id) => {
        source.reload();
        show(id);
      }}
    />
  );
  return (
    <>
      <DataList
        label={t('tab.adjustments')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => ledgerUrl({ tab: 'adjustments', open: row.id })}
        toolbar={
          <Group justify="space-between" mb="md">
            <Text size="sm" c="dimmed">
              {source.data && t('adjust.limit', { points: format.points(source.data.pointApprovalAbove) })}
            </Text>
            {bring}
          </Group>
        }
        empty={
          <EmptyState icon={IconFileSpreadsheet} title={t('adjust.empty')}>
            {t('adjust.emptyBody')}
          </EmptyState>
        }
      />
      {open && <AdjustmentDrawer key={open} id={open} onClose={() => show(undefined)} onChanged={source.reload} />}
    </>
  );
}

function Bring(props: { onTaken: (id: string) => void }) {
  const { t, i18n } = useTranslation('ledger');
  const mayWrite = useScope('points:write');
  const [busy, setBusy] = useState(false);
  if (!mayWrite) return null;
  const send = async (file: File | null) => {
    if (!file) return;
    setBusy(true);
    try {
      props.onTaken(await sendFile(file));
    } catch (error) {
      const { code, params } = error instanceof SendError ? error : new SendError('NETWORK');
      const key = `ledger:file.${code}`;
      toastFailed(t('file.failed'), String(t((i18n.exists(key) ? key : 'ledger:file.OTHER') as never, params as never)));
    }
    setBusy(false);
  };
  return (
    <Group gap="xs">
      <Button
        variant="subtle"
        onClick={() =>
          downloadCsv(t('file.sampleName'), [
            [t('file.customer'), t('file.points'), t('file.reason'), t('file.expires'), t('file.origin')],
            ['member@example.com', 500, t('file.sampleReason'), '', ''],
          ])
        }
      >
        {t('file.sample')}
      </Button>
      <FileButton accept=".csv,text/csv" onChange={(file) => void send(file)}>
        {(button) => (
          <Button {...button} loading={busy} leftSection={<IconUpload size="1rem" aria-hidden />}>
            {t('file.open')}
          </Button>
        )}
      </FileButton>
    </Group>
  );
}

function useColumns(): Column<Adjustment>[] {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  return useMemo(
    () => [
      { key: 'name', header: t('adjust.file'), narrow: 'title', cell: (row) => row.fileName },
      {
        key: 'status',
        header: t('adjust.status'),
        fit: true,
        narrow: 'side',
        cell: (row) => <Badge color={statusColors[row.status]}>{t(`adjust.state.${row.status}`)}</Badge>,
      },
      { key: 'lines', header: t('adjust.lines'), align: 'right', narrow: 'line', cell: (row) => format.number(row.lines) },
      { key: 'bad', header: t('adjust.bad'), align: 'right', narrow: 'line', cell: (row) => format.number(row.bad + row.refused) },
      { key: 'granted', header: t('adjust.granted'), align: 'right', narrow: 'line', cell: (row) => (row.granted > 0 ? `+${format.points(row.granted)}` : format.points(0)) },
      {
        key: 'taken',
        header: t('adjust.taken'),
        align: 'right',
        narrow: 'line',
        cell: (row) => (row.taken > 0 ? `−${format.points(row.taken)}` : format.points(0)),
      },
      { key: 'by', header: t('adjust.by'), fit: true, roomy: true, narrow: 'mark', cell: (row) => row.createdBy?.name ?? '' },
      { key: 'at', header: t('adjust.at'), fit: true, narrow: 'mark', cell: (row) => <Timestamp at={row.createdAt} /> },
    ],
    [t, format],
  );
}
