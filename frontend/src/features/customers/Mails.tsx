import { campaignUrl } from '#features/campaigns/urls';
import { CustomerChannelsDocument, CustomerMailsDocument, type CustomerMailsQuery } from '#gql/customers/graphql';
import { useReasonWords } from '#lib/reasons';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { TextLink } from '#ui/links';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { WhyNot } from './WhyNot';

type Mail = NonNullable<CustomerMailsQuery['customer']>['messages']['edges'][number]['node'];

const pageSize = 20;
const connectionOf = (data: CustomerMailsQuery) => data.customer?.messages;

/** What reaches a customer: which channels are open, what campaigns brought, and why one did not come. */
export function Mails(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const mayRead = useScope('campaigns:read');
  const variables = useMemo(() => ({ id: props.customerId, first: pageSize }), [props.customerId]);
  const source = usePagedQuery(CustomerMailsDocument, variables, connectionOf);
  const columns = useColumns();
  return (
    <Stack gap="xl">
      <Channels customerId={props.customerId} />
      {mayRead && <WhyNot customerId={props.customerId} />}
      <section aria-labelledby="mails">
        <Title order={2} id="mails" mb="xs">
          {t('mails.title')}
        </Title>
        <DataList
          label={t('mails.title')}
          columns={columns}
          source={source}
          rowKey={(mail) => mail.id}
          empty={
            <EmptyState icon={IconMail} title={t('mails.empty')}>
              {t('mails.emptyBody')}
            </EmptyState>
          }
        />
      </section>
    </Stack>
  );
}

/** Which channels are open for advertising now, and what closes the others. */
function Channels(props: { customerId: string }) {
  const { t } = useTranslation('customers');
  const { reason, remedy } = useReasonWords();
  const [{ data }] = useQuery({ query: CustomerChannelsDocument, variables: { id: props.customerId } });
  const channels = data?.customer?.channels;
  return (
    <section aria-labelledby="channels">
      <Title order={2} id="channels" mb="xs">
        {t('mails.channels')}
      </Title>
      {!channels && <Skeleton height="3rem" />}
      {channels?.map((state) => (
        <div key={state.channel}>
          <Group gap="xs">
            <Text fw={500}>{t(`channel.${state.channel}`)}</Text>
            <Badge color={state.open ? 'green' : 'gray'}>{t(state.open ? 'mails.open' : 'mails.closed')}</Badge>
            {state.originShop && (
              <Text size="sm" c="dimmed" component="span">
                {t('mails.origin')} <MallDot mall={state.originShop.mall} label={state.originShop.name} />
              </Text>
            )}
          </Group>
          {state.reasons.map((code) => (
            <Text key={code} size="sm" mt="xs">
              {reason(code)}
              {remedy(code) && (
                <Text span size="xs" c="dimmed" display="block">
                  {remedy(code)}
                </Text>
              )}
            </Text>
          ))}
        </div>
      ))}
    </section>
  );
}

function useColumns(): Column<Mail>[] {
  const { t } = useTranslation('customers');
  const { t: words } = useTranslation('campaigns');
  const when = (at: string | null | undefined) => (at ? <Timestamp at={at} short /> : nothing);
  return [
    {
      key: 'campaign',
      header: t('mails.campaign'),
      narrow: 'title',
      cell: (mail) => (
        <>
          {mail.campaign ? <TextLink {...campaignUrl(mail.campaign.id)}>{mail.campaign.name}</TextLink> : nothing}
          {mail.reasons.length > 0 && (
            <Text size="xs" c="dimmed">
              <Reasons mail={mail} />
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'status',
      header: t('mails.result'),
      fit: true,
      narrow: 'side',
      cell: (mail) => <Badge color={mail.sentAt ? 'green' : 'gray'}>{words(`message.${mail.status}`)}</Badge>,
    },
    { key: 'sent', header: words('metric.sent'), fit: true, narrow: 'line', cell: (mail) => when(mail.sentAt) },
    { key: 'opened', header: words('metric.opened'), fit: true, narrow: 'line', cell: (mail) => when(mail.openedAt) },
    { key: 'clicked', header: words('metric.clicked'), fit: true, narrow: 'line', cell: (mail) => when(mail.clickedAt) },
  ];
}

function Reasons(props: { mail: Mail }) {
  const { t: words } = useTranslation('campaigns');
  const { reason } = useReasonWords();
  const { mail } = props;
  const named = mail.reasonSegment?.name ?? mail.reasonCampaign?.name;
  return mail.reasons
    .map((code, place) => (place === 0 && named ? words('messages.named', { reason: reason(code), name: named }) : reason(code)))
    .join(words('messages.and'));
}
