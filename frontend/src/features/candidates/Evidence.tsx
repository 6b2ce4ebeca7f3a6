import type { CandidatePairQuery } from '#gql/candidates/graphql';
import { IconMinus, IconPlus } from '@tabler/icons-react';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './candidates.module.css';

type Candidate = Extract<NonNullable<CandidatePairQuery['node']>, { score: number }>;

/** What the score is made of, piece by piece, and why it does not join the two by itself. */
export function Evidence(props: { candidate: Candidate }) {
  const { t } = useTranslation('candidates');
  const { baseScore, evidence, reason, score } = props.candidate;
  if (baseScore === null || baseScore === undefined) return null;
  const counting = evidence.filter((piece) => piece.points !== 0);
  return (
    <section aria-label={t('evidence.title')} className={classes.evidence}>
      <Text size="sm" fw={600}>
        {t('evidence.title')}
      </Text>
      <ul>
        <li>
          <span>{t(`reason.${reason}`)}</span>
          <span>{t('score', { score: baseScore })}</span>
        </li>
        {counting.map((piece) => (
          <li key={piece.fact} data-agrees={piece.agrees}>
            <span>
              {piece.points > 0 ? (
                <IconPlus className={classes.small} aria-hidden />
              ) : (
                <IconMinus className={classes.small} aria-hidden />
              )}
              {t(piece.agrees ? 'evidence.agrees' : 'evidence.differs', { fact: t(`fact.${piece.fact}`) })}
            </span>
            <span>{t('evidence.points', { points: piece.points > 0 ? `+${piece.points}` : `−${-piece.points}` })}</span>
          </li>
        ))}
        <li>
          <b>{t('evidence.sum')}</b>
          <b>{t('score', { score })}</b>
        </li>
      </ul>
      <Text size="sm" c="dimmed">
        {t('evidence.why')}
      </Text>
    </section>
  );
}
