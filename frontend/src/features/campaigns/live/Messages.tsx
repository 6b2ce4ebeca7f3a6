import { CampaignMessagesDocument, type CampaignMessagesQuery, type MessageStatus } from '#gql/campaigns/graphql';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { TextLink } from '#ui/links';
import { ListToolbar } from '#ui/ListToolbar';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Select, Text, Title } from '@mantine/core';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { messageStatuses } from '../urls';
import { useReasonWords } from '#lib/reasons';
import classes from './LivePage.module.css';

type Row = NonNullable<CampaignMessagesQuery['campaign']>['messages']['edges'][number]['node'];

const route = getRouteApi('/shell/campaigns/$campaignId');
const firstPage = 50;
const followMs = 3_000;
/** No filter, as a choice among the others. */
const all = 'ALL';
const connection = (data: CampaignMessagesQuery) => data.campaign?.messages;

/** Everyone in the audience, with what became of the message. */
export function Messages(props: { campaignId: string; figuresAt: string; reasons: readonly string[]; begun: boolean }) {
  const { t } = useTranslation('campaigns');
  const { reason: reasonWords } = useReasonWords();
  const { status, reason } = route.useSearch();
  const reasons = reason && !props.reasons.includes(reason) ? [...props.reasons, reason] : props.reasons;
  const navigate = useNavigate({ from: '/campaigns/$campaignId' });
  const source = usePagedQuery(
    CampaignMessagesDocument,
    { id: props.campaignId, first: firstPage, status: status ?? null, reason: reason ?? null, mall: null },
    connection,
  );
  useFollow(props.figuresAt, source.nodes.length <= firstPage, source.reload);
  const columns = useColumns();
  const set = (part: { status?: MessageStatus | undefined; reason?: string | undefined }) =>
    void navigate({ search: (was) => ({ ...was, ...part }), resetScroll: false });

  return (
    <section className={classes.section} id="messages" aria-labelledby="messages-title">
      <Title order={2} id="messages-title" mb="sm">
        {t('messages.title')}
      </Title>
      <DataList
        label={t('messages.title')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        toolbar={
          <ListToolbar
            filters={
              <>
              <Select
                aria-label={t('messages.status')}
                allowDeselect={false}
                data={[
                  { value: all, label: t('messages.anyStatus') },
                  ...messageStatuses.map((value) => ({ value, label: t(`message.${value}`) })),
                ]}
                value={status ?? all}
                onChange={(value) => set({ status: messageStatuses.find((s) => s === value), reason: undefined })}
              />
              {reasons.length > 0 && (
                <Select
                  aria-label={t('messages.reason')}
                  allowDeselect={false}
                  data={[{ value: all, label: t('messages.anyReason') }, ...reasons.map((value) => ({ value, label: reasonWords(value) }))]}
                  value={reason ?? all}
                  onChange={(value) =>
                    set(value && value !== all ? { status: 'SUPPRESSED', reason: value } : { status: undefined, reason: undefined })
                  }
                />
              )}
              </>
            }
            chips={[]}
          />
        }
        empty={
          <EmptyState title={t(props.begun || status || reason ? 'messages.empty' : 'messages.none')}>
            {!props.begun && t('messages.noneYet')}
          </EmptyState>
        }
      />
    </section>
  );
}

/** Reads the list again, at most every 3 s, once the figures moved; deeper pages are left alone so that nothing jumps. */
function useFollow(figuresAt: string, onFirstPage: boolean, reload: () => void) {
  const now = useRef({ figuresAt, reload });
  const shown = useRef(figuresAt);
  useEffect(() => {
    now.current = { figuresAt, reload };
  }, [figuresAt, reload]);
  useEffect(() => {
    if (!onFirstPage) return;
    const timer = setInterval(() => {
      if (shown.current === now.current.figuresAt) return;
      shown.current = now.current.figuresAt;
      now.current.reload();
    }, followMs);
    return () => clearInterval(timer);
  }, [onFirstPage]);
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('campaigns');
  const when = (at: string | null | undefined) => (at ? <Timestamp at={at} short /> : nothing);
  return [
    {
      key: 'customer',
      header: t('messages.customer'),
      narrow: 'title',
      cell: (row) => (
        <TextLink
          to="/customers/$customerId"
          params={{ customerId: row.customer.id }}
          lineClamp={2}
          title={row.customer.displayName}
          className={classes.customer}
        >
          {row.customer.displayName}
        </TextLink>
      ),
    },
    {
      key: 'status',
      header: t('messages.status'),
      narrow: 'side',
      fit: true,
      cell: (row) => <Badge color={statusColors[row.status]}>{t(`message.${row.status}`)}</Badge>,
    },
    { key: 'reason', header: t('messages.reason'), cell: (row) => (row.reasons.length > 0 ? <Why row={row} /> : nothing) },
    { key: 'mall', header: t('live.destination'), fit: true, cell: (row) => (row.mall ? <MallDot mall={row.mall} /> : nothing) },
    { key: 'sent', header: t('metric.sent'), fit: true, cell: (row) => when(row.sentAt) },
    { key: 'opened', header: t('metric.opened'), fit: true, cell: (row) => when(row.openedAt) },
    { key: 'clicked', header: t('metric.clicked'), fit: true, cell: (row) => when(row.clickedAt) },
    { key: 'converted', header: t('column.converted'), fit: true, cell: (row) => when(row.convertedAt) },
  ];
}

/** Why somebody got nothing: every reason, what it names, and what can be done. */
function Why(props: { row: Row }) {
  const { t } = useTranslation('campaigns');
  const { reason, remedy } = useReasonWords();
  const { row } = props;
  const [first] = row.reasons;
  const remedyText = first && remedy(first);
  return (
    <div className={classes.why}>
      <div>{row.reasons.map(reason).join(t('messages.and'))}</div>
      {(row.reasonSegment || row.reasonCampaign) && (
        <Text size="xs" c="dimmed">
          {t('messages.names', { name: row.reasonSegment?.name ?? row.reasonCampaign?.name })}
        </Text>
      )}
      {remedyText && (
        <Text size="xs" c="dimmed">
          {remedyText}
        </Text>
      )}
    </div>
  );
}

const statusColors: Record<MessageStatus, string> = {
  SUPPRESSED: 'gray',
  HELD_OUT: 'gray',
  QUEUED: 'gray',
  SENDING: 'ai',
  SENT: 'green',
  UNCERTAIN: 'yellow',
  FAILED: 'red',
  BOUNCED: 'red',
  CANCELLED: 'gray',
};
