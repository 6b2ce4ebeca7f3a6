import {
  ApiExportCancelDocument,
  ApiExportCreateDocument,
  ApiExportsDocument,
  type ApiExportsQuery,
  type ExportFieldsFragment,
  type ExportKind,
  type ExportState,
} from '#gql/api-clients/graphql';
import { download } from '#lib/download';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { type Column, DataList, nothing } from '#ui/DataList';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { Timestamp } from '#ui/Timestamp';
import { toastDone, toastFailed } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Badge, Button, Group, Select, Text, Title } from '@mantine/core';
import { IconDownload, IconFileExport } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';

const kinds: readonly ExportKind[] = ['CUSTOMERS', 'ORDERS', 'POINT_BOOKINGS', 'POINT_LOTS', 'CONSENTS', 'EVENTS', 'MESSAGES'];
const colours: Record<ExportState, string> = { QUEUED: 'gray', RUNNING: 'ai', DONE: 'green', CANCELLED: 'gray', FAILED: 'red', EXPIRED: 'gray' };
const connectionOf = (data: ApiExportsQuery) => data.exportJobs;

/** How soon files that are being made are looked at again, in milliseconds. */
const lookAgain = 2_000;

/** Files of everything of a kind, which programs and staff have asked for. */
export function Exports() {
  const { t } = useTranslation('api-clients');
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<ExportFieldsFragment>();
  const source = usePagedQuery(ApiExportsDocument, { first: 10 }, connectionOf);
  const { nodes, reload } = source;
  const atWork = nodes.some(underway);
  useEffect(() => {
    if (!atWork) return;
    const timer = setInterval(reload, lookAgain);
    return () => clearInterval(timer);
  }, [atWork, reload]);
  const columns = useColumns(setEnding);
  return (
    <section>
      <Group justify="space-between" align="flex-start" mb="md">
        <div>
          <Title order={2}>{t('export.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('export.help')}
          </Text>
        </div>
        <Button variant="default" leftSection={<IconFileExport size="1rem" aria-hidden />} onClick={() => setAdding(true)}>
          {t('export.add')}
        </Button>
      </Group>
      <DataList
        label={t('export.title')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        empty={
          <Text size="sm" c="dimmed">
            {t('export.empty')}
          </Text>
        }
      />
      {adding && (
        <NewExport
          onClose={() => setAdding(false)}
          onMade={() => {
            setAdding(false);
            reload();
          }}
        />
      )}
      {ending && (
        <EndExport
          row={ending}
          onClose={() => setEnding(undefined)}
          onEnded={() => {
            setEnding(undefined);
            reload();
          }}
        />
      )}
    </section>
  );
}

const underway = (row: ExportFieldsFragment) => row.state === 'QUEUED' || row.state === 'RUNNING';

function useColumns(onEnd: (row: ExportFieldsFragment) => void): Column<ExportFieldsFragment>[] {
  const { t } = useTranslation('api-clients');
  const format = useFormat();
  return useMemo(
    () => [
      { key: 'kind', header: t('export.kind'), narrow: 'title', cell: (row) => t(`export.kinds.${row.kind}`) },
      {
        key: 'state',
        header: t('state'),
        fit: true,
        narrow: 'side',
        cell: (row) => (
          <Badge color={colours[row.state]}>
            {t(`export.states.${row.state}`)}
            {row.state === 'RUNNING' && row.estimatedObjects ? ` ${format.share(Math.min(1, row.objects / row.estimatedObjects))}` : ''}
          </Badge>
        ),
      },
      { key: 'by', header: t('export.by'), fit: true, narrow: 'line', cell: (row) => row.client?.name ?? row.createdBy?.name ?? nothing },
      { key: 'at', header: t('export.at'), fit: true, narrow: 'line', cell: (row) => <Timestamp at={row.createdAt} relative /> },
      { key: 'objects', header: t('export.objects'), align: 'right', fit: true, narrow: 'line', cell: (row) => format.number(row.objects) },
      { key: 'size', header: t('export.size'), align: 'right', fit: true, roomy: true, narrow: 'line', cell: (row) => format.bytes(row.packedSize) },
      {
        key: 'expires',
        header: t('export.expires'),
        fit: true,
        narrow: 'line',
        cell: (row) => (row.expiresAt ? format.date(row.expiresAt) : nothing),
      },
      { key: 'acts', header: t('export.acts'), fit: true, narrow: 'foot', cell: (row) => <Acts row={row} onEnd={() => onEnd(row)} /> },
    ],
    [t, format, onEnd],
  );
}

function Acts(props: { row: ExportFieldsFragment; onEnd: () => void }) {
  const { t } = useTranslation('api-clients');
  const { row } = props;
  const [busy, setBusy] = useState(false);
  if (!underway(row) && row.state !== 'DONE') return nothing;
  const kind = t(`export.kinds.${row.kind}`);
  const fetchIt = async () => {
    setBusy(true);
    try {
      await download(`/exports/${encodeURIComponent(row.id)}/objects.jsonl`, `${row.kind.toLowerCase()}.jsonl`);
    } catch {
      toastFailed(t('export.broken'), t('export.brokenHelp'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Group gap="xs" wrap="nowrap">
      {row.state === 'DONE' && (
        <Button size="compact-sm" variant="default" leftSection={<IconDownload size="0.9rem" aria-hidden />} loading={busy} onClick={fetchIt} aria-label={t('export.downloadOf', { kind })}>
          {t('export.download')}
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" color="gray" onClick={props.onEnd} aria-label={t(row.state === 'DONE' ? 'export.deleteOf' : 'export.cancelOf', { kind })}>
        {t(row.state === 'DONE' ? 'export.delete' : 'export.cancel')}
      </Button>
    </Group>
  );
}

function NewExport(props: { onClose: () => void; onMade: () => void }) {
  const { t } = useTranslation('api-clients');
  const [kind, setKind] = useState<ExportKind>('CUSTOMERS');
  const [key] = useState(() => crypto.randomUUID());
  const [, create] = useMutation(ApiExportCreateDocument);
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'api-clients');
  const submit = async () => {
    if (!(await run(create({ input: { kind, idempotencyKey: key } }), (data) => data.createExport.userErrors))) return;
    toastDone(t('export.made'));
    props.onMade();
  };
  return (
    <FormDialog title={t('export.add')} submit={t('export.begin')} busy={busy} onSubmit={submit} onClose={props.onClose}>
      <FormErrors form="export" errors={errors.filter((each) => !each.field)} namespace="api-clients" />
      <Select
        label={t('export.kind')}
        description={t('export.kindHelp')}
        data={kinds.map((value) => ({ value, label: t(`export.kinds.${value}`) }))}
        value={kind}
        allowDeselect={false}
        error={errorAt('kind')}
        onChange={(value) => setKind((value ?? 'CUSTOMERS') as ExportKind)}
      />
      <Text size="sm" c="dimmed">
        {t('export.note')}
      </Text>
    </FormDialog>
  );
}

function EndExport(props: { row: ExportFieldsFragment; onClose: () => void; onEnded: () => void }) {
  const { t } = useTranslation('api-clients');
  const { row } = props;
  const act = row.state === 'DONE' ? 'delete' : 'cancel';
  const [, end] = useMutation(ApiExportCancelDocument);
  const { run, errors, busy } = useSubmit();
  const submit = async () => {
    if (!(await run(end({ input: { id: row.id } }), (data) => data.cancelExport.userErrors))) return;
    toastDone(t(`export.${act}Done`));
    props.onEnded();
  };
  return (
    <ConfirmDialog
      opened
      title={t(`export.${act}Title`, { kind: t(`export.kinds.${row.kind}`) })}
      confirm={t(`export.${act}`)}
      danger
      busy={busy}
      onConfirm={submit}
      onClose={props.onClose}
    >
      <FormErrors form="export-end" errors={errors} namespace="api-clients" />
      {t(`export.${act}Body`)}
    </ConfirmDialog>
  );
}
