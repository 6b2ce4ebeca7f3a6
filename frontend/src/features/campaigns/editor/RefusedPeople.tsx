import { CampaignRefusedDocument, type CampaignRefusedQuery } from '#gql/campaigns/graphql';
import { useReasonWords } from '#lib/reasons';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { TextLink } from '#ui/links';
import { SideDrawer } from '#ui/SideDrawer';
import { Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { toolOf } from '../mallMail/tools';
import { ToolLink } from '../mallMail/ToolLink';

type Row = NonNullable<CampaignRefusedQuery['campaign']>['prospects']['edges'][number]['node'];

const route = getRouteApi('/shell/campaigns/$campaignId');
const connection = (data: CampaignRefusedQuery) => data.campaign?.prospects;

/** The people whom a reason keeps from a campaign that is not sent yet; open while the address names the reason. */
export function RefusedPeople(props: { campaignId: string; isDraft: boolean }) {
  const { refused } = route.useSearch();
  return refused ? <People {...props} refused={refused} /> : null;
}

function People(props: { campaignId: string; isDraft: boolean; refused: string }) {
  const { t } = useTranslation('campaigns');
  const { reason, remedy } = useReasonWords();
  const navigate = route.useNavigate();
  const source = usePagedQuery(CampaignRefusedDocument, { id: props.campaignId, first: 50, reason: props.refused }, connection);
  const tool = toolOf(props.refused);
  return (
    <SideDrawer
      title={t('refused.title', { reason: reason(props.refused) })}
      onClose={() => void navigate({ search: (was) => ({ ...was, refused: undefined }), resetScroll: false })}
    >
      <Text size="sm" mb="md">
        {remedy(props.refused)} {tool && props.isDraft && <ToolLink campaignId={props.campaignId} tool={tool} size="sm" />}
      </Text>
      <DataList
        label={t('refused.title', { reason: reason(props.refused) })}
        columns={useColumns()}
        source={source}
        rowKey={(row) => row.customer.id}
        empty={<EmptyState title={t('messages.empty')} />}
      />
    </SideDrawer>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('campaigns');
  const { reason } = useReasonWords();
  return [
    {
      key: 'customer',
      header: t('messages.customer'),
      narrow: 'title',
      cell: (row) => (
        <TextLink to="/customers/$customerId" params={{ customerId: row.customer.id }}>
          {row.customer.displayName}
        </TextLink>
      ),
    },
    {
      key: 'more',
      header: t('refused.more'),
      narrow: 'wide',
      cell: (row) => {
        const named = row.reasonSegment?.name ?? row.reasonCampaign?.name;
        const more = [named && t('messages.names', { name: named }), ...row.reasons.slice(1).map(reason)].filter(Boolean);
        return more.length > 0 ? more.join(t('messages.and')) : nothing;
      },
    },
  ];
}
