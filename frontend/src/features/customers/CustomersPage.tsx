import { importsUrl } from '#features/imports/urls';
import {
  CustomerCountDocument,
  type CustomerFilter,
  CustomerListDocument,
  CustomerPropertyDefinitionsDocument,
  type CustomerListQuery,
  CustomerSegmentsDocument,
  CustomerStagesDocument,
  CustomerTagListDocument,
} from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useKeysetPage } from '#lib/useKeysetPage';
import { useScope } from '#lib/viewer';
import { DataList } from '#ui/DataList';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink } from '#ui/links';
import { useColumnChoice } from '#ui/list/columnChoice';
import { SavedViews } from '#ui/list/SavedViews';
import { useSelection } from '#ui/list/selection';
import { malls } from '#ui/malls';
import { PageHeader } from '#ui/PageHeader';
import { type Spoken, spokenOf } from '#ui/spoken';
import { Button } from '@mantine/core';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { BulkActions } from './BulkActions';
import { BrokenRule } from './BrokenRule';
import classes from './customers.module.css';
import { mallColumn, propertyColumn, useCustomerColumns } from './customerColumns';
import { CustomerToolbar } from './CustomerToolbar';
import { ExportButton } from './ExportButton';
import { customerUrl, type CustomersSearch, viewOf } from './urls';
import { useRule } from './useRule';

const route = getRouteApi('/shell/customers');
/** Opened rarely: its code comes when it is. */
const AddCustomer = lazy(() => import('./AddCustomer').then((module) => ({ default: module.AddCustomer })));
const pageSize = 50;
const none: readonly never[] = [];
const connectionOf = (data: CustomerListQuery) => data.customers;
/** Beyond this many the server tells what it reckons with, not what it counted. */
const countedTo = 10_000;

/** Everybody, whatever the mall: to look for, to narrow, to open. */
export function CustomersPage() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const rule = useRule(search.rule);
  /** Other conditions or another order begin at the first page. */
  const change = (next: Partial<CustomersSearch>) =>
    void navigate({ search: (was) => ({ ...viewOf(was), view: was.view, ...next }), replace: true });

  if (rule.broken) return <BrokenRule reason={rule.broken} onRemove={() => change({ rule: undefined })} />;
  return <List search={search} rule={rule.sentence} onChange={change} />;
}

function List(props: {
  search: CustomersSearch;
  /** What the rule in the address says. */
  rule: string | undefined;
  onChange: (next: Partial<CustomersSearch>) => void;
}) {
  const { t } = useTranslation('customers');
  const { search, onChange } = props;
  const navigate = route.useNavigate();
  const [{ data: stages }] = useQuery({ query: CustomerStagesDocument });
  const maySeeSegments = useScope('segments:read');
  const [{ data: segments }] = useQuery({ query: CustomerSegmentsDocument, pause: !maySeeSegments });
  const [{ data: tags }] = useQuery({ query: CustomerTagListDocument });
  const [{ data: properties }] = useQuery({ query: CustomerPropertyDefinitionsDocument });
  const spoken = useSpoken(search, segments?.segments ?? none);
  const choice = useColumnChoice('customers', useCustomerColumns(properties?.properties ?? none, spoken), {
    keys: search.cols,
    onChoose: (keys) => onChange({ cols: keys && [...keys] }),
  });
  const withTags = choice.keys.includes('tags');
  const withProperties = choice.keys.some((key) => key.startsWith(propertyColumn));
  const withMalls = choice.keys.some((key) => key.startsWith(mallColumn));
  const filter = useMemo(() => filterOf(search), [search]);
  const variables = useMemo(
    () => ({
      first: pageSize,
      filter,
      sort: search.sort ?? 'LAST_ORDER',
      direction: search.asc ? ('ASC' as const) : ('DESC' as const),
      withTags,
      withProperties,
      withMalls,
    }),
    [filter, search.sort, search.asc, withTags, withProperties, withMalls],
  );
  const source = useKeysetPage(CustomerListDocument, variables, connectionOf, search, (place) =>
    void navigate({ search: (was) => ({ ...viewOf(was), view: was.view, ...place }) }),
  );
  const total = useTotal(filter);
  const selection = useSelection(JSON.stringify(filter));
  const conditions = viewOf(search);
  const chosen = selection.everything ? { filter } : { ids: [...selection.keys] };
  const file = { sort: variables.sort, direction: variables.direction, columns: choice.keys };

  return (
    <>
      <PageHeader title={t('title')} count={total} actions={<Actions order={(source.fetching || source.nodes.length > 0) && { ...file, filter }} />} />
      {search.add && (
        <Suspense>
          <AddCustomer onClose={() => void navigate({ search: (was) => ({ ...was, add: undefined }), replace: true })} />
        </Suspense>
      )}
      <SavedViews
        list="customers"
        everything={t('everything')}
        search={{ ...conditions }}
        kept={{ ...conditions, cols: choice.keys }}
        open={search.view}
        onOpen={(next, view) => void navigate({ search: { ...(next as CustomersSearch), view } })}
      />
      <DataList
        label={t('title')}
        columns={choice.shown}
        source={source}
        rowKey={(row) => row.id}
        rowLink={(row) => customerUrl(row.id)}
        sort={{ key: variables.sort, descending: !search.asc }}
        onSort={(sort) =>
          onChange({ sort: sort.key as CustomersSearch['sort'], asc: sort.descending ? undefined : true })
        }
        toolbar={
          <CustomerToolbar
            search={search}
            rule={props.rule}
            stages={stages?.stages ?? []}
            segments={segments?.segments ?? []}
            tags={tags?.customerTags ?? []}
            columns={choice}
            onChange={onChange}
          />
        }
        choosing={{
          selection,
          nameOf: (row) => row.displayName,
          total,
          actions: (
            <>
              <BulkActions
                chosen={chosen}
                segments={segments?.segments ?? []}
                open={segments?.segments.find((segment) => segment.fixed && segment.id === search.segment)}
                onDone={() => {
                  selection.clear();
                  source.reload();
                }}
              />
              <ExportButton order={{ ...file, ...chosen }} />
            </>
          ),
        }}
        empty={<Nobody narrowed={isNarrowed(search)} onClear={() => void navigate({ search: {} })} />}
      />
    </>
  );
}

/** What one can do with the list: take it out, and add somebody. */
function Actions(props: { order: Parameters<typeof ExportButton>[0]['order'] | false }) {
  const { t } = useTranslation('customers');
  const mayWrite = useScope('customers:write');
  const navigate = route.useNavigate();
  return (
    <>
      {props.order && <ExportButton order={props.order} />}
      {mayWrite && (
        <Button variant={props.order ? 'filled' : 'default'} leftSection={<IconUserPlus className={classes.icon} aria-hidden />} onClick={() => void navigate({ search: (was) => ({ ...was, add: true }) })}>
          {t('add.open')}
        </Button>
      )}
    </>
  );
}

function Nobody(props: { narrowed: boolean; onClear: () => void }) {
  const { t } = useTranslation('customers');
  const mayImport = useScope('imports:write');
  if (!props.narrowed) {
    return (
      <EmptyState
        icon={IconUsers}
        title={t('empty.title')}
        action={mayImport && <ButtonLink {...importsUrl()}>{t('empty.action')}</ButtonLink>}
      >
        {t('empty.body')}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={IconUsers}
      title={t('none.title')}
      action={
        <Button variant="default" onClick={props.onClear}>
          {t('none.action')}
        </Button>
      }
    >
      {t('none.body')}
    </EmptyState>
  );
}

/** What the conditions speak about: the rule in the address, that of the segment, the malls. */
function useSpoken(search: CustomersSearch, segments: readonly { id: string; rule: unknown }[]): Spoken {
  const segment = segments.find((one) => one.id === search.segment);
  return useMemo(() => {
    const { fields, malls: named } = spokenOf({ all: [search.rule, segment?.rule] });
    return { fields, malls: malls.filter((mall) => named.includes(mall) || search.malls?.includes(mall)) };
  }, [search.rule, search.malls, segment]);
}

/** How many the conditions leave, written out; none while it is not known. */
function useTotal(filter: CustomerFilter): string | undefined {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [{ data, stale }] = useQuery({ query: CustomerCountDocument, variables: { filter } });
  if (!data || stale) return undefined;
  const people = format.people(data.customers.totalCount);
  return data.customers.totalCount > countedTo ? t('about', { people }) : people;
}

const isNarrowed = (search: CustomersSearch): boolean =>
  Object.values({ ...viewOf(search), sort: undefined, asc: undefined, cols: undefined }).some((value) => value !== undefined);

function filterOf(search: CustomersSearch): CustomerFilter {
  return {
    search: search.q,
    malls: search.malls,
    stageIds: search.stages,
    segmentId: search.segment,
    tagIds: search.tags,
    rule: search.rule,
    member: search.members,
    mailConsent: search.mail,
    includeAnonymous: search.anonymous ?? false,
  };
}
