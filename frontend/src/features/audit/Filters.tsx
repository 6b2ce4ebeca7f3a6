import { type AuditActionsQuery, type AuditEntryFieldsFragment, AuditPeopleDocument } from '#gql/audit/graphql';
import { useScope } from '#lib/viewer';
import type { ColumnChoice } from '#ui/list/columnChoice';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { type Chip, ListToolbar } from '#ui/ListToolbar';
import { useCalendar } from '#ui/useCalendar';
import { Select } from '@mantine/core';
import { DatePickerInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './audit.module.css';
import { groupKey } from './filter';
import { type AuditSearch, otherActors } from './urls';

/** By whom, what, on what and when; the address holds it. */
export function Filters(props: {
  search: AuditSearch;
  actions: AuditActionsQuery['auditActions'];
  /** An entry about the object that is narrowed by, for its name. */
  subject: AuditEntryFieldsFragment | undefined;
  columns: ColumnChoice<AuditEntryFieldsFragment>;
  onChange: (next: Partial<AuditSearch>) => void;
}) {
  const { t } = useTranslation('audit');
  const { search, onChange } = props;
  const chips: Chip[] = search.object
    ? [
        {
          key: 'object',
          label: t('filter.object', { name: props.subject?.objectName ?? props.subject?.objectKindLabel ?? t('filter.oneObject') }),
          onRemove: () => onChange({ object: undefined }),
        },
      ]
    : [];
  return (
    <ListToolbar
      filters={
        <>
          <People search={search} onChange={onChange} />
          <What search={search} actions={props.actions} onChange={onChange} />
          <Period search={search} onChange={onChange} />
        </>
      }
      end={<ColumnMenu choice={props.columns} />}
      chips={chips}
    />
  );
}

/** Days, both included. The address follows once both are chosen. */
function Period(props: { search: AuditSearch; onChange: (next: Partial<AuditSearch>) => void }) {
  const { t } = useTranslation('audit');
  const calendar = useCalendar();
  const { from, to } = props.search;
  const [begun, setBegun] = useState<string>();
  return (
    <DatePickerInput
      type="range"
      className={classes.period}
      placeholder={t('filter.anyTime')}
      {...calendar}
      allowSingleDateInRange
      clearable
      value={begun ? [begun, null] : [from ?? null, to ?? null]}
      onChange={([first, last]) => {
        setBegun(first && !last ? first : undefined);
        if (!first || last) props.onChange({ from: first ?? undefined, to: last ?? undefined });
      }}
    />
  );
}

/** Staff, whoever it was. */
const anyStaff = 'STAFF' as const;

function People(props: { search: AuditSearch; onChange: (next: Partial<AuditSearch>) => void }) {
  const { t } = useTranslation('audit');
  const [{ data }] = useQuery({ query: AuditPeopleDocument, pause: !useScope('staff:read') });
  const { actor, by } = props.search;
  return (
    <Select
      className={classes.select}
      aria-label={t('filter.actor')}
      placeholder={t('filter.anybody')}
      searchable
      clearable
      value={actor ?? by ?? null}
      data={[
        {
          group: t('filter.staff'),
          items: [{ value: anyStaff, label: t('filter.anyStaff') }, ...(data?.staffMembers ?? []).map((each) => ({ value: each.id, label: each.name }))],
        },
        { group: t('filter.others'), items: otherActors.map((each) => ({ value: each, label: t(`actor.${each}`) })) },
      ]}
      onChange={(value) => {
        const other = [anyStaff, ...otherActors].find((each) => each === value);
        props.onChange({ by: other, actor: other ? undefined : (value ?? undefined) });
      }}
    />
  );
}

function What(props: {
  search: AuditSearch;
  actions: AuditActionsQuery['auditActions'];
  onChange: (next: Partial<AuditSearch>) => void;
}) {
  const { t } = useTranslation('audit');
  const groups = [...new Set(props.actions.map((each) => each.group))];
  return (
    <Select
      className={classes.select}
      aria-label={t('filter.what')}
      placeholder={t('filter.anything')}
      searchable
      clearable
      maxDropdownHeight={360}
      value={props.search.what ?? null}
      data={groups.map((group) => ({
        group,
        items: [
          { value: groupKey(props.actions, group), label: t('filter.whole', { group }) },
          ...props.actions.filter((each) => each.group === group).map((each) => ({ value: each.action, label: each.label })),
        ],
      }))}
      onChange={(value) => props.onChange({ what: value ?? undefined })}
    />
  );
}
