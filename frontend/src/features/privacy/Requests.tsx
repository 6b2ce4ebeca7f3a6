import { customersUrl, customerUrl } from '#features/customers/urls';
import { type PrivacyRequestFieldsFragment, PrivacyRequestsDocument } from '#gql/privacy/graphql';
import { useFormat } from '#lib/FormatContext';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink, TextLink } from '#ui/links';
import { Group, Switch, Text } from '@mantine/core';
import { IconUserShield } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Answer } from './Answer';
import { RequestStatus } from './RequestStatus';

const route = getRouteApi('/shell/settings/privacy');
const pageSize = 50;

/** The register: who asked for what, until when, and what became of it. */
export function Requests() {
  const { t } = useTranslation('privacy');
  const { open = false } = route.useSearch();
  const navigate = useNavigate({ from: '/settings/privacy' });
  const [size, setSize] = useState(pageSize);
  const [{ data, error, fetching }, ask] = useQuery({
    query: PrivacyRequestsDocument,
    variables: { first: size, open },
    requestPolicy: 'cache-and-network',
  });
  const reload = () => ask({ requestPolicy: 'network-only' });
  const columns = useColumns(reload);
  const rows = data?.privacyRequests ?? [];
  return (
    <DataList
      label={t('tab.requests')}
      columns={columns}
      source={{
        nodes: rows,
        fetching: fetching && !data,
        error,
        // The server answers 250 at most.
        hasMore: rows.length === size && size < 250,
        loadingMore: fetching && Boolean(data),
        loadMore: () => setSize((was) => Math.min(was + pageSize, 250)),
        reload,
      }}
      rowKey={(row) => row.id}
      toolbar={
        (open || rows.length > 0) && (
          <Group justify="flex-end" mb="sm">
            <Switch
              label={t('onlyOpen')}
              checked={open}
              onChange={(event) => {
                const on = event.currentTarget.checked;
                void navigate({ search: (was) => ({ ...was, open: on || undefined }) });
              }}
            />
          </Group>
        )
      }
      empty={
        <EmptyState
          icon={IconUserShield}
          title={t('empty.title')}
          action={<ButtonLink {...customersUrl()}>{t('empty.open')}</ButtonLink>}
        >
          {t('empty.body')}
        </EmptyState>
      }
    />
  );
}

function useColumns(reload: () => void): Column<PrivacyRequestFieldsFragment>[] {
  const { t } = useTranslation('privacy');
  const format = useFormat();
  return [
    {
      key: 'customer',
      header: t('column.customer'),
      narrow: 'title',
      cell: (row) => (
        <TextLink {...customerUrl(row.customer.id, { tab: 'consents' })}>
          {row.customer.erasedAt ? t('erased') : row.customer.displayName}
        </TextLink>
      ),
    },
    { key: 'kind', header: t('column.kind'), fit: true, narrow: 'mark', cell: (row) => t(`kind.${row.kind}`) },
    {
      key: 'asked',
      header: t('column.asked'),
      narrow: 'hide',
      roomy: true,
      fit: true,
      cell: (row) => (
        <>
          {format.date(row.askedOn)}
          <Text size="xs" c="dimmed">
            {t(`via.${row.askedVia}`)}
          </Text>
        </>
      ),
    },
    { key: 'due', header: t('column.due'), fit: true, narrow: 'line', cell: (row) => format.date(row.dueOn) },
    {
      key: 'by',
      header: t('column.by'),
      roomy: true,
      narrow: 'hide',
      cell: (row) => row.decidedBy?.name ?? row.createdBy?.name ?? '',
    },
    { key: 'status', header: t('column.status'), fit: true, narrow: 'side', cell: (row) => <RequestStatus request={row} /> },
    {
      key: 'answer',
      header: '',
      narrow: 'mark',
      cell: (row) =>
        row.status === 'REFUSED' ? (
          <Text size="xs" c="dimmed">
            {row.refusal}
          </Text>
        ) : (
          <Answer request={row} onChanged={reload} />
        ),
    },
  ];
}
