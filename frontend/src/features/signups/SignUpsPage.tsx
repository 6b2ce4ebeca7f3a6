import { type SignUpFormFieldsFragment, SignUpFormsDocument } from '#gql/signups/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, whole } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { PageHeader } from '#ui/PageHeader';
import { Badge } from '@mantine/core';
import { IconForms, IconPlus } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { FormDrawer } from './FormDrawer';
import { signUpsUrl } from './urls';
import classes from './signups.module.css';

const route = getRouteApi('/shell/settings/sign-up');

/** The forms on which shoppers give their consents themselves; one opens beside the list. */
export function SignUpsPage() {
  const { t } = useTranslation('signups');
  const { open } = route.useSearch();
  const navigate = useNavigate({ from: '/settings/sign-up' });
  const mayWrite = useScope('settings:write');
  const columns = useColumns();
  const [{ data, error, fetching }, ask] = useQuery({ query: SignUpFormsDocument });
  // One just made is shown once it is read: its fields begin with what it says.
  const form = data?.signUpForms.find((one) => one.id === open);
  const reload = () => ask({ requestPolicy: 'network-only' });
  const add = mayWrite && (
    <ButtonLink {...signUpsUrl('new')} leftSection={<IconPlus size="1rem" aria-hidden />}>
      {t('add')}
    </ButtonLink>
  );
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={data?.signUpForms.length !== 0 && add} />
      <DataList
        label={t('title')}
        columns={columns}
        source={whole(data?.signUpForms, { fetching, error }, reload)}
        rowKey={(row) => row.id}
        rowLink={(row) => signUpsUrl(row.id)}
        empty={
          <EmptyState icon={IconForms} title={t('empty.title')} action={add}>
            {t('empty.body')}
          </EmptyState>
        }
      />
      {data && (form || open === 'new') && (
        <FormDrawer
          key={open}
          form={form}
          shops={data.shops}
          kept={data.properties}
          sender={data.senderSettings}
          onClose={() => void navigate({ search: {} })}
          onSaved={(id) => {
            reload();
            if (id) void navigate({ search: { open: id } });
          }}
        />
      )}
    </>
  );
}

function useColumns(): Column<SignUpFormFieldsFragment>[] {
  const { t } = useTranslation('signups');
  const format = useFormat();
  return [
    { key: 'title', header: t('column.title'), narrow: 'title', cell: (row) => row.content.title.ja },
    {
      key: 'shop',
      header: t('column.shop'),
      narrow: 'mark',
      cell: (row) => <div className={classes.shop}><MallDot mall={row.shop.mall} label={row.shop.name} /></div>,
    },
    {
      key: 'confirmed',
      header: t('column.confirmed'),
      align: 'right',
      fit: true,
      narrow: 'line',
      cell: (row) =>
        t('confirmedOf', { confirmed: format.number(row.counts.confirmed), sent: format.number(row.counts.sent) }),
    },
    {
      key: 'waiting',
      header: t('column.waiting'),
      align: 'right',
      fit: true,
      roomy: true,
      narrow: 'line',
      cell: (row) => format.number(row.counts.waiting),
    },
    {
      key: 'all',
      header: t('column.all'),
      align: 'right',
      fit: true,
      narrow: 'line',
      cell: (row) => format.people(row.counts.allConfirmed),
    },
    {
      key: 'state',
      header: t('column.state'),
      fit: true,
      narrow: 'side',
      cell: (row) => (
        <Badge color={row.closedAt ? 'gray' : 'green'}>{t(row.closedAt ? 'state.closed' : 'state.open')}</Badge>
      ),
    },
  ];
}
