import type { ImportInspectQuery } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { Alert, Badge, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './FilePreview.module.css';

type Inspection = ImportInspectQuery['inspectUpload'];

const shownRows = 5;

/** What a file turned out to be, and its first rows as they will be read. `mapped`: a mapping reads it, whatever else it resembles. */
export function FilePreview(props: { found: Inspection; mapped: boolean }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { found, mapped } = props;
  const rows = found.sample.slice(0, shownRows);
  return (
    <div>
      <Group gap="xs" mb="sm">
        <Badge color={found.format || mapped ? 'green' : 'yellow'}>{t(`format.${found.format ?? (mapped ? 'MAPPING' : 'UNKNOWN')}`)}</Badge>
        <Text size="xs" c="dimmed">
          {t('start.traits', { encoding: found.encoding.toUpperCase(), columns: found.header.length })}
        </Text>
      </Group>
      {found.incomplete && !mapped && (
        <Alert color="yellow" mb="sm" title={t('incomplete.title', { format: t(`format.${found.incomplete.format}`) })}>
          {t('incomplete.body', { columns: format.list(found.incomplete.missing) })}
        </Alert>
      )}
      <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('start.preview')}>
        <Table className={classes.table} withColumnBorders>
          <Table.Thead>
            <Table.Tr>
              {found.header.map((name, at) => (
                <Table.Th key={`${at}:${name}`}>{name}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, line) => (
              <Table.Tr key={`${line}:${row[0] ?? ''}`}>
                {found.header.map((name, at) => (
                  <Table.Td key={`${at}:${name}`}>{row[at] ?? ''}</Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </div>
  );
}
