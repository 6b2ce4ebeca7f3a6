import { referralsUrl } from '#features/referrals/urls';
import { CustomerReferralsDocument, type CustomerReferralsQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { type Column, DataList, nothing, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { TextLink } from '#ui/links';
import { Text, Title } from '@mantine/core';
import { IconUserHeart } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { customerUrl } from './urls';

type Referral = NonNullable<CustomerReferralsQuery['customer']>['referrals']['edges'][number]['node'];

/** Who brought a customer, and whom he brought; nothing where there is neither. */
export function Referrals(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [{ data, fetching, error }, reload] = useQuery({ query: CustomerReferralsDocument, variables: { id: props.customerId } });
  const columns = useColumns();
  const by = data?.customer?.referredBy;
  const brought = data?.customer?.referrals.edges.map(({ node }) => node);
  if (!by && !brought?.length) return null;
  return (
    <section>
      <Title order={3} mb="sm">
        {t('referral.title')}
      </Title>
      {by && (
        <Text size="sm" mb="sm">
          {t('referral.by', { date: format.date(by.referredAt) })}
          {by.referrer && (
            <>
              {' · '}
              <TextLink {...customerUrl(by.referrer.id)} underline="always">{by.referrer.displayName}</TextLink>
            </>
          )}
          {` · ${t(`referral.state.${by.status}`)}`}
        </Text>
      )}
      {brought && brought.length > 0 && (
        <DataList
          label={t('referral.title')}
          columns={columns}
          source={whole(brought, { fetching, error }, () => reload({ requestPolicy: 'network-only' }))}
          rowKey={(row) => row.id}
          empty={<EmptyState icon={IconUserHeart} title={t('referral.title')} />}
        />
      )}
      <Text size="sm" mt="xs">
        {data?.customer?.referrals.pageInfo.hasNextPage && `${t('referral.more')} `}
        <TextLink {...referralsUrl()} underline="always">{t('referral.all')}</TextLink>
      </Text>
    </section>
  );
}

function useColumns(): Column<Referral>[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'friend',
        header: t('referral.friend'),
        narrow: 'title',
        cell: (row) => (row.friend ? <TextLink {...customerUrl(row.friend.id)}>{row.friend.displayName}</TextLink> : nothing),
      },
      { key: 'at', header: t('referral.at'), fit: true, narrow: 'line', cell: (row) => format.date(row.referredAt) },
      { key: 'status', header: t('referral.status'), fit: true, narrow: 'mark', cell: (row) => t(`referral.state.${row.status}`) },
      {
        key: 'points',
        header: t('referral.points'),
        align: 'right',
        fit: true,
        narrow: 'side',
        cell: (row) => (row.referrerPoints > 0 ? format.points(row.referrerPoints) : nothing),
      },
    ],
    [t, format],
  );
}
