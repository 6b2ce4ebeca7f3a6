import { stagesUrl } from '#features/stages/urls';
import { InsightStagesTabDocument, type InsightStagesTabQuery } from '#gql/insight/graphql';
import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { TextLink } from '#ui/links';
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Answer } from './Answer';
import { columns, shade, shareCell, shareOf, shareText } from './figures';
import classes from './insight.module.css';
import { Named } from './Named';
import { PeopleLink } from './PeopleLink';
import { Section } from './Section';
import { StageMoves } from './StageMoves';

/** What the tab shows. */
export type Stages = InsightStagesTabQuery['insightStages'];

/** Where the members stand, where they stood, and how they moved. */
export function StagesTab(props: { months: number }) {
  return (
    <Answer
      query={InsightStagesTabDocument}
      variables={{ months: props.months }}
      empty={({ insightStages: found }) => found.ladder.every((one) => one.people.count === 0)}
      asOf={(data) => data.insightStages.asOf}
    >
      {({ insightStages: found }) => (
        <>
          <div className={classes.pair}>
            <Ladder stages={found} />
            <StageMoves stages={found} />
          </div>
          <Months stages={found} />
        </>
      )}
    </Answer>
  );
}

function Ladder(props: { stages: Stages }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { ladder, from } = props.stages;
  const members = ladder.reduce((sum, one) => sum + one.people.count, 0);
  const most = Math.max(...ladder.map((one) => one.people.count), 1);
  const added = (now: number, before: number) =>
    `${now === before ? '±' : now < before ? '−' : '+'}${format.number(Math.abs(now - before))}`;
  return (
    <Section
      title={t('stages.now')}
      definition={t('stages.nowDefinition')}
      note={t('stages.members', { people: format.people(members) })}
      csv={() => [
        [t('stages.stage'), t('stages.people'), t('stages.share'), t('stages.before')],
        ...ladder.map((one): Cell[] => [
          one.name,
          one.people.count,
          shareCell(shareOf(one.people.count, members)),
          one.previous,
        ]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.sticky}`}>
          <thead>
            <tr>
              <th scope="col">{t('stages.stage')}</th>
              <td className={classes.line} aria-hidden />
              <th scope="col">{t('stages.people')}</th>
              <th scope="col">{t('stages.share')}</th>
              <th scope="col">{t('stages.since', { day: format.date(from) })}</th>
            </tr>
          </thead>
          <tbody>
            {ladder.toReversed().map((one) => (
              <tr key={one.code}>
                <th scope="row">
                  <Named>{one.name}</Named>
                </th>
                <td className={classes.line} aria-hidden>
                  <span style={{ inlineSize: `${(one.people.count / most) * 100}%` }} />
                </td>
                <td>
                  <PeopleLink people={one.people} label={one.name} />
                </td>
                <td>{shareText(shareOf(one.people.count, members), format)}</td>
                <td>{added(one.people.count, one.previous)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Text size="sm" mt="sm">
        <TextLink {...stagesUrl()}>{t('stages.open')}</TextLink>
      </Text>
    </Section>
  );
}

function Months(props: { stages: Stages }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { ladder, months } = props.stages;
  const total = (month: Stages['months'][number]) => month.people.reduce((sum, one) => sum + one.count, 0);
  return (
    <Section
      title={t('stages.months')}
      definition={t('stages.monthsDefinition')}
      csv={() => [
        [t('circulation.end'), ...ladder.map((one) => one.name), t('stages.total')],
        ...months.map((month): Cell[] => [month.day, ...month.people.map((one) => one.count), total(month)]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.matrix} ${classes.sticky}`} style={columns(ladder.length + 1)}>
          <thead>
            <tr>
              <th scope="col">{t('circulation.end')}</th>
              {ladder.map((one) => (
                <th key={one.code} scope="col">
                  <Named>{one.name}</Named>
                </th>
              ))}
              <th scope="col">{t('stages.total')}</th>
            </tr>
          </thead>
          <tbody>
            {months.map((month) => (
              <tr key={month.day}>
                <th scope="row">{format.date(month.day)}</th>
                {month.people.map((people, at) => (
                  <td key={ladder[at]?.code} className={classes.shaded} style={shade(people.count, total(month))}>
                    <PeopleLink people={people} label={t('stages.monthWho', { day: format.date(month.day), stage: ladder[at]?.name ?? '' })} />
                    <span className={classes.cellNote}>{shareText(shareOf(people.count, total(month)), format)}</span>
                  </td>
                ))}
                <td>{format.number(total(month))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
