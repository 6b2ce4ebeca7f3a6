import type { ImportInspectQuery } from '#gql/imports/graphql';
import { Alert, Badge, Group, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './FilePreview.module.css';

type Inspection = ImportInspectQuery['inspectUpload'];

const shownRows = 5;

/** What a file turned out to be, and its first rows as they will be read. */
export function FilePreview(props: { found: Inspection }) {
  const { t } = useTranslation('imports');
  const { found } = props;
  const rows = found.sample.slice(0, shownRows);
  return (
    <div>
      <Group gap="xs" mb="xs">
        <Badge color={found.format ? 'green' : 'yellow'}>{t(`format.${found.format ?? 'UNKNOWN'}`)}</Badge>
        <Text size="xs" c="dimmed">
          {t('start.traits', { encoding: found.encoding.toUpperCase(), columns: found.header.length })}
        </Text>
      </Group>
      {found.incomplete && (
        <Alert color="yellow" mb="xs" title={t('incomplete.title', { format: t(`format.${found.incomplete.format}`) })}>
          {t('incomplete.body', { columns: found.incomplete.missing.join(', ') })}
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
