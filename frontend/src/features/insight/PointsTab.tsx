import { InsightPointsTabDocument, type InsightPointsTabQuery } from '#gql/insight/graphql';
import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { Figure, FigureRow } from '#ui/Figure';
import { useTranslation } from 'react-i18next';
import { Answer } from './Answer';
import { Columns } from './Columns';
import { change, monthLabels, shareCell, shareOf, shareText } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import { PointMonths } from './PointMonths';
import { Section } from './Section';

/** What the tab shows. */
export type Liability = InsightPointsTabQuery['insightLiability'];

/** Points that are out: what they are, how they came to be, when they go. */
export function PointsTab(props: { months: number }) {
  return (
    <Answer
      query={InsightPointsTabDocument}
      variables={{ months: props.months }}
      empty={({ insightLiability: found }) => found.balance === 0 && found.months.every((one) => one.issued === 0 && one.opening === 0)}
      asOf={(data) => data.insightLiability.asOf}
    >
      {({ insightLiability: found }) => (
        <>
          <Head liability={found} />
          <PointMonths liability={found} />
          <Forecast liability={found} />
          <Expired liability={found} />
        </>
      )}
    </Answer>
  );
}

function Head(props: { liability: Liability }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { balance, available, pending, held, debt, holders, breakage, months } = props.liability;
  const opening = months[0]?.opening ?? 0;
  const broken = change(breakage.share, breakage.previous, format, t('pointUnit'));
  return (
    <FigureRow>
      <Figure
        label={t('points.balance')}
        definition={t('points.balanceDefinition')}
        value={format.points(balance)}
        note={t('points.parts', { available: format.number(available), pending: format.number(pending), held: format.number(held) })}
        comparison={{
          change: format.change(balance, opening),
          before: format.points(opening),
          direction: balance > opening ? 'up' : balance < opening ? 'down' : 'flat',
        }}
      />
      <Figure
        label={t('points.holders')}
        definition={t('points.holdersDefinition')}
        value={
          <PeopleLink people={holders} label={t('points.holders')}>
            {format.people(holders.count)}
          </PeopleLink>
        }
        note={debt > 0 ? t('points.debt', { points: format.points(debt) }) : undefined}
      />
      <Figure
        label={t('points.breakage')}
        definition={t('points.breakageDefinition')}
        value={shareText(breakage.share, format)}
        note={t('points.breakageOf', { expired: format.points(breakage.expired), granted: format.points(breakage.granted) })}
        comparison={broken && { ...broken, before: shareText(breakage.previous, format) }}
      />
      <Figure
        label={t('points.estimate')}
        definition={t('points.estimateDefinition')}
        value={breakage.share === null ? '–' : format.points(breakage.estimate)}
      />
    </FigureRow>
  );
}

function Forecast(props: { liability: Liability }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { forecast } = props.liability;
  const rest = forecast.filter((one) => one.month === null);
  const name = (one: Liability['forecast'][number]) =>
    one.month ? format.month(one.month) : one.never ? t('points.never') : t('points.later');
  return (
    <Section
      title={t('points.forecast')}
      definition={t('points.forecastDefinition')}
      csv={() => [
        [t('points.lastMonth'), t('points.points'), t('points.people')],
        ...forecast.map((one): Cell[] => [one.month?.slice(0, 7) ?? name(one), one.points, one.people.count]),
      ]}
    >
      <Columns
        ahead
        label={t('points.forecast')}
        columns={forecast.flatMap((one, at) =>
          one.month
            ? [
                {
                  key: one.month,
                  ...monthLabels(one.month, at, format),
                  value: one.points,
                  written: format.number(one.points),
                  people: one.people,
                  who: t('points.forecastWho', { month: name(one) }),
                },
              ]
            : [],
        )}
      />
      <p className={classes.rest}>
        {rest.map((one) => (
          <span key={name(one)}>
            {name(one)}: {format.points(one.points)}
            {' · '}
            <PeopleLink people={one.people} label={name(one)}>
              {format.people(one.people.count)}
            </PeopleLink>
          </span>
        ))}
      </p>
    </Section>
  );
}

function Expired(props: { liability: Liability }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { expired } = props.liability;
  const heads = [t('points.lastMonth'), t('points.granted'), t('points.expired'), t('points.breakage'), t('points.people')];
  return (
    <Section
      title={t('points.ended')}
      definition={t('points.endedDefinition')}
      csv={() => [
        heads,
        ...expired.map((one): Cell[] => [
          one.month.slice(0, 7),
          one.granted,
          one.expired,
          shareCell(shareOf(one.expired, one.granted)),
          one.people.count,
        ]),
      ]}
    >
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.sticky}`}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {expired.map((one) => (
              <tr key={one.month}>
                <th scope="row">{format.month(one.month)}</th>
                <td>{format.number(one.granted)}</td>
                <td>{format.number(one.expired)}</td>
                <td>{shareText(shareOf(one.expired, one.granted), format)}</td>
                <td>
                  <PeopleLink people={one.people} label={t('points.expiredWho', { month: format.month(one.month) })} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
