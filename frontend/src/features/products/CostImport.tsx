import { ProductImportCostsDocument, type ProductImportCostsMutation } from '#gql/products/graphql';
import { useFormat } from '#lib/FormatContext';
import { Dialog } from '#ui/Dialog';
import { FormErrors } from '#ui/FormErrors';
import { toastDone } from '#ui/toast';
import { useSubmit } from '#ui/useSubmit';
import { Alert, Button, FileButton, Group, Stack, Table, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { decode } from './file';

type Report = NonNullable<ProductImportCostsMutation['importProductCosts']['report']>;

/** Takes in a file of costs: chosen, shown with what is wrong in it, then kept. */
export function CostImport(props: { onClose: () => void; onImported: () => void }) {
  const { t } = useTranslation('products');
  const [, send] = useMutation(ProductImportCostsDocument);
  const { run, errors, busy } = useSubmit();
  const [file, setFile] = useState<{ name: string; text: string }>();
  const [report, setReport] = useState<Report>();
  const ask = async (text: string, preview: boolean) => {
    const sending = send({ input: { file: text, preview } });
    const done = await run(sending, (data) => data.importProductCosts.userErrors);
    const answer = (await sending).data?.importProductCosts.report ?? undefined;
    return done ? answer : undefined;
  };
  const choose = async (chosen: File) => {
    const text = decode(await chosen.arrayBuffer());
    setFile({ name: chosen.name, text });
    setReport(await ask(text, true));
  };
  const keep = async () => {
    const kept = file && (await ask(file.text, false));
    if (!kept) return;
    toastDone(t('import.done', { count: kept.added + kept.changed }));
    props.onImported();
    props.onClose();
  };
  const changes = report ? report.added + report.changed : 0;
  return (
    <Dialog opened size="lg" onClose={props.onClose} title={t('import.title')}>
      <Stack gap="md">
        <FormErrors form="cost-file" errors={errors} namespace="products" />
        <Text size="sm">{t('import.help')}</Text>
        <Group>
          <FileButton accept=".csv,text/csv" onChange={(chosen) => chosen && void choose(chosen)}>
            {(open) => (
              <Button {...open} id="cost-file-file" variant="default" loading={busy && !report} leftSection={<IconFileSpreadsheet size="1rem" aria-hidden />}>
                {file?.name ?? t('import.choose')}
              </Button>
            )}
          </FileButton>
        </Group>
        {report && <Preview report={report} />}
        <Group justify="flex-end">
          <Button loading={busy && report !== undefined} disabled={changes === 0} onClick={() => void keep()}>
            {t('import.keep', { count: changes })}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}

function Preview(props: { report: Report }) {
  const { t } = useTranslation('products');
  const format = useFormat();
  const { report } = props;
  return (
    <>
      <Text size="sm" role="status">
        {t('import.summary', {
          lines: format.number(report.lines),
          added: format.number(report.added),
          changed: format.number(report.changed),
          same: format.number(report.same),
        })}
      </Text>
      {report.refused > 0 && (
        <Alert color="yellow" title={t('import.refused', { count: report.refused })}>
          <Table>
            <Table.Tbody>
              {report.flaws.slice(0, 20).map((flaw) => (
                <Table.Tr key={`${flaw.line}${flaw.code}`}>
                  <Table.Td>{t('import.line', { line: flaw.line })}</Table.Td>
                  <Table.Td>{t(`flaw.${flaw.code}` as never)}</Table.Td>
                  <Table.Td>{flaw.value}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
          {report.refused > 20 && <Text size="xs">{t('import.more', { count: report.refused - 20 })}</Text>}
        </Alert>
      )}
      {report.sample.length > 0 && (
        <Table aria-label={t('import.sample')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.sku')}</Table.Th>
              <Table.Th>{t('column.since')}</Table.Th>
              <Table.Th ta="right">{t('import.was')}</Table.Th>
              <Table.Th ta="right">{t('import.becomes')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.sample.map((line) => (
              <Table.Tr key={`${line.sku}${line.currency}${line.from}`}>
                <Table.Td>{line.sku}</Table.Td>
                <Table.Td>{line.from ? format.date(line.from) : t('always')}</Table.Td>
                <Table.Td ta="right">{typeof line.was === 'number' ? format.money(line.was, line.currency) : t('unknown')}</Table.Td>
                <Table.Td ta="right">{format.money(line.cost, line.currency)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </>
  );
}
