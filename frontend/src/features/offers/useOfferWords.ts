import type { OfferFieldsFragment } from '#gql/offers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useTranslation } from 'react-i18next';
import { writeValue } from './value';

/** Writes the benefit of an offer in the language of the screen. */
export function useOfferWords(): (offer: Pick<OfferFieldsFragment, 'kind' | 'value'>) => string {
  const { t } = useTranslation('offers');
  const format = useFormat();
  return (offer) => writeValue(offer, format, (figure) => t('times', { figure }), t('kind.FREE_SHIPPING'));
}
