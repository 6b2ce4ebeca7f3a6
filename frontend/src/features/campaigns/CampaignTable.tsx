import { CampaignListDocument, type CampaignListQuery } from '#gql/campaigns/graphql';
import type { Format } from '#lib/format';
import { useFormat } from '#lib/FormatContext';
import { useReasonWords } from '#lib/reasons';
import { usePagedQuery } from '#lib/usePagedQuery';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { FilterMenu } from '#ui/FilterMenu';
import { ListToolbar } from '#ui/ListToolbar';
import { Timestamp } from '#ui/Timestamp';
import { Button, Text } from '@mantine/core';
import { IconAlertTriangle, IconSearch, IconSpeakerphone } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './CampaignTable.module.css';
import { CampaignStatusBadge } from './CampaignStatusBadge';
import { rate, writeSales } from './figures';
import { campaignStatuses, campaignUrl } from './urls';

type Row = CampaignListQuery['campaigns']['edges'][number]['node'];

const route = getRouteApi('/shell/campaigns');
const connection = (data: CampaignListQuery) => data.campaigns;

/** Every campaign, newest first: where it stands, for when, to whom, and what it brought. */
export function CampaignTable(props: { add: ReactNode }) {
  const { t } = useTranslation('campaigns');
  const { q = '', status = [] } = route.useSearch();
  const navigate = useNavigate({ from: '/campaigns' });
  const source = usePagedQuery(CampaignListDocument, { first: 50, search: q, status: status.length > 0 ? status : null }, connection);
  const columns = useColumns();
  const narrowed = q !== '' || status.length > 0;
  const set = (part: { q?: string; status?: Row['status'][] }) =>
    void navigate({ search: (was) => ({ ...was, ...part }), replace: true });
  const clear = () => set({ q: undefined, status: undefined });
  return (
    <DataList
      label={t('title')}
      columns={columns}
      source={source}
      rowKey={(row) => row.id}
      rowLink={(row) => campaignUrl(row.id)}
      toolbar={
        <ListToolbar
          search={{ value: q, placeholder: t('filter.search'), onChange: (value) => set({ q: value || undefined }) }}
          filters={
            <FilterMenu
              label={t('column.status')}
              options={campaignStatuses.map((value) => ({ value, label: t(`status.${value}`) }))}
              value={status}
              onChange={(value) => set({ status: value.length > 0 ? value : undefined })}
            />
          }
          chips={status.map((value) => ({
            key: value,
            label: t(`status.${value}`),
            onRemove: () => set({ status: status.length > 1 ? status.filter((one) => one !== value) : undefined }),
          }))}
          onClear={clear}
        />
      }
      empty={
        narrowed ? (
          <EmptyState
            icon={IconSearch}
            title={t('filter.nothing')}
            action={
              <Button variant="default" onClick={clear}>
                {t('filter.clear')}
              </Button>
            }
          />
        ) : (
          <EmptyState icon={IconSpeakerphone} title={t('empty.title')} action={props.add}>
            {t('empty.body')}
          </EmptyState>
        )
      }
    />
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const ofSent = (row: Row, write: () => string) => (row.figures.sent > 0 ? write() : nothing);
  return [
    { key: 'name', header: t('column.name'), narrow: 'title', cell: (row) => <Name row={row} /> },
    {
      key: 'status',
      header: t('column.status'),
      fit: true,
      narrow: 'side',
      cell: (row) => <Standing row={row} />,
    },
    { key: 'when', header: t('column.when'), fit: true, cell: (row) => <When row={row} /> },
    { key: 'segment', header: t('column.segment'), cell: (row) => row.segment?.name ?? nothing },
    {
      key: 'sent',
      header: t('column.sent'),
      align: 'right',
      cell: (row) => ofSent(row, () => format.number(row.figures.sent)),
    },
    {
      key: 'opened',
      header: t('column.opened'),
      align: 'right',
      cell: (row) => ofSent(row, () => format.share(rate(row.figures.opened, row.figures.delivered))),
    },
    {
      key: 'clicked',
      header: t('column.clicked'),
      align: 'right',
      cell: (row) => ofSent(row, () => format.share(rate(row.figures.clicked, row.figures.delivered))),
    },
    {
      key: 'sales',
      header: t('column.sales'),
      align: 'right',
      cell: (row) => ofSent(row, () => writeSales(row.figures.sales, format)),
    },
  ];
}

/** Where it stands and, where a schedule was or will be missed, why. */
function Standing(props: { row: Row }) {
  const { t } = useTranslation('campaigns');
  const { reason } = useReasonWords();
  const { row } = props;
  const [missed, because] = row.missedSchedule
    ? ['scheduled.missedShort' as const, row.missedSchedule.because]
    : ['scheduled.blockedShort' as const, row.blockedBy];
  return (
    <>
      <CampaignStatusBadge status={row.status} />
      {because.length > 0 && (
        <span className={classes.trouble}>
          <IconAlertTriangle size="1rem" aria-hidden />
          {t(missed, { reasons: because.map(reason).join(t('messages.and')) })}
        </span>
      )}
    </>
  );
}

function Name(props: { row: Row }) {
  const { row } = props;
  return (
    <>
      {row.name}
      {row.theme && (
        <Text size="xs" c="dimmed" component="span" className={classes.theme}>
          {row.theme}
        </Text>
      )}
    </>
  );
}

/** When it was sent, goes out, or is planned for. */
function When(props: { row: Row }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { row } = props;
  if (row.sentAt) return <Timestamp at={row.sentAt} />;
  if (row.scheduledAt) return t('when.scheduledFor', { time: format.dateTime(row.scheduledAt) });
  if (row.startsOn) return t('when.planned', { days: writePeriod(row.startsOn, row.endsOn, format) });
  return nothing;
}

const writePeriod = (from: string, to: string | null | undefined, format: Format): string =>
  to && to !== from ? `${format.date(from)} – ${format.date(to)}` : format.date(from);
