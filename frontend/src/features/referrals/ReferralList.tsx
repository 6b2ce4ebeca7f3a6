import { customerUrl } from '#features/customers/urls';
import { ReferralApproveDocument, ReferralListDocument, type ReferralListQuery, ReferralRefuseDocument } from '#gql/referrals/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { type Column, DataList, nothing } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { FormDialog } from '#ui/FormDialog';
import { FormErrors } from '#ui/FormErrors';
import { ListToolbar } from '#ui/ListToolbar';
import { TextLink } from '#ui/links';
import { Timestamp } from '#ui/Timestamp';
import { toastDone } from '#ui/toast';
import { useFieldErrors } from '#ui/userErrors';
import { useSubmit } from '#ui/useSubmit';
import { Badge, Button, Group, MultiSelect, Stack, Text, Textarea } from '@mantine/core';
import { IconUserHeart } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import classes from './referrals.module.css';
import { type Status, statuses } from './urls';

const route = getRouteApi('/shell/referrals');
const connectionOf = (data: ReferralListQuery) => data.referrals;

type Row = ReferralListQuery['referrals']['edges'][number]['node'];
interface Decision {
  row: Row;
  to: 'approve' | 'refuse';
}

const colors: Record<Status, string> = {
  FLAGGED: 'yellow', WAITING: 'gray', QUALIFIED: 'blue', REWARDED: 'green', TAKEN_BACK: 'orange', REFUSED: 'red', LAPSED: 'gray', VOID: 'gray',
};

/** The referrals, the newest first; those that look odd are approved or refused here. */
export function ReferralList(props: { onDecided: () => void }) {
  const { t } = useTranslation('referrals');
  const { statuses: chosen } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useScope('points:write');
  const variables = useMemo(() => ({ first: 50, statuses: chosen }), [chosen]);
  const source = usePagedQuery(ReferralListDocument, variables, connectionOf);
  const [deciding, setDeciding] = useState<Decision>();
  const columns = useColumns(mayWrite ? setDeciding : undefined);
  const narrow = (next: Status[] | undefined) => void navigate({ search: (was) => ({ ...was, statuses: next }) });
  return (
    <>
      <ListToolbar
        filters={
          <MultiSelect
            className={classes.select}
            aria-label={t('list.status')}
            placeholder={chosen ? undefined : t('list.anyStatus')}
            data={statuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
            value={chosen ?? []}
            clearable
            clearButtonProps={{ 'aria-label': t('list.clear') }}
            onChange={(next) => narrow(next.length > 0 ? statuses.filter((status) => next.includes(status)) : undefined)}
          />
        }
      />
      <DataList
        label={t('list.title')}
        columns={columns}
        source={source}
        rowKey={(row) => row.id}
        empty={
          <EmptyState icon={IconUserHeart} title={t(chosen ? 'list.noneSuch' : 'list.none')}>
            {t(chosen ? 'list.noneSuchBody' : 'list.noneBody')}
          </EmptyState>
        }
      />
      {deciding && (
        <Decide
          decision={deciding}
          onClose={() => setDeciding(undefined)}
          onDone={() => {
            toastDone(t(`decide.${deciding.to}.done`));
            setDeciding(undefined);
            source.reload();
            props.onDecided();
          }}
        />
      )}
    </>
  );
}

function useColumns(decide: ((decision: Decision) => void) | undefined): Column<Row>[] {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const person = (who: Row['friend']) =>
    who ? (
      <TextLink {...customerUrl(who.id)} lineClamp={2} title={who.displayName}>
        {who.displayName}
      </TextLink>
    ) : (
      nothing
    );
  return [
    { key: 'at', header: t('list.at'), fit: true, narrow: 'mark', cell: (row) => <Timestamp at={row.referredAt} short /> },
    { key: 'friend', header: t('list.friend'), narrow: 'title', cell: (row) => person(row.friend) },
    { key: 'referrer', header: t('list.referrer'), narrow: 'line', cell: (row) => person(row.referrer) },
    { key: 'status', header: t('list.status'), fit: true, narrow: 'side', cell: (row) => <Badge color={colors[row.status]}>{t(`status.${row.status}`)}</Badge> },
    {
      key: 'why',
      header: t('list.why'),
      narrow: 'wide',
      cell: (row) => {
        const facts = standing(row);
        return facts.length === 0 ? (
          nothing
        ) : (
          <div className={classes.why}>
            {facts.map((fact) => (
              <Text key={fact} size="sm">
                {fact}
              </Text>
            ))}
          </div>
        );
      },
    },
    {
      key: 'points',
      header: t('list.points'),
      align: 'right',
      fit: true,
      narrow: 'line',
      cell: (row) => (row.status === 'REWARDED' ? format.points(row.referrerPoints + row.friendPoints) : nothing),
    },
    {
      key: 'act',
      header: t('list.act'),
      fit: true,
      narrow: 'foot',
      cell: (row) =>
        decide && row.status === 'FLAGGED' ? (
          <Group gap="xs" wrap="nowrap">
            <Button size="compact-sm" variant="default" onClick={() => decide({ row, to: 'approve' })}>
              {t('decide.approve.act')}
            </Button>
            <Button size="compact-sm" variant="subtle" color="red" onClick={() => decide({ row, to: 'refuse' })}>
              {t('decide.refuse.act')}
            </Button>
          </Group>
        ) : (
          nothing
        ),
    },
  ];

  /** Why a referral stands where it does, a line each. */
  function standing(row: Row): string[] {
    const flags = row.status === 'REWARDED' || row.status === 'TAKEN_BACK' ? [] : row.flags.map((flag) => t(`flag.${flag}`));
    const note = row.decisionNote && t('list.note', { note: row.decisionNote, name: row.decidedBy?.name ?? '' });
    const next =
      row.status === 'WAITING'
        ? t('list.orderBy', { date: format.lastDay(row.orderBy) })
        : row.status === 'QUALIFIED'
          ? row.dueAt
            ? t('list.due', { date: format.date(row.dueAt) })
            : t('list.notShipped')
          : row.status === 'REWARDED' && row.rewardedAt
            ? t('list.rewarded', { date: format.date(row.rewardedAt) })
            : row.reason
              ? t(`reason.${row.reason}`)
              : '';
    return [...flags, ...takenBack(row), next, note].filter(Boolean);
  }

  /** When points that were given were taken back, and when they are given again. */
  function takenBack(row: Row): string[] {
    if (row.status !== 'TAKEN_BACK') return [];
    return [t('list.takenBack', { date: format.date(row.changedAt) }), row.dueAt ? t('list.dueAgain', { date: format.date(row.dueAt) }) : ''];
  }
}

function Decide(props: { decision: Decision; onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation('referrals');
  const { row, to } = props.decision;
  const [note, setNote] = useState('');
  const { run, errors, busy } = useSubmit();
  const errorAt = useFieldErrors(errors, 'referrals');
  const [, approve] = useMutation(ReferralApproveDocument);
  const [, refuse] = useMutation(ReferralRefuseDocument);
  const names = { friend: row.friend?.displayName ?? '', referrer: row.referrer?.displayName ?? '' };
  const submit = async () => {
    const input = { id: row.id, note };
    const done =
      to === 'approve'
        ? await run(approve({ input }), (data) => data.approveReferral.userErrors)
        : await run(refuse({ input }), (data) => data.refuseReferral.userErrors);
    if (done) props.onDone();
  };
  return (
    <FormDialog title={t(`decide.${to}.title`, names)} submit={t(`decide.${to}.act`)} danger={to === 'refuse'} busy={busy} onClose={props.onClose} onSubmit={submit}>
      <Stack gap="md">
        <FormErrors form="referral" errors={errors} namespace="referrals" />
        <Text size="sm">{t(`decide.${to}.body`, names)}</Text>
        <ul>
          {row.flags.map((flag) => (
            <li key={flag}>{t(`flag.${flag}`)}</li>
          ))}
        </ul>
        <Textarea
          id="referral-note"
          label={t(`decide.${to}.note`)}
          description={t('decide.noteHelp')}
          required={to === 'refuse'}
          maxLength={500}
          autosize
          minRows={2}
          value={note}
          error={errorAt('note')}
          onChange={(event) => setNote(event.currentTarget.value)}
          data-autofocus
        />
      </Stack>
    </FormDialog>
  );
}
