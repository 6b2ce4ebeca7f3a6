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
        <Badge color={found.format || mapped ? 'green' : 'yellow'}>{badge(t, found, mapped)}</Badge>
        <Text size="xs" c="dimmed">
          {t('start.traits', { encoding: found.encoding.toUpperCase(), columns: found.header.length })}
        </Text>
      </Group>
      {found.toldBy.length > 0 && (
        <Text size="xs" c="dimmed" mb="sm" className={classes.toldBy}>
          {t('start.toldBy', { columns: format.list(found.toldBy) })}
        </Text>
      )}
      {found.incomplete && !mapped && <Incomplete file={found.incomplete} />}
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

/** What kind of file it is; of one that is nearly of a mall's format, that format and that columns are missing. */
function badge(t: ReturnType<typeof useTranslation<'imports'>>['t'], found: Inspection, mapped: boolean): string {
  if (!found.format && !mapped && found.incomplete) return t('incomplete.badge', { format: t(`format.${found.incomplete.format}`) });
  return t(`format.${found.format ?? (mapped ? 'MAPPING' : 'UNKNOWN')}`);
}

const uses = ['ORDER', 'GOODS', 'MONEY', 'BUYER'] as const;

/** Which columns a mall's file lacks, by what each is needed for. */
function Incomplete(props: { file: NonNullable<Inspection['incomplete']> }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { file } = props;
  const groups = uses
    .map((use) => ({ use, names: file.lacks.filter((lack) => lack.use === use).map((lack) => lack.name) }))
    .filter(({ names }) => names.length > 0);
  return (
    <Alert color="yellow" mb="sm" title={t('incomplete.title', { format: t(`format.${file.format}`) })}>
      <ul className={classes.lacks}>
        {groups.map(({ use, names }) => (
          <li key={use}>{t(`incomplete.use.${use}`, { columns: format.list(names) })}</li>
        ))}
      </ul>
      {t('incomplete.body')}
    </Alert>
  );
}
