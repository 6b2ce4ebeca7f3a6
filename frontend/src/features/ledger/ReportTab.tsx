import { customersUrl } from '#features/customers/urls';
import { LedgerReportDocument, type LedgerReportQuery } from '#gql/ledger/graphql';
import { type Cell, downloadCsv } from '#lib/csv';
import { useFormat } from '#lib/FormatContext';
import { Definition } from '#ui/Definition';
import { ErrorState } from '#ui/ErrorState';
import { Figure, FigureRow } from '#ui/Figure';
import { TextLink } from '#ui/links';
import { Alert, Button, Group, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { lastDayOf } from './filter';
import classes from './ledger.module.css';
import { type Kind, ledgerUrl, periods } from './urls';

type Report = LedgerReportQuery['pointReport'];
export type ReportMonth = Report['months'][number];
type Liability = LedgerReportQuery['insightLiability'];

const route = getRouteApi('/shell/ledger');
const MonthsChart = lazy(() => import('./ReportCharts').then((found) => ({ default: found.MonthsChart })));
const ForecastChart = lazy(() => import('./ReportCharts').then((found) => ({ default: found.ForecastChart })));

/** What the points are worth to be kept for, for whoever signs the accounts. */
export function ReportTab() {
  const { t } = useTranslation('ledger');
  const { months = '13' } = route.useSearch();
  const navigate = route.useNavigate();
  const [{ data, error }, reload] = useQuery({ query: LedgerReportDocument, variables: { months: Number(months) } });

  if (error && !data) return <ErrorState error={error} retry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data) {
    return (
      <Stack gap="xl" role="status" aria-label={t('loading')} aria-busy>
        <Skeleton className={classes.shape} />
        <Skeleton className={classes.shape} />
      </Stack>
    );
  }
  return (
    <Stack gap="xl">
      <Group justify="flex-end">
        <SegmentedControl
          aria-label={t('report.period')}
          value={months}
          data={periods.map((value) => ({ value, label: t('report.months', { count: Number(value) }) }))}
          onChange={(value) => void navigate({ search: (was) => ({ ...was, months: periods.find((one) => one === value) }) })}
        />
      </Group>
      <Head report={data.pointReport} liability={data.insightLiability} />
      <Months months={data.pointReport.months} />
      <Forecast liability={data.insightLiability} />
      <PaidHalves paid={data.pointReport.paid} />
    </Stack>
  );
}

function Head(props: { report: Report; liability: Liability }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const { breakage } = props.liability;
  const [half] = props.report.paid;
  const last = props.report.months.at(-1);
  return (
    <FigureRow>
      <Figure label={t('report.closing')} definition={t('report.closingDefinition')} value={format.points(last?.closing ?? 0)} />
      <Figure
        label={t('report.breakage')}
        definition={t('report.breakageDefinition')}
        value={typeof breakage.share === 'number' ? format.share(breakage.share / 10_000) : '–'}
        note={breakage.granted > 0 ? t('report.breakageOf', { expired: format.points(breakage.expired), granted: format.points(breakage.granted) }) : undefined}
      />
      <Figure label={t('report.estimate')} definition={t('report.estimateDefinition')} value={format.points(breakage.estimate)} />
      <Figure
        label={t('report.paidNow')}
        definition={t('report.paidDefinition')}
        value={format.points(half?.unused ?? 0)}
        note={half && format.money(half.amount.amount, half.amount.currency)}
      />
    </FigureRow>
  );
}

/** What a month did to the balance, with the kinds of booking behind it and the sign it does it with. */
const flows = [
  { key: 'issued', sign: 1, kinds: ['GRANT'] },
  { key: 'redeemed', sign: -1, kinds: ['REDEEM', 'CAPTURE'] },
  { key: 'restored', sign: 1, kinds: ['RESTORE'] },
  { key: 'expired', sign: -1, kinds: ['EXPIRE', 'CLAWBACK'] },
  { key: 'clawedBack', sign: -1, kinds: ['CLAWBACK'] },
  { key: 'adjusted', sign: 1, kinds: ['ADJUST', 'CLAWBACK', 'RESTORE'] },
  { key: 'debt', sign: 1, kinds: ['CLAWBACK', 'GRANT', 'MATURE', 'RESTORE'] },
  { key: 'transferred', sign: 1, kinds: ['TRANSFER_IN', 'TRANSFER_OUT'] },
] as const satisfies readonly { key: keyof ReportMonth; sign: 1 | -1; kinds: readonly Kind[] }[];

function Months(props: { months: readonly ReportMonth[] }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const { months } = props;
  const heads = [t('report.month'), t('report.opening'), ...flows.map((flow) => t(`report.flow.${flow.key}`)), t('report.closing')];
  const written = (value: number) => (value < 0 ? `−${format.number(-value)}` : format.number(value));
  const sums = flows.map((flow) => months.reduce((sum, month) => sum + flow.sign * month[flow.key], 0));
  return (
    <Section
      title={t('report.liability')}
      definition={t('report.liabilityDefinition')}
      csv={() => [
        heads,
        ...months.map((one): Cell[] => [one.month.slice(0, 7), one.opening, ...flows.map((flow) => flow.sign * one[flow.key]), one.closing]),
      ]}
    >
      {months.some((one) => one.closing !== 0) && (
        <Suspense fallback={<Skeleton className={classes.chart} />}>
          <MonthsChart months={months} />
        </Suspense>
      )}
      <div className={classes.scroll}>
        <table className={classes.table}>
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
              <tr key={one.month}>
                <th scope="row">{format.month(one.month)}</th>
                <td>{written(one.opening)}</td>
                {flows.map((flow) => (
                  <td key={flow.key}>
                    {one[flow.key] === 0 ? (
                      '0'
                    ) : (
                      <TextLink
                        {...ledgerUrl({ from: one.month, to: lastDayOf(one.month), kinds: [...flow.kinds] })}
                        aria-label={t('report.open', {
                          month: format.month(one.month),
                          flow: t(`report.flow.${flow.key}`),
                          points: written(flow.sign * one[flow.key]),
                        })}
                      >
                        {written(flow.sign * one[flow.key])}
                      </TextLink>
                    )}
                  </td>
                ))}
                <td className={classes.strong}>{written(one.closing)}</td>
              </tr>
            ))}
            <tr>
              <th scope="row">{t('report.total')}</th>
              <td>{written(months[0]?.opening ?? 0)}</td>
              {sums.map((sum, at) => (
                <td key={flows[at]?.key} className={classes.strong}>
                  {written(sum)}
                </td>
              ))}
              <td className={classes.strong}>{written(months.at(-1)?.closing ?? 0)}</td>
            </tr>
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function Forecast(props: { liability: Liability }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const { forecast } = props.liability;
  const name = (one: Liability['forecast'][number]) =>
    one.month ? format.month(one.month) : t(one.never ? 'report.never' : 'report.later');
  const heads = [t('report.lastDay'), t('report.points'), t('report.people')];
  return (
    <Section
      title={t('report.forecast')}
      definition={t('report.forecastDefinition')}
      csv={() => [heads, ...forecast.map((one): Cell[] => [one.month?.slice(0, 7) ?? name(one), one.points, one.people.count])]}
    >
      {forecast.some((one) => one.points > 0) && (
        <Suspense fallback={<Skeleton className={classes.chart} />}>
          <ForecastChart bars={forecast.map((one) => ({ name: name(one), points: one.points }))} />
        </Suspense>
      )}
      <div className={classes.scroll}>
        <table className={classes.table}>
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
            {forecast.map((one) => (
              <tr key={name(one)}>
                <th scope="row">{name(one)}</th>
                <td>{format.number(one.points)}</td>
                <td>
                  {one.people.count ? (
                    <TextLink {...customersUrl({ rule: one.people.rule })} aria-label={t('report.peopleOf', { month: name(one), people: format.people(one.people.count) })}>
                      {format.people(one.people.count)}
                    </TextLink>
                  ) : (
                    format.people(0)
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function PaidHalves(props: { paid: Report['paid'] }) {
  const { t } = useTranslation('ledger');
  const format = useFormat();
  const { paid } = props;
  const columns = ['issued', 'used', 'other', 'unused'] as const;
  const heads = [t('report.baseDay'), ...columns.map((column) => t(`report.paid.${column}`)), t('report.paid.amount')];
  return (
    <Section
      title={t('report.paidTitle')}
      definition={t('report.paidDefinition')}
      csv={() => [heads, ...paid.map((one): Cell[] => [one.day, ...columns.map((column) => one[column]), one.amount.amount])]}
    >
      {paid.some((one) => one.mustNotify) && (
        <Alert color="yellow" mb="md" title={t('report.notify')}>
          {t('report.notifyBody')}
        </Alert>
      )}
      {paid.every((one) => one.unused === 0 && one.issued === 0) ? (
        <Text size="sm" c="dimmed">
          {t('report.noPaid')}
        </Text>
      ) : (
        <div className={classes.scroll}>
          <table className={classes.table}>
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
              {paid.map((one) => (
                <tr key={one.day}>
                  <th scope="row">{one.open ? t('report.toCome', { day: format.date(one.day) }) : format.date(one.day)}</th>
                  {columns.map((column) => (
                    <td key={column} className={column === 'unused' ? classes.strong : undefined}>
                      {format.number(one[column])}
                    </td>
                  ))}
                  <td>{format.money(one.amount.amount, one.amount.currency)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

/** One report: what it is, how it is defined, the figures, and the same as a file. */
function Section(props: { title: string; definition: string; csv: () => readonly (readonly Cell[])[]; children: ReactNode }) {
  const { t } = useTranslation('ledger');
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <Group justify="space-between" gap="xs" mb="sm">
        <div className={classes.title}>
          <Title order={2} id={id}>
            {props.title}
          </Title>
          <Definition label={props.title}>{props.definition}</Definition>
        </div>
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconDownload size="1rem" aria-hidden />}
          aria-label={t('csvOf', { what: props.title })}
          onClick={() => downloadCsv(props.title, props.csv())}
        >
          {t('csv')}
        </Button>
      </Group>
      {props.children}
    </section>
  );
}
