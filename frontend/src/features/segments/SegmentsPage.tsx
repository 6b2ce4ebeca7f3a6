import { newCampaignForUrl } from '#features/campaigns/urls';
import { SegmentListDocument, type SegmentListQuery } from '#gql/segments/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { type Column, DataList, whole } from '#ui/DataList';
import { useColumnChoice } from '#ui/list/columnChoice';
import { ColumnMenu } from '#ui/list/ColumnMenu';
import { ListToolbar } from '#ui/ListToolbar';
import { EmptyState } from '#ui/EmptyState';
import { ButtonLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { Timestamp } from '#ui/Timestamp';
import { Badge, Switch, Text } from '@mantine/core';
import { IconFilter, IconPlus } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './segments.module.css';
import { newSegmentUrl, segmentUrl } from './urls';

type Segment = SegmentListQuery['segments'][number];

const route = getRouteApi('/shell/segments');

/** All named rules over customers: what each means, and how many it names. */
export function SegmentsPage() {
  const { t, i18n } = useTranslation('segments');
  const { archived, q } = route.useSearch();
  const navigate = route.useNavigate();
  const mayWrite = useScope('segments:write');
  const [{ data, error, fetching }, reload] = useQuery({
    query: SegmentListDocument,
    variables: { locale: i18n.language, includeArchived: archived ?? false },
  });
  const columns = useColumns();
  const choice = useColumnChoice('segments', columns);
  const found = (data?.segments ?? []).filter((segment) => !q || matches(segment, q));
  const create = mayWrite && (
    <ButtonLink {...newSegmentUrl()} leftSection={<IconPlus className={classes.icon} aria-hidden />}>
      {t('create')}
    </ButtonLink>
  );

  return (
    <>
      <PageHeader
        title={t('title')}
        count={data && t('count', { count: data.segments.length })}
        description={t('description')}
        actions={(found.length > 0 || !data || q || archived) && create}
      />
      <DataList
        label={t('title')}
        columns={choice.shown}
        source={whole(data && found, { fetching, error }, () => reload({ requestPolicy: 'network-only' }))}
        rowKey={(segment) => segment.id}
        rowLink={(segment) => segmentUrl(segment.id)}
        toolbar={
          <ListToolbar
            search={{
              value: q ?? '',
              placeholder: t('search'),
              onChange: (next) => void navigate({ search: (was) => ({ ...was, q: next || undefined }), replace: true }),
            }}
            filters={
              <Switch
                label={t('showArchived')}
                checked={archived ?? false}
                onChange={(event) => {
                  const shown = event.currentTarget.checked || undefined;
                  void navigate({ search: (was) => ({ ...was, archived: shown }), replace: true });
                }}
              />
            }
            end={<ColumnMenu choice={choice} />}
          />
        }
        empty={
          q ? (
            <EmptyState icon={IconFilter} title={t('none.title')}>
              {t('none.body')}
            </EmptyState>
          ) : (
          <EmptyState icon={IconFilter} title={t('empty.title')} action={create || undefined}>
            {t('empty.body')}
          </EmptyState>
          )
        }
      />
    </>
  );
}

const matches = (segment: Segment, words: string): boolean =>
  `${segment.name}\n${segment.sentence}`.toLowerCase().includes(words.trim().toLowerCase());

function useColumns(): Column<Segment>[] {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const maySend = useScope('campaigns:write');
  return useMemo(
    () => [
      {
        key: 'name',
        header: t('column.name'),
        narrow: 'title',
        cell: (segment) => (
          <>
            {segment.name} {segment.fixed && <Badge>{t('fixed.badge')}</Badge>}{' '}
            {segment.archivedAt && <Badge color="gray">{t('archived')}</Badge>}
          </>
        ),
      },
      {
        key: 'sentence',
        header: t('column.sentence'),
        narrow: 'wide',
        cell: (segment) => (
          <Text size="sm" c="dimmed" className={classes.sentence} title={segment.fixed ? undefined : segment.sentence}>
            {segment.fixed ? t('fixed.sentence') : segment.sentence}
          </Text>
        ),
      },
      {
        key: 'count',
        header: t('column.count'),
        align: 'right',
        narrow: 'side',
        cell: (segment) => (segment.memberCount === null ? '–' : format.people(segment.memberCount)),
      },
      {
        key: 'computed',
        header: t('column.computed'),
        align: 'right',
        cell: (segment) => (segment.computedAt ? <Timestamp at={segment.computedAt} relative /> : '–'),
      },
      {
        key: 'campaign',
        header: t('column.campaign'),
        fit: true,
        align: 'right',
        cell: (segment) =>
          maySend && !segment.archivedAt ? (
            <ButtonLink
              variant="subtle"
              size="compact-sm"
              aria-label={t('campaignOf', { name: segment.name })}
              {...newCampaignForUrl(segment.id)}
            >
              {t('campaignShort')}
            </ButtonLink>
          ) : null,
      },
    ],
    [t, format, maySend],
  );
}
