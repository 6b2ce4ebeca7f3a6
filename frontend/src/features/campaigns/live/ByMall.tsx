import type { MetricsFieldsFragment } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { MallDot } from '#ui/MallDot';
import { Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { rate, writeSales } from '../figures';

/** The figures by the mall whose offer people got. */
export function ByMall(props: { rows: MetricsFieldsFragment['byMall'] }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const share = (part: number, base: number) => format.share(rate(part, base));
  return (
    <Table.ScrollContainer minWidth={640} scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}>
      <Table aria-labelledby="by-mall">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('live.destination')}</Table.Th>
            {(['sent', 'delivered', 'opened', 'clicked', 'converted', 'sales'] as const).map((name) => (
              <Table.Th key={name} ta="right">
                {t(`metric.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.rows.map(({ mall, figures }) => (
            <Table.Tr key={mall}>
              <Table.Td>
                <MallDot mall={mall} />
              </Table.Td>
              <Table.Td ta="right">{format.number(figures.sent)}</Table.Td>
              <Table.Td ta="right">{format.number(figures.delivered)}</Table.Td>
              <Table.Td ta="right">
                {t('live.with', { count: format.number(figures.opened), share: share(figures.opened, figures.delivered) })}
              </Table.Td>
              <Table.Td ta="right">
                {t('live.with', { count: format.number(figures.clicked), share: share(figures.clicked, figures.delivered) })}
              </Table.Td>
              <Table.Td ta="right">{format.number(figures.converted)}</Table.Td>
              <Table.Td ta="right">{writeSales(figures.sales, format)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
