import type { InsightWorthFieldsFragment } from '#gql/insight/graphql';
import { useFormat } from '#lib/FormatContext';
import { Figure } from '#ui/Figure';
import { useNetSales } from '#ui/netSales/useNetSales';
import { useTranslation } from 'react-i18next';
import { PeopleLink } from './PeopleLink';

type Worth = InsightWorthFieldsFragment;

const perHead = (worth: Worth) => (worth.people.count === 0 ? null : worth.netSales.amount / worth.people.count);

/** What a customer of one mall has brought beside one of several. */
export function WorthFigures(props: { one: Worth; several: Worth }) {
  const { t } = useTranslation('insight');
  const one = perHead(props.one);
  const several = perHead(props.several);
  return (
    <>
      <WorthFigure worth={props.several} name={t('circulation.severalSales')} />
      <WorthFigure worth={props.one} name={t('circulation.oneSales')} />
      <Figure
        label={t('circulation.ratio')}
        definition={t('circulation.ratioDefinition')}
        value={one && several !== null ? t('fold', { fold: (several / one).toFixed(1) }) : '–'}
      />
    </>
  );
}

function WorthFigure(props: { worth: Worth; name: string }) {
  const { t } = useTranslation('insight');
  const format = useFormat();
  const netSales = useNetSales();
  const { worth } = props;
  const sales = perHead(worth);
  const written = sales === null ? '–' : format.money(Math.round(sales), worth.netSales.currency);
  return (
    <Figure
      label={props.name}
      definition={t('circulation.worthDefinition', { netSales })}
      value={
        <PeopleLink people={worth.people} label={props.name}>
          {written}
        </PeopleLink>
      }
      chars={written.length}
      note={t('circulation.worthNote', {
        people: format.people(worth.people.count),
        times: (worth.orders / (worth.people.count || 1)).toFixed(1),
      })}
    />
  );
}
