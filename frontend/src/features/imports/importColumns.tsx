import type { ImportListQuery } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { type Column, nothing } from '#ui/DataList';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { Text } from '@mantine/core';
import { IconCornerDownRight } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { formatWords } from './formatWords';
import { ImportStatusBadge } from './ImportStatusBadge';
import classes from './ImportsPage.module.css';

type Row = ImportListQuery['imports']['edges'][number]['node'];

/** Every column the list of imports can show; those that are extra wait to be chosen. */
export function useImportColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return useMemo((): Column<Row>[] => {
    const figure = (key: 'rows' | 'inserted' | 'updated' | 'unchanged'): Column<Row> => ({
      key,
      header: t(`column.${key}`),
      align: 'right',
      cell: (row) => format.number(row[key]),
    });
    return [
      { key: 'file', header: t('column.file'), narrow: 'title', cell: (row) => <File row={row} /> },
      {
        key: 'shop',
        header: t('column.shop'),
        narrow: 'wide',
        cell: (row) => (
          <div className={classes.shop}>
            <MallDot mall={row.shop.mall} label={row.shop.name} />
          </div>
        ),
      },
      { key: 'status', header: t('column.status'), narrow: 'side', fit: true, cell: (row) => <ImportStatusBadge row={row} /> },
      { key: 'format', header: t('column.format'), narrow: 'hide', roomy: true, cell: (row) => <Format words={formatWords(t, row)} /> },
      { ...figure('rows'), narrow: 'hide', roomy: true },
      figure('inserted'),
      { ...figure('updated'), extra: true },
      { ...figure('unchanged'), extra: true },
      {
        key: 'quarantined',
        header: t('column.quarantined'),
        align: 'right',
        cell: (row) => (row.quarantined > row.mended && !row.undo ? format.number(row.quarantined - row.mended) : nothing),
      },
      {
        key: 'by',
        header: t('column.by'),
        extra: true,
        cell: (row) =>
          row.createdBy?.name ?? (
            <Text span inherit c="dimmed">
              {t('list.byItself')}
            </Text>
          ),
      },
      { key: 'created', header: t('column.created'), fit: true, cell: (row) => <Timestamp at={row.createdAt} /> },
    ];
  }, [t, format]);
}

function Format(props: { words: string }) {
  return (
    <span className={classes.format} title={props.words}>
      {props.words}
    </span>
  );
}

/** The name of the file; one that mends another stands under it. */
function File(props: { row: Row }) {
  const { t } = useTranslation('imports');
  const format = useFormat();
  const { row } = props;
  if (!row.mends) return <span className={classes.file}>{row.fileName}</span>;
  return (
    <span className={classes.mend}>
      <IconCornerDownRight className={classes.under} aria-hidden />
      <span>
        <span className={classes.file}>{row.fileName}</span>
        <Text size="xs" c="dimmed" fw={400} component="span" display="block">
          {t('list.mend', { rows: format.number(row.rows), time: format.shortDateTime(row.createdAt) })}
        </Text>
      </span>
    </span>
  );
}
