import { insightUrl } from '#features/insight/urls';
import { pointsProgramUrl } from '#features/points-program/urls';
import { StageLadderDocument } from '#gql/stages/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { ButtonLink, TextLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { Skeleton, Stack } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { LadderEditor } from './LadderEditor';
import { MembersByStage } from './MembersByStage';
import classes from './stages.module.css';

/** How often the figures are read again while members are being placed by a changed ladder. */
const placingMs = 5_000;

/** The ladder: who stands where, what each stage asks for and brings. */
export function StagesPage() {
  const { t } = useTranslation('stages');
  const [{ data, error }, reload] = useQuery({ query: StageLadderDocument });
  const maySeeMoves = useScope('customers:read');
  const placing = (data?.stageLadder.unplaced ?? 0) > 0;

  useEffect(() => {
    if (!placing) return;
    const timer = setInterval(() => reload({ requestPolicy: 'network-only' }), placingMs);
    return () => clearInterval(timer);
  }, [placing, reload]);

  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={maySeeMoves && <ButtonLink variant="default" {...insightUrl({ tab: 'stages' })}>{t('moves')}</ButtonLink>}
      />
      {error && !data ? (
        <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />
      ) : !data ? (
        <Stack gap="md" role="status" aria-label={t('loading')} aria-busy>
          <Skeleton className={classes.membersShape} />
          <Skeleton className={classes.editorShape} />
        </Stack>
      ) : (
        <Stack gap="xl">
          <MembersByStage ladder={data.stageLadder} />
          <LadderEditor key={`${data.stageLadder.version}:${data.stageLadder.planned?.id ?? ''}`} ladder={data.stageLadder} />
          <TextLink {...pointsProgramUrl()} size="sm">
            {t('toPoints')}
          </TextLink>
        </Stack>
      )}
    </>
  );
}
