import type { MergePreviewQuery, StandingFragment } from '#gql/candidates/graphql';
import { useFormat } from '#lib/FormatContext';
import { Table, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './candidates.module.css';

/** What the merge would do: the figures of both now, and of the one who stays afterwards. */
export function Outcome(props: { preview: MergePreviewQuery['mergePreview'] }) {
  const { t } = useTranslation('candidates');
  const { survivorNow, mergedNow, then } = props.preview;
  const lines = useLines().filter(({ of }) => [survivorNow, mergedNow, then].some((one) => of(one)));
  return (
    <section aria-labelledby="merge-outcome">
      <Title order={2} id="merge-outcome" mb="xs">
        {t('outcome.title')}
      </Title>
      <Table className={`${classes.comparison} ${classes.outcome}`} layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Td className={classes.fact} />
            <Table.Th scope="col">{props.preview.survivor.displayName}</Table.Th>
            <Table.Th scope="col">{props.preview.merged.displayName}</Table.Th>
            <Table.Th scope="col">{t('outcome.then')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map(({ key, of }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row" className={classes.fact}>
                {t(`outcome.${key}`)}
              </Table.Th>
              <Table.Td>{of(survivorNow) || '–'}</Table.Td>
              <Table.Td>{of(mergedNow) || '–'}</Table.Td>
              <Table.Td className={classes.then}>{of(then) || '–'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

interface Line {
  key: 'orders' | 'sales' | 'available' | 'pending' | 'held' | 'debt' | 'stage' | 'consents';
  of: (standing: StandingFragment) => string;
}

function useLines(): Line[] {
  const { t } = useTranslation('candidates');
  const format = useFormat();
  const points = (value: number) => (value > 0 ? format.points(value) : '');
  return [
    { key: 'orders', of: (one) => t('times', { count: one.orderCount, times: format.number(one.orderCount) }) },
    { key: 'sales', of: (one) => format.money(one.netSales.amount, one.netSales.currency) },
    { key: 'stage', of: (one) => one.stage ?? '' },
    { key: 'available', of: (one) => points(one.available) },
    { key: 'pending', of: (one) => points(one.pending) },
    { key: 'held', of: (one) => points(one.held) },
    { key: 'debt', of: (one) => points(one.debt) },
    {
      key: 'consents',
      of: (one) =>
        one.consents
          .map((consent) =>
            t('consent', {
              shop: consent.originShop.name,
              channel: t(`channel.${consent.channel}`),
              state: t(`consentState.${consent.state}`),
            }),
          )
          .join('\n'),
    },
  ];
}
