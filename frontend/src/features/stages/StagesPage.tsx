import { insightUrl } from '#features/insight/urls';
import { pointsProgramUrl } from '#features/points-program/urls';
import { type StageLadderFieldsFragment, StageLadderDocument } from '#gql/stages/graphql';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { ButtonLink, TextLink } from '#ui/links';
import { PageHeader } from '#ui/PageHeader';
import { Skeleton, Stack } from '@mantine/core';
import { useEffect, useState } from 'react';
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
  const read = data?.stageLadder;
  // The form begins anew with what a change answered, not with what is read after it, under the hands of who types on.
  const [changed, setChanged] = useState<{ ladder: StageLadderFieldsFragment; after: typeof read }>();
  const ladder = changed && changed.after === read ? changed.ladder : read;
  const placing = (ladder?.unplaced ?? 0) > 0;

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
      {error && !ladder ? (
        <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />
      ) : !ladder ? (
        <Stack gap="md" role="status" aria-label={t('loading')} aria-busy>
          <Skeleton className={classes.membersShape} />
          <Skeleton className={classes.editorShape} />
        </Stack>
      ) : (
        <Stack gap="xl">
          <MembersByStage ladder={ladder} />
          <LadderEditor
            key={`${ladder.version}:${ladder.planned?.id ?? ''}`}
            ladder={ladder}
            onChanged={(next) => setChanged({ ladder: next, after: read })}
          />
          <TextLink {...pointsProgramUrl()} size="sm">
            {t('toPoints')}
          </TextLink>
        </Stack>
      )}
    </>
  );
}
