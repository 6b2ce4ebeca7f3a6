import { customerUrl } from '#features/customers/urls';
import { CandidatePairDocument, type CandidatePairQuery, type CandidateDecision } from '#gql/candidates/graphql';
import { useFormat } from '#lib/FormatContext';
import { useScope } from '#lib/viewer';
import { ErrorState } from '#ui/ErrorState';
import { ButtonLink } from '#ui/links';
import { Alert, Badge, Button, Group, Kbd, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import classes from './candidates.module.css';
import { Comparison } from './Comparison';
import { Evidence } from './Evidence';
import { mergeUrl } from './urls';

type Candidate = Extract<NonNullable<CandidatePairQuery['node']>, { score: number }>;

/** The decisions with the key that makes each. */
export const decisions = [
  { decision: 'SAME', key: 'M' },
  { decision: 'DIFFERENT', key: 'D' },
  { decision: 'HOUSEHOLD', key: 'H' },
] as const;

/** One pair side by side, why it stands here, and the decision. */
export function Pair(props: { id: string; busy: boolean; onDecide: (decision: CandidateDecision) => void }) {
  const [{ data, error, fetching }, reload] = useQuery({ query: CandidatePairDocument, variables: { id: props.id } });
  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  const node = data?.node;
  if (!node || !('score' in node) || node.id !== props.id) {
    return fetching || node ? <Skeleton className={classes.pairShape} /> : null;
  }
  return <Decided candidate={node} busy={props.busy} onDecide={props.onDecide} />;
}

function Decided(props: { candidate: Candidate; busy: boolean; onDecide: (decision: CandidateDecision) => void }) {
  const { t } = useTranslation('candidates');
  const format = useFormat();
  const mayWrite = useScope('customers:write');
  const { candidate } = props;
  const open = candidate.status === 'OPEN';
  return (
    <Stack gap="md" component="section" aria-label={t('pair')}>
      <Group gap="sm" align="baseline">
        <Title order={2}>{t(`reason.${candidate.reason}`)}</Title>
        <Badge size="lg" variant="light">
          {t('score', { score: candidate.score })}
        </Badge>
        {!open && (
          <Badge size="lg" color="gray">
            {t(`status.${candidate.status}`)}
          </Badge>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t(`reasonHelp.${candidate.household ? 'HOUSEHOLD' : candidate.reason}`)}
      </Text>
      {open && candidate.decidedAt && candidate.decidedAs && (
        <Alert icon={<IconHistory aria-hidden />} color="yellow">
          {t('again', { date: format.date(candidate.decidedAt), decision: t(`status.${candidate.decidedAs}`) })}
        </Alert>
      )}
      {candidate.contradictions.length > 0 && (
        <Alert icon={<IconAlertTriangle aria-hidden />} color="yellow">
          {t('against', { facts: format.list(candidate.contradictions.map((fact) => t(`fact.${fact}`))) })}
        </Alert>
      )}
      {open && mayWrite && (
        <Group gap="xs" className={classes.decisions}>
          {decisions.map(({ decision, key }) =>
            decision === 'SAME' && candidate.contradictions.length > 0 ? (
              <ButtonLink key={decision} {...mergeUrl(candidate.survivor.id, candidate.other.id)} variant="default">
                {t('decide.CHECK')}
              </ButtonLink>
            ) : (
              <Button
                key={decision}
                variant={decision === 'SAME' ? 'filled' : 'default'}
                disabled={props.busy}
                rightSection={<Kbd size="xs" visibleFrom="sm">{key}</Kbd>}
                onClick={() => props.onDecide(decision)}
              >
                {t(`decide.${decision}`)}
              </Button>
            ),
          )}
        </Group>
      )}
      {!open && candidate.status !== 'MERGED' && mayWrite && (
        <Group>
          <Button variant="default" disabled={props.busy} onClick={() => props.onDecide('UNDECIDED')}>
            {t('decide.UNDECIDED')}
          </Button>
        </Group>
      )}
      {candidate.status === 'MERGED' && mayWrite && (
        <Group>
          <ButtonLink {...customerUrl(candidate.survivor.id, { tab: 'identities' })} variant="default">
            {t('undoMerge')}
          </ButtonLink>
        </Group>
      )}
      <Evidence candidate={candidate} />
      <Comparison
        survivor={candidate.survivor}
        other={candidate.other}
        agree={candidate.agree}
        differ={candidate.differ}
      />
    </Stack>
  );
}
