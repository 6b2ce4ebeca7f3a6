import { campaignUrl } from '#features/campaigns/urls';
import { CustomerCampaignsDocument, CustomerWhyDocument, type CustomerWhyQuery } from '#gql/customers/graphql';
import { useReasonWords } from '#lib/reasons';
import { TextLink } from '#ui/links';
import { Timestamp } from '#ui/Timestamp';
import { List, Select, Skeleton, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

type Campaign = NonNullable<CustomerWhyQuery['campaign']>;

/** Answers, for one campaign, whether it came to the customer or would, and why not. */
export function WhyNot(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const [campaignId, setCampaign] = useState<string | null>(null);
  const [{ data: all }] = useQuery({ query: CustomerCampaignsDocument });
  const [{ data }] = useQuery({
    query: CustomerWhyDocument,
    variables: { campaignId: campaignId ?? '', customerId: props.customerId },
    pause: campaignId === null,
  });
  const campaign = data?.campaign?.id === campaignId ? data.campaign : undefined;
  return (
    <section aria-labelledby="why-not">
      <Title order={2} id="why-not" mb="xs">
        {t('whyNot.title')}
      </Title>
      <Select
        aria-label={t('whyNot.campaign')}
        placeholder={t('whyNot.choose')}
        searchable
        clearable
        maw="28rem"
        nothingFoundMessage={t('whyNot.none')}
        data={(all?.campaigns.edges ?? []).map(({ node }) => ({ value: node.id, label: node.name }))}
        value={campaignId}
        onChange={setCampaign}
      />
      {campaignId !== null && !campaign && <Skeleton height="3rem" mt="sm" />}
      {campaign?.prospect && <Answer campaign={campaign} prospect={campaign.prospect} />}
    </section>
  );
}

function Answer(props: { campaign: Campaign; prospect: NonNullable<Campaign['prospect']> }) {
  const { t } = useTranslation('customers');
  const { t: words } = useTranslation('campaigns');
  const { reason, remedy } = useReasonWords();
  const { campaign, prospect } = props;
  const { message } = prospect;
  const planned = campaign.status === 'DRAFT' || campaign.status === 'SCHEDULED';
  if (message?.sentAt) {
    return (
      <Text size="sm" mt="sm">
        {t('whyNot.sent')} <Timestamp at={message.sentAt} />
      </Text>
    );
  }
  if (!message && !planned) {
    return (
      <Text size="sm" mt="sm">
        {t('whyNot.notThen')}
      </Text>
    );
  }
  if (!message && prospect.reached) {
    return (
      <Text size="sm" mt="sm">
        {t('whyNot.would')}
      </Text>
    );
  }
  const of = message ?? prospect;
  const named = of.reasonSegment?.name ?? of.reasonCampaign?.name;
  const lines = [
    ...(!message && !prospect.inAudience ? [{ code: 'NOT_IN_AUDIENCE', text: words('preview.notInAudience') }] : []),
    ...(message?.status === 'HELD_OUT' || (!message && prospect.heldOut)
      ? [{ code: 'HELD_OUT', text: t('whyNot.heldOut') }]
      : []),
    ...of.reasons.map((code, place) => ({
      code,
      text: place === 0 && named ? words('messages.named', { reason: reason(code), name: named }) : reason(code),
    })),
  ];
  return (
    <>
      <Text size="sm" mt="sm">
        {message ? words(`message.${message.status}`) : t('whyNot.wouldNot')}
        {' · '}
        <TextLink {...campaignUrl(campaign.id)}>{t('whyNot.open')}</TextLink>
      </Text>
      <List size="sm" mt="xs">
        {lines.map((line) => (
          <List.Item key={line.code}>
            {line.text}
            <Text size="xs" c="dimmed">
              {remedy(line.code)}
            </Text>
          </List.Item>
        ))}
      </List>
    </>
  );
}
