import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Columns } from './Columns';
import type { Conversion } from './ConversionTab';
import { monthLabels, shade, shareCell, shareOf, shareText } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import { Section } from './Section';

type Cohort = Conversion['cohorts'][number];

/** First orders by month: the share that came back in the chosen window as a chart, all windows as a table. */
export function Cohorts(props: { conversion: Conversion; actions: ReactNode }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { cohorts, window } = props.conversion;
  const within = (cohort: Cohort) => cohort.within.find((one) => one.days === window);
  return (
    <Section
      title={t('conversion.cohorts')}
      definition={t('conversion.cohortsDefinition', { window })}
      note={t('conversion.cohortsNote', { window })}
      actions={props.actions}
      csv={() => [
        [
          t('conversion.month'),
          t('conversion.first'),
          ...(cohorts[0]?.within ?? []).flatMap(({ days }) => [t('conversion.hit', { window: days }), t('conversion.rateWithin', { window: days })]),
          t('conversion.again'),
        ],
        ...cohorts.map((one): Cell[] => [
          one.month.slice(0, 7),
          one.first.count,
          ...one.within.flatMap(({ people }) => [people.count, shareCell(shareOf(people.count, one.first.count))]),
          one.again.count,
        ]),
      ]}
    >
      <Columns
        label={t('conversion.cohorts')}
        columns={cohorts.flatMap((one, at) => {
          const found = within(one);
          if (!found) return [];
          const share = shareOf(found.people.count, one.first.count);
          return [
            {
              key: one.month,
              ...monthLabels(one.month, at, format),
              value: share,
              written: shareText(share, format),
              people: found.people,
              who: t('conversion.cohortWho', { month: format.month(one.month), window }),
              open: !found.complete,
            },
          ];
        })}
      />
      <CohortTable cohorts={cohorts} />
    </Section>
  );
}

function CohortTable(props: { cohorts: readonly Cohort[] }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const share = (cohort: Cohort, count: number) => shareOf(count, cohort.first.count) ?? 0;
  const most = Math.max(...props.cohorts.flatMap((one) => [...one.within.map(({ people }) => share(one, people.count)), share(one, one.again.count)]));
  return (
    <div className={classes.scroll}>
      <table className={`${classes.table} ${classes.sticky}`}>
        <thead>
          <tr>
            <th scope="col">{t('conversion.month')}</th>
            <th scope="col">{t('conversion.first')}</th>
            {props.cohorts[0]?.within.map(({ days }) => (
              <th key={days} scope="col">
                {t('withinDays', { days })}
              </th>
            ))}
            <th scope="col">{t('conversion.again')}</th>
          </tr>
        </thead>
        <tbody>
          {props.cohorts.map((one) => (
            <tr key={one.month}>
              <th scope="row">{format.month(one.month)}</th>
              <td>
                <PeopleLink people={one.first} label={t('conversion.firstWho', { month: format.month(one.month) })} />
              </td>
              {one.within.map(({ days, people, complete }) => (
                <td key={days} className={classes.shaded} style={shade(share(one, people.count), most)}>
                  {/* Before the figure, so that figures stand below each other. */}
                  {!complete && (
                    <span className={classes.small} title={t('conversion.openTitle')}>
                      {t('conversion.open')}{' '}
                    </span>
                  )}
                  <PeopleLink people={people} label={t('conversion.cohortWho', { month: format.month(one.month), window: days })}>
                    {shareText(shareOf(people.count, one.first.count), format)}
                  </PeopleLink>
                </td>
              ))}
              <td className={classes.shaded} style={shade(share(one, one.again.count), most)}>
                <PeopleLink people={one.again} label={t('conversion.againWho', { month: format.month(one.month) })}>
                  {shareText(shareOf(one.again.count, one.first.count), format)}
                </PeopleLink>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
