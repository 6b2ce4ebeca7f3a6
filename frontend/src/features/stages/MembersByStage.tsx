import type { StageLadderFieldsFragment } from '#gql/stages/graphql';
import { customersUrl } from '#features/customers/urls';
import { importsUrl } from '#features/imports/urls';
import { signUpsUrl } from '#features/signups/urls';
import { useFormat } from '#lib/FormatContext';
import { SmallFigure } from '#ui/Figure';
import { TextLink } from '#ui/links';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './stages.module.css';

/** How many members stand on each stage, who will lose theirs soon, and when the next review is. */
export function MembersByStage(props: { ladder: StageLadderFieldsFragment }) {
  const { t } = useTranslation('stages');
  const format = useFormat();
  const { stages, losing, unplaced, nextReviewOn } = props.ladder;
  const members = stages.reduce((sum, stage) => sum + stage.memberCount, 0);
  const most = Math.max(...stages.map((stage) => stage.memberCount), 1);
  return (
    <section className={classes.members} aria-label={t('members.title')}>
      <ul className={classes.bars}>
        {stages.map((stage) => (
          <li key={stage.id} className={classes.bar}>
            <TextLink {...customersUrl({ stages: [stage.id] })} lineClamp={2} title={stage.name}>
              {stage.name}
            </TextLink>
            <span className={classes.track} aria-hidden>
              <span
                className={classes.fill}
                data-nobody={stage.memberCount === 0 || undefined}
                style={{ inlineSize: `${(stage.memberCount / most) * 100}%` }}
              />
            </span>
            <span className={classes.count}>{format.people(stage.memberCount)}</span>
            <Text span size="xs" c="dimmed" className={classes.count}>
              {members > 0 && format.share(stage.memberCount / members)}
            </Text>
          </li>
        ))}
      </ul>
      <div className={classes.facts}>
        <SmallFigure label={t('members.total')} value={format.people(members)} />
        <SmallFigure
          label={t('members.losing')}
          definition={t('members.losingDefinition')}
          value={format.people(losing)}
        />
        <SmallFigure
          label={t('members.nextReview')}
          definition={t('members.nextReviewDefinition')}
          value={format.date(nextReviewOn)}
        />
        {members === 0 && unplaced === 0 && (
          <Text size="sm">
            {t('members.nobody')} <TextLink {...signUpsUrl()}>{t('members.toForms')}</TextLink>
            {' · '}
            <TextLink {...importsUrl()}>{t('members.toImports')}</TextLink>
          </Text>
        )}
        {unplaced > 0 && (
          <Text size="sm" role="status">
            {t('members.unplaced', { shown: format.people(unplaced) })}
          </Text>
        )}
      </div>
    </section>
  );
}
