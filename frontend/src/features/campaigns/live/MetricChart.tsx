import { useFormat } from '#lib/FormatContext';
import { AreaChart, BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Button, Group, SegmentedControl, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './LivePage.module.css';
import { atInstant, type Point, runningTotals, toCsv } from './series';

const views = ['responses', 'sending', 'table'] as const;
const responses = ['opened', 'clicked', 'converted'] as const;
/** As they come about: opened, clicked, bought. */
const inOrder = (item: { dataKey?: unknown }): number => responses.findIndex((name) => name === item.dataKey);
const colors = { opened: 'var(--mg-series-1)', clicked: 'var(--mg-series-2)', converted: 'var(--mg-series-3)' };

/** The course of a campaign: responses as running totals, mails sent per interval, the same as a table and CSV. */
export function MetricChart(props: { series: readonly Point[]; name: string }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const [view, setView] = useState<(typeof views)[number]>('responses');
  const label = useMemo(() => {
    const days = new Set(props.series.map((point) => format.day(point.at)));
    return (point: Point) => ({ ...point, time: days.size > 1 ? format.dateTime(point.at) : format.time(point.at) });
  }, [props.series, format]);
  const rows = useMemo(() => props.series.map(label), [props.series, label]);
  const totals = useMemo(
    () => runningTotals(props.series).map((point) => ({ ...point, instant: Date.parse(point.at) })),
    [props.series],
  );
  const tick = format[new Set(rows.map((row) => format.day(row.at))).size > 1 ? 'shortDateTime' : 'time'];

  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed" mt="sm">
        {t('chart.empty')}
      </Text>
    );
  }
  return (
    <div className={classes.chart}>
      <Group justify="space-between" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label={t('chart.view')}
          value={view}
          onChange={(value) => setView(views.find((known) => known === value) ?? 'responses')}
          data={views.map((value) => ({ value, label: t(`chart.${value}`) }))}
        />
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size="1rem" aria-hidden />}
          onClick={() => download(`${props.name}.csv`, csvOf(rows, t))}
        >
          {t('chart.csv')}
        </Button>
      </Group>
      {view === 'responses' && (
        <AreaChart
          h={260}
          data={totals}
          dataKey="instant"
          series={responses.map((name) => ({ name, color: colors[name], label: t(`metric.${name}`) }))}
          curveType="linear"
          fillOpacity={0.08}
          withLegend
          legendProps={{ verticalAlign: 'top', height: 36, itemSorter: null }}
          withDots={rows.length < 3}
          tooltipProps={{ itemSorter: inOrder, labelFormatter: atInstant(format.dateTime) }}
          valueFormatter={format.number}
          // Hours and days lie as far apart as they are.
          xAxisProps={{ type: 'number', scale: 'time', domain: ['dataMin', 'dataMax'], minTickGap: 24, tickFormatter: atInstant(tick) }}
          yAxisProps={{ allowDecimals: false, width: 56, tickFormatter: format.brief }}
          areaProps={{ isAnimationActive: false }}
        />
      )}
      {view === 'sending' && (
        <BarChart
          h={260}
          data={rows}
          dataKey="time"
          series={[{ name: 'sent', color: 'var(--mg-accent)', label: t('metric.sent') }]}
          valueFormatter={format.number}
          xAxisProps={{ minTickGap: 24 }}
          yAxisProps={{ allowDecimals: false, width: 56, tickFormatter: format.brief }}
          barProps={{ isAnimationActive: false, maxBarSize: 32 }}
        />
      )}
      {view === 'table' && <SeriesTable rows={rows} />}
    </div>
  );
}

function SeriesTable(props: { rows: readonly (Point & { time: string })[] }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={320} mah={260}>
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('chart.time')}</Table.Th>
            {(['sent', ...responses] as const).map((name) => (
              <Table.Th key={name} ta="right">
                {t(`metric.${name}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.rows.map((row) => (
            <Table.Tr key={row.at}>
              <Table.Td>{format.dateTime(row.at)}</Table.Td>
              {(['sent', ...responses] as const).map((name) => (
                <Table.Td key={name} ta="right">
                  {format.number(row[name])}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

const csvOf = (rows: readonly Point[], t: ReturnType<typeof useTranslation<'campaigns'>>['t']) =>
  toCsv(
    [t('chart.time'), t('metric.sent'), t('metric.opened'), t('metric.clicked'), t('metric.converted')],
    rows.map((row) => [row.at, row.sent, row.opened, row.clicked, row.converted]),
  );

function download(name: string, text: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
