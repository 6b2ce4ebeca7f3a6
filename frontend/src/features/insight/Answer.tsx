import { importsUrl } from '#features/imports/urls';
import { AsOf } from '#ui/AsOf';
import { EmptyState } from '#ui/EmptyState';
import { ErrorState } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { Skeleton, Stack } from '@mantine/core';
import { IconChartHistogram } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type TypedDocumentNode, useQuery } from 'urql';
import classes from './insight.module.css';

/**
 * What stands on a tab: its figures once they are there, and until then their
 * shape. While another period is computed the figures before stay, dimmed.
 */
export function Answer<Data, Variables extends Record<string, unknown>>(props: {
  query: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  /** Whether there is nothing to show any figure of. */
  empty: (data: Data) => boolean;
  /** Of when the figures are. */
  asOf: (data: Data) => string;
  children: (data: Data) => ReactNode;
}) {
  const { t } = useTranslation('insight');
  const [{ data, error, fetching }, reload] = useQuery({ query: props.query, variables: props.variables });

  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) {
    return (
      <Stack gap="xl" role="status" aria-label={t('loading')} aria-busy>
        <Skeleton className={classes.figuresShape} />
        <Skeleton className={classes.sectionShape} />
      </Stack>
    );
  }
  if (props.empty(data)) {
    return (
      <EmptyState
        icon={IconChartHistogram}
        title={t('empty.title')}
        action={<ButtonLink {...importsUrl()}>{t('empty.action')}</ButtonLink>}
      >
        {t('empty.body')}
      </EmptyState>
    );
  }
  return (
    <div className={classes.answer} aria-busy={fetching}>
      <AsOf at={props.asOf(data)} className={classes.asOf} />
      {props.children(data)}
    </div>
  );
}
