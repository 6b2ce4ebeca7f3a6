import { SegmentCatalogDocument, SegmentOpenDocument } from '#gql/segments/graphql';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { PageHeader } from '#ui/PageHeader';
import { Skeleton, Stack } from '@mantine/core';
import { IconFilterOff } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Builder } from './Builder';
import { emptyGroup, toRule } from './rule';
import classes from './segments.module.css';
import { segmentsUrl } from './urls';

const route = getRouteApi('/shell/segments/$segmentId');
const newRoute = getRouteApi('/shell/segments/new');

/** A stored segment, open for editing. */
export function SegmentPage() {
  const { t, i18n } = useTranslation('segments');
  const { segmentId } = route.useParams();
  const [segment, reloadSegment] = useQuery({ query: SegmentOpenDocument, variables: { id: segmentId } });
  const [catalog, reloadCatalog] = useQuery({
    query: SegmentCatalogDocument,
    variables: { locale: i18n.language },
  });
  const back = { link: segmentsUrl(), label: t('title') };
  const error = segment.data ? catalog.error : segment.error;

  if (error) {
    const retry = () => {
      reloadSegment({ requestPolicy: 'network-only' });
      reloadCatalog({ requestPolicy: 'network-only' });
    };
    return <ErrorState error={error} retry={retry} />;
  }
  if (!segment.data || !catalog.data) return <Shape />;
  if (!segment.data.segment) {
    return (
      <>
        <PageHeader title={t('gone.title')} back={back} />
        <EmptyState icon={IconFilterOff} title={t('gone.title')}>
          {t('gone.body')}
        </EmptyState>
      </>
    );
  }
  return <Builder key={segmentId} segment={segment.data.segment} fields={catalog.data.segmentFields} />;
}

/** A segment that is not stored yet. */
export function NewSegmentPage() {
  const { i18n } = useTranslation('segments');
  const { rule } = newRoute.useSearch();
  const [{ data, error }, reload] = useQuery({
    query: SegmentCatalogDocument,
    variables: { locale: i18n.language },
  });
  if (error) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) return <Shape />;
  return <Builder segment={{ name: '', description: '', rule: rule ?? toRule(emptyGroup()) }} fields={data.segmentFields} />;
}

function Shape() {
  const { t } = useTranslation('segments');
  return (
    <Stack gap="md" aria-busy role="status" aria-label={t('loading')}>
      <Skeleton className={classes.titleShape} />
      <Skeleton className={classes.bodyShape} />
    </Stack>
  );
}
