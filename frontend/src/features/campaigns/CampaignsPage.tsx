import { CampaignCreateDocument, CampaignListDocument, type CampaignListQuery } from '#gql/campaigns/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { toastFailed } from '#ui/toast';
import { Button } from '@mantine/core';
import { IconPlus, IconSpeakerphone } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { CampaignStatusBadge } from './CampaignStatusBadge';
import { rate, writeSales } from './figures';
import { campaignUrl } from './urls';

type Row = CampaignListQuery['campaigns']['edges'][number]['node'];

const connection = (data: CampaignListQuery) => data.campaigns;

/** Every campaign, newest first, with what it brought. */
export function CampaignsPage() {
  const { t } = useTranslation('campaigns');
  const source = usePagedQuery(CampaignListDocument, { first: 50 }, connection);
  const columns = useColumns();
  const add = useAdd();

  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={add} />
      <DataList
        label={t('title')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => campaignUrl(row.id)}
        empty={
          <EmptyState icon={IconSpeakerphone} title={t('empty.title')} action={add}>
            {t('empty.body')}
          </EmptyState>
        }
      />
    </>
  );
}

function useAdd() {
  const { t } = useTranslation('campaigns');
  const navigate = useNavigate();
  const mayWrite = useScope('campaigns:write');
  const [{ fetching }, create] = useMutation(CampaignCreateDocument);
  if (!mayWrite) return null;

  const start = async () => {
    const { data } = await create({ input: { name: t('newName'), theme: '' } });
    const campaign = data?.createCampaign.campaign;
    if (campaign) await navigate(campaignUrl(campaign.id));
    else toastFailed(t('createFailed'), data?.createCampaign.userErrors[0]?.message ?? t('tryAgain'));
  };
  return (
    <Button loading={fetching} leftSection={<IconPlus size="1rem" aria-hidden />} onClick={() => void start()}>
      {t('add')}
    </Button>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const sent = (row: Row) => row.metrics.total.sent > 0;
  return [
    { key: 'name', header: t('column.name'), narrow: 'title', cell: (row) => row.name },
    {
      key: 'status',
      header: t('column.status'),
      fit: true,
      narrow: 'side',
      cell: (row) => <CampaignStatusBadge status={row.status} />,
    },
    { key: 'segment', header: t('column.segment'), cell: (row) => row.segment?.name ?? '–' },
    {
      key: 'sent',
      header: t('column.sent'),
      align: 'right',
      cell: (row) => (sent(row) ? format.number(row.metrics.total.sent) : '–'),
    },
    {
      key: 'opened',
      header: t('column.opened'),
      align: 'right',
      cell: (row) => format.share(rate(row.metrics.total.opened, row.metrics.total.delivered)),
    },
    {
      key: 'clicked',
      header: t('column.clicked'),
      align: 'right',
      cell: (row) => format.share(rate(row.metrics.total.clicked, row.metrics.total.delivered)),
    },
    {
      key: 'sales',
      header: t('column.sales'),
      align: 'right',
      cell: (row) => (sent(row) ? writeSales(row.metrics.total.sales, format) : '–'),
    },
    {
      key: 'when',
      header: t('column.when'),
      fit: true,
      cell: (row) => <Timestamp at={row.sentAt ?? row.updatedAt} />,
    },
  ];
}
