import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { useTranslation } from 'react-i18next';
import { Columns } from './Columns';
import { monthLabels } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import type { Liability } from './PointsTab';
import { Section } from './Section';

type Month = Liability['months'][number];

/** What each month does to the balance, with the sign it does it with. */
const flows = ['issued', 'redeemed', 'expired', 'clawedBack', 'other'] as const;

const signed = (month: Month, flow: (typeof flows)[number]) =>
  flow === 'issued' || flow === 'other' ? month[flow] : 0 - month[flow];

/** The balance at each month's end, and how one led to the next. */
export function PointMonths(props: { liability: Liability }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { months } = props.liability;
  const heads = [t('circulation.end'), t('points.opening'), ...flows.map((flow) => t(`points.flow.${flow}`)), t('points.closing')];
  const written = (value: number) => (value < 0 ? `−${format.number(-value)}` : format.number(value));
  return (
    <Section
      title={t('points.months')}
      definition={t('points.monthsDefinition')}
      csv={() => [
        heads,
        ...months.map((one): Cell[] => [one.day, one.opening, ...flows.map((flow) => signed(one, flow)), one.closing]),
      ]}
    >
      <Columns
        label={t('points.months')}
        columns={months.map((one, at) => ({
          key: one.day,
          ...monthLabels(one.day, at, format),
          value: one.closing,
          written: format.number(one.closing),
          people: { count: one.closing === 0 ? 0 : null, rule: one.holders },
          who: t('points.monthWho', { day: format.date(one.day) }),
        }))}
      />
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
            {months.map((one) => (
              <tr key={one.day}>
                <th scope="row">{format.date(one.day)}</th>
                <td>{written(one.opening)}</td>
                {flows.map((flow) => (
                  <td key={flow}>{written(signed(one, flow))}</td>
                ))}
                <td className={classes.strong}>
                  <PeopleLink
                    people={{ count: one.closing === 0 ? 0 : null, rule: one.holders }}
                    label={t('points.monthWho', { day: format.date(one.day) })}
                  >
                    {written(one.closing)}
                  </PeopleLink>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}
