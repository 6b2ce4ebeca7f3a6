import { InsightCirculationTabDocument, type InsightCirculationTabQuery } from '#gql/insight/graphql';
import { useFormat } from '#lib/FormatContext';
import type { Cell } from '#lib/csv';
import { FigureRow } from '#ui/Figure';
import { useTranslation } from 'react-i18next';
import { Answer } from './Answer';
import { Columns } from './Columns';
import { Coverage } from './Coverage';
import { CrossingMatrix } from './CrossingMatrix';
import { monthLabels, shareCell, shareText } from './figures';
import { OverlapMatrix } from './OverlapMatrix';
import { RateFigure } from './RateFigure';
import { Section } from './Section';
import { WorthFigures } from './Worth';

/** What the tab shows. */
export type Circulation = InsightCirculationTabQuery['insightCirculation'];

/** How customers go from mall to mall. */
export function CirculationTab(props: { months: number }) {
  const { t } = useTranslation('insight');
  return (
    <Answer
      query={InsightCirculationTabDocument}
      variables={{ months: props.months }}
      empty={({ insightCirculation: found }) => found.rate.of.count === 0}
      asOf={(data) => data.insightCirculation.asOf}
    >
      {({ insightCirculation: found }) => (
        <>
          <FigureRow>
            <RateFigure label={t('circulation.rate')} definition={t('circulation.rateDefinition')} rate={found.rate} />
            <WorthFigures one={found.one} several={found.several} />
          </FigureRow>
          <CrossingMatrix circulation={found} />
          <Course months={found.months} />
          <OverlapMatrix circulation={found} />
          <Coverage covered={found.covered} />
        </>
      )}
    </Answer>
  );
}

function Course(props: { months: Circulation['months'] }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  return (
    <Section
      title={t('circulation.course')}
      definition={t('circulation.courseDefinition')}
      csv={() => [
        [t('circulation.end'), t('circulation.bought'), t('circulation.several'), t('circulation.rate')],
        ...props.months.map(({ day, rate }): Cell[] => [day, rate.of.count, rate.hit.count, shareCell(rate.share)]),
      ]}
    >
      <Columns
        label={t('circulation.course')}
        columns={props.months.map(({ day, rate }, at) => ({
          key: day,
          ...monthLabels(day, at, format),
          value: rate.share,
          written: shareText(rate.share, format),
          people: rate.hit,
          who: t('circulation.courseWho', { day: format.date(day) }),
        }))}
      />
    </Section>
  );
}
