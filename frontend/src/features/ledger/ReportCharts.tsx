import { useFormat } from '#lib/FormatContext';
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useTranslation } from 'react-i18next';
import classes from './ledger.module.css';
import type { ReportMonth } from './ReportTab';

/** The balance at the end of each month. */
export function MonthsChart(props: { months: readonly ReportMonth[] }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  return (
    <figure className={classes.chart} aria-label={t('report.liability')}>
      <BarChart
        h="100%"
        data={props.months.map((one) => ({ name: format.month(one.month), closing: one.closing }))}
        dataKey="name"
        series={[{ name: 'closing', label: t('report.closing'), color: 'var(--mg-series-1)' }]}
        valueFormatter={(value) => format.points(value)}
        yAxisProps={{ width: 80, tickFormatter: (value: number) => `${format.brief(value)}\u00a0pt` }}
        xAxisProps={{ minTickGap: 16 }}
        barProps={{ isAnimationActive: false, maxBarSize: 48 }}
        tickLine="none"
      />
    </figure>
  );
}

/** What expires if nobody spends. */
export function ForecastChart(props: { bars: readonly { name: string; points: number }[] }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  return (
    <figure className={classes.chart} aria-label={t('report.forecast')}>
      <BarChart
        h="100%"
        data={[...props.bars]}
        dataKey="name"
        series={[{ name: 'points', label: t('report.points'), color: 'var(--mg-series-2)' }]}
        valueFormatter={(value) => format.points(value)}
        yAxisProps={{ width: 80, tickFormatter: (value: number) => `${format.brief(value)}\u00a0pt` }}
        xAxisProps={{ minTickGap: 16 }}
        barProps={{ isAnimationActive: false, maxBarSize: 48 }}
        tickLine="none"
      />
    </figure>
  );
}
