import { type ImportFieldsFragment, type ImportKind, ImportUndoDocument, ImportUndoPreviewDocument, type ImportUndoPreviewQuery } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { ConfirmDialog } from '#ui/ConfirmDialog';
import { failureKey } from '#ui/ErrorState';
import { TextLink } from '#ui/links';
import { useErrorText } from '#ui/userErrors';
import { useFocusBack } from '#ui/useFocusBack';
import { Alert, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { importUrl } from './urls';

type Preview = ImportUndoPreviewQuery['importUndoPreview'];

/** Asks whether to undo an import, with what that would change in figures. */
export function UndoDialog(props: { row: ImportFieldsFragment; onClose: () => void; onBegun: () => void }) {
  useFocusBack();
  const { t } = useTranslation('imports');
  const { t: tUi } = useTranslation('ui');
  const write = useErrorText('imports');
  const [{ data, error }] = useQuery({
    query: ImportUndoPreviewDocument,
    variables: { id: props.row.id },
    requestPolicy: 'network-only',
  });
  const [{ fetching }, undo] = useMutation(ImportUndoDocument);
  const [refused, setRefused] = useState<string>();
  const preview = data?.importUndoPreview;

  const begin = async () => {
    const answer = await undo({ input: { id: props.row.id } });
    const [wrong] = answer.data?.undoImport.userErrors ?? [];
    if (answer.data?.undoImport.import) props.onBegun();
    else setRefused(answer.error ? tUi(failureKey(answer.error)) : wrong && write(wrong));
  };

  return (
    <ConfirmDialog
      opened
      danger
      title={t('undo.title', { file: props.row.fileName })}
      confirm={t('undo.confirm')}
      cancel={t('undo.cancel')}
      busy={fetching}
      disabled={!preview}
      onConfirm={() => void begin()}
      onClose={props.onClose}
    >
      <Stack gap="md">
        {refused && (
          <Alert color="red" role="alert">
            {refused}
          </Alert>
        )}
        {error && (
          <Alert color="red" role="alert">
            {tUi(failureKey(error))}
          </Alert>
        )}
        {!preview && !error && <Skeleton height="10rem" />}
        {preview && <Changes preview={preview} kind={props.row.kind} />}
      </Stack>
    </ConfirmDialog>
  );
}

function Changes(props: { preview: Preview; kind: ImportKind }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { preview, kind } = props;
  const things = kind !== 'ORDERS' && kind !== 'CUSTOMERS';
  return (
    <>
      <Text size="sm">{t(things ? 'undo.bodyThings' : kind === 'CUSTOMERS' ? 'undo.bodyCustomers' : 'undo.body')}</Text>
      {things ? <Things preview={preview} /> : <Figures preview={preview} customers={kind === 'CUSTOMERS'} />}
      {kind === 'ORDERS' && preview.restored > 0 && (
        <Text size="xs" c="dimmed">
          {t('undo.restoredNote')}
        </Text>
      )}
      <Later preview={preview} things={things} />
      <Text size="xs" c="dimmed">
        {t('undo.until', { until: format.date(preview.until) })}
      </Text>
    </>
  );
}

/** What would become of orders, or of customers, one figure a line. */
function Figures(props: { preview: Preview; customers: boolean }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { preview } = props;
  const orders: [string, string][] = [
    [t('undo.removed'), t('undo.ordersWorth', { count: format.number(preview.removed), sales: format.money(preview.sales) })],
    [t('undo.restored'), t('undo.orders', { count: format.number(preview.restored) })],
    [t('undo.customers'), format.people(preview.customers)],
    [t('undo.points'), t('undo.pointsOf', { count: format.number(preview.points) })],
    [t('undo.pointsBack'), t('undo.pointsOf', { count: format.number(preview.pointsBack) })],
    [t('undo.stages'), format.people(preview.stages)],
    [t('undo.conversions'), t('undo.orders', { count: format.number(preview.conversions) })],
  ];
  const memberChanges: [string, string][] = [
    [t('undo.members'), format.people(preview.members)],
    [t('undo.points'), t('undo.pointsOf', { count: format.number(preview.points) })],
    [t('undo.pointsBack'), t('undo.pointsOf', { count: format.number(preview.pointsBack) })],
  ];
  const people: [string, string][] = [
    [t('undo.customers'), format.people(preview.customers)],
    [t('undo.keptCustomers'), format.people(preview.kept)],
    [t('undo.consents'), t('undo.words', { count: format.number(preview.consents) })],
    ...(preview.values > 0 ? ([[t('undo.values'), t('undo.words', { count: format.number(preview.values) })]] as [string, string][]) : []),
    ...(preview.members + preview.points + preview.pointsBack > 0 ? memberChanges : []),
  ];
  return (
    <Table withRowBorders={false} verticalSpacing={4}>
      <Table.Tbody>
        {(props.customers ? people : orders).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th fw={400} scope="row">
              {name}
            </Table.Th>
            <Table.Td ta="right">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What would become of each kind of thing that a file of products, costs or behaviour told. */
function Things(props: { preview: Preview }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  if (props.preview.things.length === 0) return <Text size="sm">{t('undo.nothing')}</Text>;
  return (
    <Table withRowBorders={false} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col" aria-label={t('undo.thing')} />
          <Table.Th scope="col" fw={400} ta="right">
            {t('undo.thingsRemoved')}
          </Table.Th>
          <Table.Th scope="col" fw={400} ta="right">
            {t('undo.thingsRestored')}
          </Table.Th>
          <Table.Th scope="col" fw={400} ta="right">
            {t('undo.thingsKept')}
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.preview.things.map((thing) => (
          <Table.Tr key={thing.kind}>
            <Table.Th fw={400} scope="row">
              {t(`undo.things.${thing.kind}`)}
            </Table.Th>
            <Table.Td ta="right">{format.number(thing.removed)}</Table.Td>
            <Table.Td ta="right">{format.number(thing.restored)}</Table.Td>
            <Table.Td ta="right">{format.number(thing.kept)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

/** What stays, and the later files that it stays for. */
function Later(props: { preview: Preview; things: boolean }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { preview, things } = props;
  const kept = things ? preview.things.reduce((sum, thing) => sum + thing.kept, 0) : preview.kept;
  if (preview.later.length === 0 && !(things && kept > 0)) return null;
  return (
    <Alert color="yellow" title={t('undo.kept', { count: format.number(kept) })}>
      <Text size="sm">{t(things ? (preview.later.length > 0 ? 'undo.keptThings' : 'undo.keptByHand') : 'undo.keptBody')}</Text>
      <ul>
        {preview.later.map((later) => (
          <li key={later.import}>
            <TextLink {...importUrl(later.import)}>{later.fileName}</TextLink>{' '}
            {t('undo.orders', { count: format.number(things ? later.things : later.orders) })}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
