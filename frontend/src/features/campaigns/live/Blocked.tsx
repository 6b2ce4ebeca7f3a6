import { type CampaignDraftFragment, CampaignFindingsDocument } from '#gql/campaigns/graphql';
import { Alert, Text } from '@mantine/core';
import { IconCalendarX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { blockOf } from '../findings/blockOf';
import { BlockPlaces } from '../findings/BlockPlaces';
import { FindingList } from '../findings/FindingList';

/** What would keep a scheduled campaign from beginning, or send to fewer than one thinks, with the way out. */
export function Blocked(props: { campaign: CampaignDraftFragment }) {
  const { t, i18n } = useTranslation('campaigns');
  const [{ data }] = useQuery({
    query: CampaignFindingsDocument,
    variables: { id: props.campaign.id, locale: i18n.language },
    requestPolicy: 'cache-and-network',
  });
  const findings = data?.campaign?.findings ?? [];
  const blocking = findings.filter((finding) => finding.blocks);
  const short = findings.filter((finding) => finding.code === 'CODES_SHORT');
  const placeOf = (mall: string, line: number) => {
    const body = props.campaign.variants.find((variant) => variant.mall === mall)?.mjml;
    return body ? blockOf(body, line) : undefined;
  };
  if (blocking.length + short.length === 0) return null;
  return (
    <Alert
      color={blocking.length > 0 ? 'red' : 'yellow'}
      role="alert"
      mb="md"
      icon={<IconCalendarX aria-hidden />}
      title={t(blocking.length > 0 ? 'scheduled.blocked' : 'scheduled.short')}
    >
      {blocking.length > 0 && <Text size="sm">{t('scheduled.blockedBody')}</Text>}
      <BlockPlaces value={placeOf}>
        <FindingList findings={[...blocking, ...short]} />
      </BlockPlaces>
    </Alert>
  );
}
