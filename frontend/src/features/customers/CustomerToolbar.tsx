import { newSegmentUrl } from '#features/segments/urls';
import { orNone } from '#lib/search';
import { useScope } from '#lib/viewer';
import { chipsOf } from '#ui/list/chipsOf';
import type { ColumnChoice } from '#ui/list/columnChoice';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { ButtonLink } from '#ui/links';
import { FilterMenu } from '#ui/FilterMenu';
import { type Chip, ListToolbar } from '#ui/ListToolbar';
import { MallDot } from '#ui/MallDot';
import { malls } from '#ui/malls';
import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './customers.module.css';
import type { CustomersSearch } from './urls';

interface Named {
  id: string;
  name: string;
}

const facts = ['members', 'mail', 'anonymous'] as const;

/** What the customer list is narrowed by: words, malls, stages, a segment, and plain facts. */
export function CustomerToolbar<Row>(props: {
  search: CustomersSearch;
  /** What the rule in the address says. */
  rule: string | undefined;
  stages: readonly Named[];
  segments: readonly Named[];
  tags: readonly Named[];
  columns: ColumnChoice<Row>;
  onChange: (next: Partial<CustomersSearch>) => void;
}) {
  const { t } = useTranslation('customers');
  const { search, onChange } = props;
  return (
    <ListToolbar
      search={{ value: search.q ?? '', placeholder: t('search'), onChange: (q) => onChange({ q: q || undefined }) }}
      filters={
        <>
          <FilterMenu
            label={t('filter.malls')}
            options={malls.map((mall) => ({ value: mall, label: <MallDot mall={mall} /> }))}
            value={search.malls ?? []}
            onChange={(chosen) => onChange({ malls: orNone(chosen) })}
          />
          <FilterMenu
            label={t('filter.stages')}
            options={props.stages.map((stage) => ({ value: stage.id, label: stage.name }))}
            value={search.stages ?? []}
            onChange={(chosen) => onChange({ stages: orNone(chosen) })}
          />
          {props.tags.length > 0 && (
            <FilterMenu
              label={t('filter.tags')}
              options={props.tags.map((tag) => ({ value: tag.id, label: tag.name }))}
              value={search.tags ?? []}
              onChange={(chosen) => onChange({ tags: orNone(chosen) })}
            />
          )}
          <FilterMenu
            label={t('filter.more')}
            options={facts.map((fact) => ({ value: fact, label: t(`filter.${fact}`) }))}
            value={facts.filter((fact) => search[fact])}
            onChange={(chosen) =>
              onChange(Object.fromEntries(facts.map((fact) => [fact, chosen.includes(fact) || undefined])))
            }
          />
          {props.segments.length > 0 && (
            <Select
              className={classes.segmentFilter}
              aria-label={t('filter.segment')}
              placeholder={t('filter.segment')}
              data={props.segments.map((segment) => ({ value: segment.id, label: segment.name }))}
              value={search.segment ?? null}
              onChange={(segment) => onChange({ segment: segment ?? undefined })}
              searchable
            />
          )}
        </>
      }
      end={<ColumnMenu choice={props.columns} />}
      chips={useChips(props)}
      onClear={() =>
        onChange({
          q: undefined,
          malls: undefined,
          stages: undefined,
          segment: undefined,
          tags: undefined,
          rule: undefined,
          members: undefined,
          mail: undefined,
          anonymous: undefined,
        })
      }
    />
  );
}

function useChips(props: Omit<Parameters<typeof CustomerToolbar>[0], 'columns'>): Chip[] {
  const { t } = useTranslation('customers');
  const { t: tUi } = useTranslation('ui');
  const { search, onChange } = props;
  const nameOf = (list: readonly Named[], id: string) => list.find((one) => one.id === id)?.name ?? '…';
  return [
    ...chipsOf(search.malls, (mall) => tUi(`mall.${mall}`), (chosen) => onChange({ malls: chosen })),
    ...chipsOf(search.stages, (stage) => nameOf(props.stages, stage), (stages) => onChange({ stages })),
    ...chipsOf(search.tags, (tag) => t('filter.tagged', { name: nameOf(props.tags, tag) }), (tags) => onChange({ tags })),
    ...(search.segment
      ? [
          {
            key: 'segment',
            label: t('filter.inSegment', { name: nameOf(props.segments, search.segment) }),
            onRemove: () => onChange({ segment: undefined }),
          },
        ]
      : []),
    ...(search.rule !== undefined && props.rule !== undefined
      ? [
          {
            key: 'rule',
            label: props.rule,
            action: <RuleToSegment rule={search.rule} />,
            onRemove: () => onChange({ rule: undefined }),
          },
        ]
      : []),
    ...facts
      .filter((fact) => search[fact])
      .map((fact) => ({ key: fact, label: t(`filter.${fact}`), onRemove: () => onChange({ [fact]: undefined }) })),
  ];
}

/** The way from people one looks at to a segment of them. */
function RuleToSegment(props: { rule: unknown }) {
  const { t } = useTranslation('customers');
  const mayWrite = useScope('segments:write');
  if (!mayWrite) return null;
  return (
    <ButtonLink variant="subtle" size="compact-sm" {...newSegmentUrl(props.rule)}>
      {t('rule.toSegment')}
    </ButtonLink>
  );
}
