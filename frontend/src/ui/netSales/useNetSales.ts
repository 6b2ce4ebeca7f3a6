import { NetSalesDocument } from '#gql/ui/graphql';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { type NetSalesDefinition, netSalesFormula } from './formula';

/** Writes a definition of net sales as one line. */
export function useNetSalesFormula(): (definition: NetSalesDefinition) => string {
  const { t } = useTranslation('ui');
  return (definition) =>
    t('netSales.formula', { formula: netSalesFormula(definition, t('netSales.goods'), (part) => t(`netSales.part.${part}`)) });
}

/** What counts as net sales in every report, in words made from the setting: for the definition of a figure. */
export function useNetSales(): string {
  const { t } = useTranslation('ui');
  const write = useNetSalesFormula();
  const [{ data }] = useQuery({ query: NetSalesDocument });
  return data ? `${write(data.netSales.inForce)}${t('netSales.rest')}` : '';
}
