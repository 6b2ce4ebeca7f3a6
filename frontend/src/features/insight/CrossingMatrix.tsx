import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { type MallKind, MallDot } from '#ui/MallDot';
import { SegmentedControl, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Circulation } from './CirculationTab';
import { columns, shade, shareText } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import { Versus } from './Rates';
import { Section } from './Section';
import { type InsightSearch, measures } from './urls';

type Crossing = Circulation['cells'][number];

const route = getRouteApi('/shell/insight');

/** From which mall to which: the people, how long it took them, what they brought there. */
export function CrossingMatrix(props: { circulation: Circulation }) {
  const { t } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  const { show = 'people' } = route.useSearch();
  const navigate = route.useNavigate();
  const { cells, origins, from, to } = props.circulation;
  const malls = mallsOf(props.circulation);
  const figure = (cell: Crossing) =>
    ({ people: cell.people.count, days: cell.medianDays, sales: cell.netSales.amount })[show];
  const written = (cell: Crossing) =>
    ({
      people: format.number(cell.people.count),
      days: t('days', { days: format.number(cell.medianDays) }),
      sales: format.money(cell.netSales.amount, cell.netSales.currency),
    })[show];
  const most = Math.max(...cells.map(figure), 1);
  return (
    <Section
      title={t('circulation.matrix')}
      definition={t('circulation.matrixDefinition')}
      note={t('circulation.crossedIn', { from: format.date(from), to: format.date(to) })}
      actions={
        <SegmentedControl
          aria-label={t('circulation.show')}
          size="xs"
          value={show}
          data={measures.map((value) => ({ value, label: t(`circulation.measure.${value}`) }))}
          onChange={(value) =>
            void navigate({ search: (before) => ({ ...before, show: value as InsightSearch['show'] }) })
          }
        />
      }
      csv={() => [
        [t('firstMall'), t('nextMall'), t('circulation.measure.people'), t('circulation.measure.days'), t('circulation.measure.sales')],
        ...cells.map((cell): Cell[] => [
          tUi(`mall.${cell.from}`),
          tUi(`mall.${cell.to}`),
          cell.people.count,
          cell.medianDays,
          cell.netSales.amount,
        ]),
      ]}
    >
      {cells.length === 0 && (
        <Text size="sm" c="dimmed" mb="sm">
          {t('circulation.none')}
        </Text>
      )}
      <div className={classes.scroll}>
        <table className={`${classes.table} ${classes.matrix} ${classes.sticky}`} style={columns(malls.length + 2)}>
          <thead>
            <tr>
              <th scope="col">{t('circulation.axes')}</th>
              {malls.map((mall) => (
                <th key={mall} scope="col">
                  <MallDot mall={mall} label={tUi(`mallShort.${mall}`)} />
                </th>
              ))}
              <th scope="col">{t('circulation.rate')}</th>
              <th scope="col">{t('versus')}</th>
            </tr>
          </thead>
          <tbody>
            {malls.map((first) => {
              const origin = origins.find((one) => one.mall === first);
              return (
                <tr key={first}>
                  <th scope="row">
                    <MallDot mall={first} />
                  </th>
                  {malls.map((next) => {
                    const cell = cells.find((one) => one.from === first && one.to === next);
                    if (first === next) return <td key={next} className={classes.diagonal} aria-label={t('circulation.same')} />;
                    if (!cell) return <td key={next}>–</td>;
                    return (
                      <td key={next} className={classes.shaded} style={shade(figure(cell), most)}>
                        <PeopleLink
                          people={cell.people}
                          label={t('circulation.cellWho', { from: tUi(`mall.${first}`), to: tUi(`mall.${next}`) })}
                        >
                          {written(cell)}
                        </PeopleLink>
                      </td>
                    );
                  })}
                  <td>
                    {origin && (
                      <PeopleLink people={origin.rate.hit} label={t('circulation.originWho', { mall: tUi(`mall.${first}`) })}>
                        {shareText(origin.rate.share, format)}
                      </PeopleLink>
                    )}
                  </td>
                  <td>{origin && <Versus now={origin.rate.share} before={origin.rate.previous} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

/** The malls that anybody came from or went to, the largest origin first. */
export function mallsOf(circulation: Circulation): MallKind[] {
  const found = [...circulation.origins.map((one) => one.mall), ...circulation.overlap.flatMap((one) => [one.a, one.b])];
  return [...new Set(found)];
}
