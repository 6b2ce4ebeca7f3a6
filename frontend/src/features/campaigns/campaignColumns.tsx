import type { CampaignListQuery } from '#gql/campaigns/graphql';
import type { Format } from '#lib/format';
import { useFormat } from '#lib/FormatContext';
import { useReasonWords } from '#lib/reasons';
import { CampaignBadge } from '#ui/CampaignBadge';
import { type Column, nothing } from '#ui/DataList';
import { MallDot } from '#ui/MallDot';
import { Timestamp } from '#ui/Timestamp';
import { Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './CampaignTable.module.css';
import { rate, writeSales } from './figures';
import { usePauseWords } from './usePauseWords';

type Row = CampaignListQuery['campaigns']['edges'][number]['node'];
type Counted = 'audience' | 'sent' | 'converted' | 'unsubscribed';

/** Every column the list of campaigns can show; those that are extra wait to be chosen. */
export function useCampaignColumns(): readonly Column<Row>[] {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  return useMemo((): Column<Row>[] => {
    const ofSent = (row: Row, write: () => string) => (row.figures.sent > 0 ? write() : nothing);
    const count = (key: Counted, part: Partial<Column<Row>> = {}): Column<Row> => ({
      key,
      header: t(`column.${key}`),
      align: 'right',
      cell: (row) => ofSent(row, () => format.number(row.figures[key])),
      ...part,
    });
    const share = (key: 'opened' | 'clicked', part: Partial<Column<Row>> = {}): Column<Row> => ({
      key,
      header: t(`column.${key}`),
      align: 'right',
      cell: (row) => ofSent(row, () => format.share(rate(row.figures[key], row.figures.delivered))),
      ...part,
    });
    const moment = (key: 'createdAt' | 'updatedAt', sort: string): Column<Row> => ({
      key,
      header: t(`column.${key}`),
      fit: true,
      sort,
      extra: true,
      cell: (row) => <Timestamp at={row[key]} />,
    });
    return [
      { key: 'name', header: t('column.name'), narrow: 'title', sort: 'NAME', cell: (row) => <Name row={row} /> },
      { key: 'status', header: t('column.status'), fit: true, narrow: 'side', cell: (row) => <Standing row={row} /> },
      { key: 'when', header: t('column.when'), fit: true, narrow: 'mark', sort: 'WHEN', cell: (row) => <When row={row} /> },
      { key: 'segment', header: t('column.segment'), roomy: true, cell: (row) => row.segment?.name ?? nothing },
      { key: 'malls', header: t('column.malls'), extra: true, narrow: 'mark', cell: (row) => <Malls row={row} /> },
      count('audience', { extra: true }),
      count('sent'),
      share('opened', { roomy: true }),
      share('clicked'),
      count('converted', { extra: true }),
      {
        key: 'sales',
        header: t('column.sales'),
        align: 'right',
        cell: (row) => ofSent(row, () => writeSales(row.figures.sales, format)),
      },
      count('unsubscribed', { extra: true }),
      moment('createdAt', 'CREATED'),
      moment('updatedAt', 'UPDATED'),
    ];
  }, [t, format]);
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
    <div className={classes.standing}>
      <CampaignBadge status={row.status} figures={row.figures} />
      {because.length > 0 && (
        <span className={classes.trouble}>
          <IconAlertTriangle size="1rem" aria-hidden />
          {t(missed, { reasons: because.map(reason).join(t('messages.and')) })}
        </span>
      )}
    </div>
  );
}

/** What it is called and, while it is paused, who paused it and why: that takes the widest column. */
function Name(props: { row: Row }) {
  const { row } = props;
  const writePause = usePauseWords();
  const pause = row.pause && writePause(row.pause);
  return (
    <>
      <span className={classes.name} title={row.name}>
        {row.name}
      </span>
      {row.theme && (
        <Text size="xs" c="dimmed" component="span" className={classes.theme} title={row.theme}>
          {row.theme}
        </Text>
      )}
      {pause && (
        <span className={classes.pause} title={pause}>
          {pause}
        </span>
      )}
    </>
  );
}

function Malls(props: { row: Row }) {
  const { t } = useTranslation('ui');
  const { variants } = props.row;
  if (variants.length === 0) return nothing;
  return (
    <Group gap="0.125rem 0.75rem" component="span">
      {variants.map(({ id, mall }) => (
        <MallDot key={id} mall={mall} label={t(`mallShort.${mall}`)} />
      ))}
    </Group>
  );
}

/** When it was sent, goes out, or is planned for. */
function When(props: { row: Row }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { row } = props;
  if (row.sentAt) return <Timestamp at={row.sentAt} />;
  if (row.scheduledAt) return t('when.scheduledFor', { time: format.dateTime(row.scheduledAt) });
  if (row.startsOn) return <span className={classes.when}>{t('when.planned', { days: writePeriod(row.startsOn, row.endsOn, format) })}</span>;
  return t('when.none');
}

const writePeriod = (from: string, to: string | null | undefined, format: Format): string =>
  to && to !== from ? `${format.date(from)} – ${format.date(to)}` : format.date(from);
