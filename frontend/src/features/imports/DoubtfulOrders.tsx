import { ImportDoubtfulDocument, type ImportDoubtfulQuery } from '#gql/imports/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { SideDrawer } from '#ui/SideDrawer';
import { Button, Text } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Doubt } from './urls';

type Found = NonNullable<ImportDoubtfulQuery['import']>['importedOrders']['edges'][number]['node'];

const connection = (data: ImportDoubtfulQuery) => data.import?.importedOrders;
const titles = { WITHOUT_BUYER: 'doubt.withoutBuyer', SUMS_DIFFER: 'doubt.sumsDiffer' } as const;
const bodies = { WITHOUT_BUYER: 'doubt.withoutBuyerBody', SUMS_DIFFER: 'doubt.sumsDifferBody' } as const;

/** The orders of an import of which something may be wrong, or the one of them that was looked for. */
export function DoubtfulOrders(props: { importId: string; doubt: Doubt; orderNo: string | undefined; onAll: () => void; onClose: () => void }) {
  const { t } = useTranslation('imports');
  const { importId, doubt, orderNo } = props;
  const variables = useMemo(() => ({ id: importId, doubt, orderNo, first: 50 }), [importId, doubt, orderNo]);
  const source = usePagedQuery(ImportDoubtfulDocument, variables, connection);
  return (
    <SideDrawer title={t(titles[doubt])} onClose={props.onClose}>
      <Text size="sm" c="dimmed" mb="md">
        {t(bodies[doubt])}
      </Text>
      {orderNo !== undefined && (
        <Button variant="default" size="compact-sm" mb="sm" onClick={props.onAll}>
          {t('doubt.all')}
        </Button>
      )}
      <DataList
        label={t(titles[doubt])}
        columns={useColumns(doubt)}
        source={source}
        rowKey={(found) => found.order.id}
        empty={<EmptyState icon={IconReceipt} title={t('doubt.none')} />}
      />
    </SideDrawer>
  );
}

function useColumns(doubt: Doubt): Column<Found>[] {
  const { t } = useTranslation('imports');
  const format = useFormat();
  return useMemo(() => {
    const money = (amount: Found['said']) => (amount ? format.money(amount.amount, amount.currency) : nothing);
    const columns: Column<Found>[] = [
      { key: 'no', header: t('doubt.orderNo'), narrow: 'title', cell: ({ order }) => order.orderNo },
      { key: 'at', header: t('doubt.orderedAt'), fit: true, narrow: 'mark', cell: ({ order }) => format.dateTime(order.orderedAt) },
      { key: 'items', header: t('doubt.items'), narrow: 'wide', cell: ({ order }) => format.list(order.lines.map((line) => line.name || line.sku)) },
    ];
    if (doubt === 'WITHOUT_BUYER') {
      return [...columns, { key: 'total', header: t('doubt.total'), align: 'right', narrow: 'side', cell: ({ order }) => money(order.total) }];
    }
    return [
      ...columns,
      { key: 'said', header: t('doubt.said'), align: 'right', narrow: 'side', cell: ({ said }) => money(said) },
      { key: 'added', header: t('doubt.added'), align: 'right', narrow: 'line', cell: ({ added }) => money(added) },
    ];
  }, [t, format, doubt]);
}
