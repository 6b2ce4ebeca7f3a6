import { CustomerIdentitiesDocument, type CustomerIdentitiesQuery } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { Address } from '#ui/Address';
import { type Column, DataList, nothing, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { MallDot } from '#ui/MallDot';
import { Text } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './customers.module.css';
import { identityValue } from './identityValue';

type Identity = NonNullable<CustomerIdentitiesQuery['customer']>['identities'][number];

/** Each appearance of the customer on a shop, with the step that says it is the same person. */
export function Identities(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const [{ data, error, fetching }, reload] = useQuery({
    query: CustomerIdentitiesDocument,
    variables: { id: props.customerId },
  });
  const columns = useColumns();
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('identities.help')}
      </Text>
      <DataList
        label={t('tab.identities')}
        columns={columns}
        source={whole(data?.customer?.identities, { fetching, error }, () => reload({ requestPolicy: 'network-only' }))}
        rowKey={(identity) => identity.id}
        empty={<EmptyState icon={IconId} title={t('identities.empty')} />}
      />
    </>
  );
}

function useColumns(): Column<Identity>[] {
  const { t } = useTranslation('customers');
  const format = useFormat();
  return useMemo(
    () => [
      {
        key: 'value',
        header: t('identities.value'),
        narrow: 'title',
        cell: (identity) => (
          <>
            <Address>{identityValue(identity)}</Address>
            <div className={classes.about}>
              <span>{t(`identityKind.${identity.kind}`)}</span>
              <MallDot mall={identity.shop.mall} label={identity.shop.name} />
            </div>
          </>
        ),
      },
      {
        key: 'reason',
        header: t('identities.reason'),
        narrow: 'wide',
        cell: (identity) =>
          identity.mergedAs ? (
            t(`identityMerged.${identity.mergedAs}`)
          ) : (
            <>
              {t(`identityReason.${identity.reason}`)}
              <div className={classes.about}>{t(`identityWhy.${identity.reason}`)}</div>
            </>
          ),
      },
      {
        key: 'score',
        header: t('identities.score'),
        align: 'right',
        narrow: 'side',
        // How sure the ladder was says nothing about a merge.
        cell: (identity) => (identity.mergedAs ? nothing : t('identities.points', { score: identity.score })),
      },
      {
        key: 'seen',
        header: t('identities.seen'),
        align: 'right',
        fit: true,
        cell: (identity) => format.date(identity.lastSeenAt),
      },
    ],
    [t, format],
  );
}
