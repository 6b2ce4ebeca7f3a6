import { CustomerStageHistoryDocument, type CustomerStageHistoryQuery } from '#gql/customers/graphql';
import { stagesUrl } from '#features/stages/urls';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { TextLink } from '#ui/links';
import { Text } from '@mantine/core';
import { IconStairsUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { CustomerHead } from './CustomerPage';
import classes from './customers.module.css';
import { StageBlock } from './StageFigure';

type Change = NonNullable<CustomerStageHistoryQuery['customer']>['stageHistory'][number];

/** Where a member stands on the ladder, and how it came to that. */
export function StageSection(props: { customer: CustomerHead }) {
  const { t } = useTranslation('customers');
  const [{ data, fetching, error }, reload] = useQuery({
    query: CustomerStageHistoryDocument,
    variables: { id: props.customer.id },
    requestPolicy: 'cache-and-network',
  });
  const columns = useColumns();
  const maySeeLadder = useScope('points:read');
  return (
    <>
      {props.customer.stage && <StageBlock stage={props.customer.stage} />}
      {maySeeLadder && (
        <Text size="sm" mt="xs" mb="lg">
          <TextLink {...stagesUrl()}>{t('stage.ladder')}</TextLink>
        </Text>
      )}
      <DataList
        label={t('tab.stage')}
        columns={columns}
        source={whole(data?.customer?.stageHistory, { fetching, error }, () => reload({ requestPolicy: 'network-only' }))}
        rowKey={(change) => change.id}
        empty={
          <EmptyState icon={IconStairsUp} title={t('stage.empty')}>
            {t('stage.emptyBody')}
          </EmptyState>
        }
      />
    </>
  );
}

function useColumns(): Column<Change>[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return useMemo(
    () => [
      { key: 'at', header: t('points.at'), fit: true, cell: (change) => format.dateTime(change.at) },
      {
        key: 'what',
        header: t('stage.change'),
        narrow: 'title',
        cell: (change) => (
          <span className={classes.whole}>
            {change.from && change.from.id !== change.to.id
              ? t('stage.moved', { from: change.from.name, to: change.to.name })
              : change.to.name}
          </span>
        ),
      },
      {
        key: 'why',
        header: t('points.why'),
        cell: (change) => (
          <div>
            {t(`stage.reason.${change.reason}`)}
            {(change.note || change.until) && (
              <Text size="xs" c="dimmed">
                {[change.note, change.until && t('stage.until', { date: format.date(change.until) })]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            )}
          </div>
        ),
      },
      { key: 'who', header: t('points.who'), fit: true, cell: (change) => t(`actor.${change.actorKind}`) },
      {
        key: 'spend',
        header: t('stage.spend'),
        align: 'right',
        cell: (change) => format.money(change.counts.spend),
      },
    ],
    [t, format],
  );
}
