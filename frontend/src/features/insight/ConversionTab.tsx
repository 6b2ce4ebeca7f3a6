import { InsightConversionTabDocument, type InsightConversionTabQuery } from '#gql/insight/graphql';
import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { Figure, FigureRow } from '#ui/Figure';
import { mallColor, MallDot } from '#ui/MallDot';
import { SegmentedControl } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Answer } from './Answer';
import { Cohorts } from './Cohorts';
import { shareCell } from './figures';
import classes from './insight.module.css';
import { PeopleLink } from './PeopleLink';
import { RateFigure } from './RateFigure';
import { Rates } from './Rates';
import { Section } from './Section';
import { defaultWindow, type InsightSearch, windows } from './urls';

/** What the tab shows. */
export type Conversion = InsightConversionTabQuery['insightConversion'];

const route = getRouteApi('/shell/insight');

/** Who comes back after the first order, and after the next ones. */
export function ConversionTab(props: { months: number }) {
  const { t } = useTranslation('insight');
  const { window = defaultWindow } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = (
    <SegmentedControl
      aria-label={t('window')}
      size="xs"
      value={window}
      data={windows.map((value) => ({ value, label: t('withinDays', { days: value }) }))}
      onChange={(value) =>
        void navigate({ search: (before) => ({ ...before, window: value as InsightSearch['window'] }) })
      }
    />
  );
  return (
    <Answer
      query={InsightConversionTabDocument}
      variables={{ months: props.months, window: Number(window) }}
      empty={({ insightConversion: found }) => found.cohorts.every((one) => one.first.count === 0)}
      asOf={(data) => data.insightConversion.asOf}
    >
      {({ insightConversion: found }) => (
        <>
          <Head conversion={found} />
          <Cohorts conversion={found} actions={choose} />
          <ByMall conversion={found} />
          <div className={classes.pair}>
            <Steps conversion={found} />
            <ByCategory conversion={found} />
          </div>
        </>
      )}
    </Answer>
  );
}

function Head(props: { conversion: Conversion }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const { f2, again, window, medianDays, steps } = props.conversion;
  const third = steps.find((one) => one.order === 2);
  return (
    <FigureRow>
      <RateFigure label={t('conversion.f2', { window })} definition={t('conversion.f2Definition', { window })} rate={f2} />
      {third && (
        <RateFigure label={t('conversion.f3', { window })} definition={t('conversion.f3Definition', { window })} rate={third.rate} />
      )}
      <Figure
        label={t('conversion.median')}
        definition={t('conversion.medianDefinition')}
        value={medianDays === null ? '–' : t('days', { days: format.number(medianDays) })}
      />
      <Figure
        label={t('conversion.first')}
        definition={t('conversion.firstDefinition')}
        value={
          <PeopleLink people={again.of} label={t('conversion.first')}>
            {format.people(again.of.count)}
          </PeopleLink>
        }
        note={t('conversion.againSoFar', { people: format.people(again.hit.count) })}
      />
    </FigureRow>
  );
}

function Steps(props: { conversion: Conversion }) {
  const { t } = useTranslation('insight');
  const { steps, window } = props.conversion;
  const heads = {
    name: t('conversion.step'),
    of: t('conversion.stepOf'),
    hit: t('conversion.stepHit', { window }),
    share: t('rate'),
  };
  const name = (order: number) => t('conversion.stepName', { from: order, to: order + 1 });
  return (
    <Section
      title={t('conversion.steps')}
      definition={t('conversion.stepsDefinition', { window })}
      note={t('conversion.over', { window })}
      csv={() => [
        [heads.name, heads.of, heads.hit, heads.share],
        ...steps.map(({ order, rate }): Cell[] => [name(order), rate.of.count, rate.hit.count, shareCell(rate.share)]),
      ]}
    >
      <Rates
        heads={heads}
        rows={steps.map(({ order, rate }) => ({ key: String(order), name: name(order), who: name(order), ...rate }))}
      />
    </Section>
  );
}

function useHeads(window: number, name: string) {
  const { t } = useTranslation('insight');
  return { name, of: t('conversion.of'), hit: t('conversion.hit', { window }), share: t('conversion.rate') };
}

function ByMall(props: { conversion: Conversion }) {
  const { t } = useTranslation('insight');
  const { t: tUi } = useTranslation('ui');
  const { byMall, window } = props.conversion;
  const heads = useHeads(window, t('firstMall'));
  return (
    <Section
      title={t('conversion.byMall')}
      definition={t('conversion.byMallDefinition', { window })}
      note={t('conversion.over', { window })}
      csv={() => [
        [heads.name, heads.of, heads.hit, heads.share, t('previous'), t('medianDays')],
        ...byMall.map(({ mall, rate, medianDays }): Cell[] => [
          tUi(`mall.${mall}`),
          rate.of.count,
          rate.hit.count,
          shareCell(rate.share),
          shareCell(rate.previous),
          medianDays,
        ]),
      ]}
    >
      <Rates
        heads={heads}
        rows={byMall.map(({ mall, rate, medianDays }) => ({
          key: mall,
          name: <MallDot mall={mall} />,
          who: tUi(`mall.${mall}`),
          color: mallColor(mall),
          medianDays,
          ...rate,
        }))}
      />
    </Section>
  );
}

function ByCategory(props: { conversion: Conversion }) {
  const { t } = useTranslation('insight');
  const { byCategory, window } = props.conversion;
  const heads = useHeads(window, t('conversion.category'));
  const name = (category: string) => category || t('conversion.noCategory');
  return (
    <Section
      title={t('conversion.byCategory')}
      definition={t('conversion.byCategoryDefinition', { window })}
      note={t('conversion.over', { window })}
      csv={() => [
        [heads.name, heads.of, heads.hit, heads.share],
        ...byCategory.map(({ category, rate }): Cell[] => [
          name(category),
          rate.of.count,
          rate.hit.count,
          shareCell(rate.share),
        ]),
      ]}
    >
      <Rates
        heads={heads}
        rows={byCategory.map(({ category, rate }) => ({ key: category, name: name(category), who: name(category), ...rate }))}
      />
    </Section>
  );
}
