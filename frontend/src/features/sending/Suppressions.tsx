import {
  SendingLiftDocument,
  SendingSuppressDocument,
  SendingSuppressionsDocument,
  type SendingSuppressionsQuery,
  type SuppressionFieldsFragment,
} from '#gql/sending/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { customerUrl } from '#features/customers/urls';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { TextLink } from '#ui/links';
import { ListToolbar } from '#ui/ListToolbar';
import { Timestamp } from '#ui/Timestamp';
import { toastDone } from '#ui/toast';
import { Badge, Button, Select, Text } from '@mantine/core';
import { IconMailOff, IconPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ReasonDialog } from './ReasonDialog';
import { suppressionReasons } from './urls';

const route = getRouteApi('/shell/settings/mail');
const connection = (data: SendingSuppressionsQuery) => data.suppressions;

/** The addresses that mail does not go to, and why. */
export function Suppressions() {
  const { t } = useTranslation('sending');
  const format = useFormat();
  const mayWrite = useScope('customers:write');
  const { reason, address } = route.useSearch();
  const navigate = useNavigate({ from: '/settings/mail' });
  const source = usePagedQuery(SendingSuppressionsDocument, { first: 50, reason, address }, connection);
  const [adding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<SuppressionFieldsFragment>();
  const [, add] = useMutation(SendingSuppressDocument);
  const [, lift] = useMutation(SendingLiftDocument);
  const counts = new Map(source.data?.suppressionCounts.map((each) => [each.reason, each.count]));
  const columns = useColumns(mayWrite ? setLifting : undefined);

  return (
    <>
      <Text size="sm" c="dimmed" mb="md" maw="46rem">
        {t('suppression.body')}
      </Text>
      <DataList
        label={t('tab.suppressions')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        toolbar={
          <ListToolbar
            search={{
              value: address ?? '',
              placeholder: t('suppression.search'),
              onChange: (value) => void navigate({ search: (was) => ({ ...was, address: value || undefined }), replace: true }),
            }}
            filters={
              <>
                <Select
                  aria-label={t('suppression.reason')}
                  value={reason ?? ''}
                  data={[
                    { value: '', label: t('suppression.anyReason') },
                    ...suppressionReasons.map((each) => ({
                      value: each,
                      label: t('suppression.counted', {
                        reason: t(`suppression.reasons.${each}`),
                        count: format.number(counts.get(each) ?? 0),
                      }),
                    })),
                  ]}
                  onChange={(value) =>
                    void navigate({
                      search: (was) => ({ ...was, reason: suppressionReasons.find((each) => each === value) }),
                    })
                  }
                />
                {mayWrite && (
                  <Button variant="default" leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => setAdding(true)}>
                    {t('suppression.add')}
                  </Button>
                )}
              </>
            }
          />
        }
        empty={
          <EmptyState icon={IconMailOff} title={t(address || reason ? 'suppression.none' : 'suppression.empty')}>
            {t(address ? 'suppression.noneBody' : 'suppression.emptyBody')}
          </EmptyState>
        }
      />
      {adding && (
        <ReasonDialog
          title={t('suppression.add')}
          body={t('suppression.addBody')}
          confirm={t('suppression.add')}
          address
          run={(values, submit) => submit(add({ input: values }), (data) => data.suppressAddress.userErrors)}
          onClose={() => setAdding(false)}
          onDone={() => {
            setAdding(false);
            toastDone(t('suppression.added'));
            source.reload();
          }}
        />
      )}
      {lifting && (
        <ReasonDialog
          title={t('suppression.liftTitle')}
          body={t(bodyOf(lifting))}
          confirm={t('suppression.lift')}
          run={({ reason: why }, submit) =>
            submit(lift({ input: { id: lifting.id, reason: why } }), (data) => data.liftSuppression.userErrors)
          }
          onClose={() => setLifting(undefined)}
          onDone={() => {
            setLifting(undefined);
            toastDone(t(leavesOptOut(lifting) ? 'suppression.liftedOptOut' : 'suppression.lifted'));
            source.reload();
          }}
        />
      )}
    </>
  );
}

/** Who once said no stays out whatever else is taken back. */
const leavesOptOut = (row: SuppressionFieldsFragment): boolean => row.optedOutAt !== null;

const bodyOf = (row: SuppressionFieldsFragment) => {
  if (row.reason === 'COMPLAINT') return 'suppression.liftComplaint';
  return leavesOptOut(row) ? 'suppression.liftOptOut' : 'suppression.liftBody';
};

const reasonColors = { OPT_OUT: 'gray', COMPLAINT: 'red', HARD_BOUNCE: 'yellow', STAFF: 'gray' } as const;

function useColumns(lift?: (row: SuppressionFieldsFragment) => void): Column<SuppressionFieldsFragment>[] {
  const { t } = useTranslation('sending');
  return [
    {
      key: 'customer',
      header: t('suppression.customer'),
      narrow: 'title',
      cell: (row) =>
        row.customer ? (
          <TextLink {...customerUrl(row.customer.id)}>{row.customer.displayName}</TextLink>
        ) : (
          <Text span c="dimmed" size="sm">
            {t(`suppression.unknown.${row.by}`)}
          </Text>
        ),
    },
    {
      key: 'reason',
      header: t('suppression.reason'),
      cell: (row) => (
        <Badge color={reasonColors[row.reason]}>
          {t(`suppression.reasons.${row.reason}`)}
        </Badge>
      ),
    },
    { key: 'status', header: t('suppression.status'), cell: (row) => row.status || '–' },
    { key: 'at', header: t('suppression.at'), cell: (row) => <Timestamp at={row.at} /> },
    {
      key: 'lift',
      header: t('suppression.action'),
      fit: true,
      narrow: 'side',
      cell: (row) =>
        lift && row.reason !== 'OPT_OUT' ? (
          <Button variant="subtle" size="compact-sm" onClick={() => lift(row)}>
            {t('suppression.lift')}
          </Button>
        ) : null,
    },
  ];
}
