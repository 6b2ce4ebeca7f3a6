import { useFormat } from '#lib/FormatContext';
import { SmallFigure } from '#ui/Figure';
import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CustomerHead } from './CustomerPage';
import classes from './customers.module.css';
import { useStageWords } from './useStageWords';

type Standing = NonNullable<CustomerHead['stage']>;

/** How near a loss is before it is shown under the figure; the stage section always tells it. */
const soonDays = 60;
const dayMs = 86_400_000;

/** The stage a member has, what is missing to the next, and what will be lost soon. */
export function StageFigure(props: { stage: Standing }) {
  const { t } = useTranslation('customers');
  const words = useStageWords();
  const { stage, next, spend, loss } = props.stage;
  const goal = next ? spend.amount + next.missingAmount : 0;
  const soon = loss && Date.parse(loss.on) - Date.now() < soonDays * dayMs;
  return (
    <div className={classes.stage}>
      <SmallFigure
        label={t('figure.stage')}
        definition={t('figure.stageDefinition')}
        value={
          <span className={classes.brief} title={stage.name}>
            {stage.name}
          </span>
        }
      />
      {next && goal > 0 && (
        <Progress
          value={(spend.amount / goal) * 100}
          size="sm"
          aria-label={t('stage.progress', { name: next.name })}
        />
      )}
      <Text size="xs" c="dimmed">
        {next ? words.next(next) : t('stage.top')}
      </Text>
      {soon && (
        <Text size="xs" fw={500}>
          {words.loss(loss)}
        </Text>
      )}
    </div>
  );
}

/** Where a member stands, in full, for the section of the stage. */
export function StageBlock(props: { stage: Standing }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const words = useStageWords();
  const { stage, since, next, loss, byHand } = props.stage;
  return (
    <dl className={classes.lines}>
      <dt>{t('figure.stage')}</dt>
      <dd>{t('stage.since', { name: stage.name, date: format.date(since) })}</dd>
      {byHand && (
        <>
          <dt>{t('stage.byHand')}</dt>
          <dd>
            {t(byHand.until ? 'stage.byHandUntil' : 'stage.byHandForGood', {
              date: byHand.until ? format.date(byHand.until) : '',
              earned: byHand.earned.name,
            })}
          </dd>
        </>
      )}
      <dt>{t('stage.toNext')}</dt>
      <dd>{next ? words.next(next) : t('stage.top')}</dd>
      <dt>{t('stage.toKeep')}</dt>
      <dd>{loss ? words.loss(loss) : t('stage.safe')}</dd>
    </dl>
  );
}
