import {
  CandidateCountDocument,
  type CandidateDecision,
  CandidateListDocument,
  type CandidateListQuery,
} from '#gql/candidates/graphql';
import { useFormat } from '#lib/FormatContext';
import { usePagedQuery } from '#lib/usePagedQuery';
import { useScope } from '#lib/viewer';
import { importsUrl } from '#features/imports/urls';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { Button, Group, SegmentedControl, Skeleton } from '@mantine/core';
import { useHotkeys, useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconUsersGroup } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Accept } from './Accept';
import { Bulk } from './Bulk';
import classes from './candidates.module.css';
import { decisions, Pair } from './Pair';
import { PairList } from './PairList';
import { candidatesUrl, piles } from './urls';
import { useDecide } from './useDecide';

/** A pair as the list knows it. */
export type PairRow = CandidateListQuery['candidates']['edges'][number]['node'];

const route = getRouteApi('/shell/candidates');
const pageSize = 50;
const connectionOf = (data: CandidateListQuery) => data.candidates;

/** Pairs of customers who may be one person, for a person to decide, the surest first. */
export function CandidatesPage() {
  const { t } = useTranslation('candidates');
  const format = useFormat();
  const { status = 'OPEN', pair } = route.useSearch();
  const navigate = route.useNavigate();
  const filter = useMemo(() => ({ status }), [status]);
  const variables = useMemo(() => ({ first: pageSize, filter }), [filter]);
  const source = usePagedQuery(CandidateListDocument, variables, connectionOf);
  const [count, recount] = useQuery({ query: CandidateCountDocument, variables: { filter } });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const mayDecide = useScope('customers:write') && status === 'OPEN';

  const rows = source.nodes;
  const at = Math.max(
    0,
    rows.findIndex((row) => row.id === pair),
  );
  const narrow = useMediaQuery('(max-width: 75em)') ?? false;
  // Where the list stands alone, nothing is shown or decided on before it was opened.
  const shown = narrow && pair === undefined ? undefined : rows[at];
  // Where list and pair do not stand side by side, opening a pair is a step that Back undoes.
  const show = (row: PairRow | undefined) =>
    void navigate({
      search: (was) => ({ ...was, pair: row?.id }),
      replace: !narrow || pair !== undefined,
      resetScroll: narrow,
    });
  const { reload } = source;
  const changed = useCallback(() => {
    setChosen([]);
    reload();
    recount({ requestPolicy: 'network-only' });
  }, [reload, recount]);
  const { run, busy } = useDecide(changed);
  const decide = (decision: CandidateDecision) => {
    if (!shown || busy) return;
    show(rows[at + 1] ?? rows[at - 1]);
    void run(decision, [shown.id]);
  };
  const byKey = (decision: CandidateDecision) => {
    const unseen = decision === 'SAME' && (shown?.contradictions.length ?? 0) > 0;
    if (mayDecide && !unseen) decide(decision);
  };
  useHotkeys([
    ...decisions.map(({ decision, key }): [string, () => void] => [key, () => byKey(decision)]),
    ['J', () => show(shown ? rows[Math.min(at + 1, rows.length - 1)] : rows[0])],
    ['K', () => show(rows[Math.max(at - 1, 0)])],
  ]);

  return (
    <>
      <PageHeader
        title={t('title')}
        count={count.data && t('pairs', { count: count.data.candidates.totalCount, shown: format.number(count.data.candidates.totalCount) })}
        description={t('description')}
      />
      <Group justify="space-between" my="md" gap="sm">
        <SegmentedControl
          aria-label={t('pile')}
          value={status}
          data={piles.map((value) => ({ value, label: t(`status.${value}`) }))}
          onChange={(value) => {
            setChosen([]);
            void navigate(candidatesUrl({ status: value === 'OPEN' ? undefined : value }));
          }}
        />
      </Group>
      {status === 'OPEN' && <Accept waiting={rows.length > 0} onChanged={changed} />}
      {chosen.length > 0 && (
        <Bulk
          count={chosen.length}
          busy={busy}
          onDecide={(decision) => void run(decision, chosen)}
          onClear={() => setChosen([])}
        />
      )}
      {source.error && !source.data && <ErrorState error={source.error} retry={source.reload} />}
      {source.fetching && <Skeleton className={classes.pairShape} />}
      {source.data && rows.length === 0 && (
        <EmptyState
          icon={IconUsersGroup}
          title={t(`empty.${status === 'OPEN' ? 'open' : 'decided'}`)}
          action={status === 'OPEN' && <ButtonLink variant="default" {...importsUrl()}>{t('empty.action')}</ButtonLink>}
        >
          {t('empty.body')}
        </EmptyState>
      )}
      {rows.length > 0 && (
        <div className={classes.columns} data-open={pair !== undefined || undefined}>
          <PairList
            rows={rows}
            shown={shown?.id}
            chosen={chosen}
            onChoose={mayDecide ? setChosen : undefined}
            onShow={show}
            more={source.hasMore ? { loading: source.loadingMore, load: source.loadMore } : undefined}
          />
          <div className={classes.opened}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconChevronLeft className={classes.small} aria-hidden />}
              className={classes.toList}
              onClick={() => show(undefined)}
            >
              {t('toList')}
            </Button>
            {shown && <Pair id={shown.id} busy={busy} onDecide={decide} />}
          </div>
        </div>
      )}
    </>
  );
}
