import { customersUrl } from '#features/customers/urls';
import { type DashboardFigureCode, type HomeFiguresQuery, HomeFiguresDocument } from '#gql/home/graphql';
import { useFormat } from '#lib/FormatContext';
import type { Format } from '#lib/format';
import { useViewer } from '#lib/viewer';
import { AsOf } from '#ui/AsOf';
import { ErrorState } from '#ui/ErrorState';
import { Figure, FigureRow } from '#ui/Figure';
import { LiveNumber } from '#ui/LiveNumber';
import { TextLink } from '#ui/links';
import { useNetSales } from '#ui/netSales/useNetSales';
import { Skeleton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { useQuery } from 'urql';
import { MallSales } from './MallSales';
import classes from './home.module.css';

type DashboardFigure = HomeFiguresQuery['dashboard']['figures'][number];

/** Figures where more is worse would stand here as false; where it is neither, undefined. */
const moreIsBetter: Partial<Record<DashboardFigureCode, boolean>> = {
  NET_SALES: true,
  ORDERS: true,
  NEW_CUSTOMERS: true,
  REPEAT_CUSTOMERS: true,
  MEMBERS: true,
  F2_RATE: true,
  CIRCULATION_RATE: true,
};

/** Figures that add up over a day: of today there is only a part. The others stand at each moment. */
const addUp: readonly DashboardFigureCode[] = ['NET_SALES', 'ORDERS', 'NEW_CUSTOMERS', 'REPEAT_CUSTOMERS'];

/** The figures of the period beside those of the period before it, the malls' sales below, and `beside` under those. */
export function Figures(props: { days: number; shown: boolean; beside: ReactNode }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const [{ data, error, fetching }, reload] = useQuery({
    query: HomeFiguresDocument,
    variables: { days: props.days },
    pause: !props.shown,
  });

  if (!props.shown) return <div className={classes.main}>{props.beside}</div>;
  if (error && !data) {
    return (
      <div className={classes.wide}>
        <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />
      </div>
    );
  }
  if (!data) {
    return (
      <>
        <Skeleton className={`${classes.wide} ${classes.figuresShape}`} role="status" aria-label={t('loading')} />
        <div className={classes.main}>{props.beside}</div>
      </>
    );
  }

  const { figures, from, to, asOf, salesByMall } = data.dashboard;
  return (
    <>
      <section className={classes.wide} aria-label={t('figures')} aria-busy={fetching}>
        <p className={classes.range}>
          {t('range', { from: format.date(from), to: format.date(to), days: props.days })} <AsOf at={asOf} />
        </p>
        <FigureRow>
          {figures.map((figure) => (
            <PeriodFigure key={figure.code} figure={figure} days={props.days} />
          ))}
        </FigureRow>
      </section>
      <div className={classes.main}>
        <MallSales sales={salesByMall} days={props.days} />
        {props.beside}
      </div>
    </>
  );
}

function PeriodFigure(props: { figure: DashboardFigure; days: number }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { baseCurrency } = useViewer().merchant;
  const netSales = useNetSales();
  const { code, value, previous, base, unit, series, people } = props.figure;
  const write = writer(unit, format, baseCurrency);
  const shownAlike = previous !== null && write(previous) === write(value);
  const about = { label: t(`figure.${code}.label`), definition: t(`figure.${code}.definition`, { netSales }) };
  // A share of nobody is no 0 %.
  if (base === 0) return <Figure {...about} value="–" note={t('noBase')} />;
  return (
    <Figure
      {...about}
      value={<LiveNumber value={value} format={write} />}
      chars={write(value).length}
      comparison={
        previous === null || (previous === 0 && value === 0)
          ? undefined
          : {
              change: unit === 'SHARE' ? `${format.shareChange(value / basisPoints, previous / basisPoints)}${t('pointUnit')}` : format.change(value, previous),
              than: t('than', { days: props.days }),
              before: write(previous),
              direction: shownAlike ? 'flat' : value > previous ? 'up' : 'down',
              good: moreIsBetter[code] === undefined || shownAlike ? undefined : moreIsBetter[code] === value > previous,
            }
      }
      unfinished={addUp.includes(code)}
      trend={series.length > 1 && series.some((one) => one !== 0) ? series : undefined}
      action={<People label={about.label} people={people} />}
    />
  );
}

/** The way to the people behind a figure, with how many they are. */
function People(props: { label: string; people: DashboardFigure['people'] }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const { count, rule } = props.people;
  if (count === 0) return null;
  return (
    <TextLink {...customersUrl({ rule })} size="xs" className={classes.people} aria-label={t('people', { label: props.label, count, shown: format.number(count) })}>
      {t('headcount', { count, shown: format.number(count) })}
      <IconChevronRight className={classes.small} aria-hidden />
    </TextLink>
  );
}

const basisPoints = 10_000;

function writer(unit: DashboardFigure['unit'], format: Format, currency: string): (value: number) => string {
  switch (unit) {
    case 'MONEY':
      return (value) => format.money(value, currency);
    case 'POINTS':
      return format.points;
    case 'SHARE':
      return (value) => format.share(value / basisPoints);
    case 'COUNT':
      return format.number;
  }
}
