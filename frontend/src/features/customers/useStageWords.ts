import { CustomerLadderDocument } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import type { CustomerHead } from './CustomerPage';

type Standing = NonNullable<CustomerHead['stage']>;

/** The server's word for a day that never comes. */
const noDay = '9999-12-31';

/** What a stage asks for, joined as its ladder says: any of it, or all. */
export function useStageWords() {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const [{ data }] = useQuery({ query: CustomerLadderDocument });
  const all = data?.stageLadder.match === 'ALL';

  const amounts = (missing: { spend: number; orders: number; points: number }) =>
    [
      missing.spend > 0 && format.money(missing.spend),
      missing.orders > 0 && t('times', { count: missing.orders, shown: format.number(missing.orders) }),
      missing.points > 0 && format.points(missing.points),
    ]
      .filter((part) => part !== false)
      .join(t(all ? 'stage.and' : 'stage.or'));

  return {
    next: (next: NonNullable<Standing['next']>) => {
      const amount = amounts({ spend: next.missingAmount, orders: next.missingOrders, points: next.missingPoints });
      return next.by === noDay
        ? t('stage.nextEver', { amount, name: next.name })
        : t('stage.next', { amount, name: next.name, date: format.date(next.by) });
    },
    loss: (loss: NonNullable<Standing['loss']>) => {
      const amount = amounts(loss.missing);
      return t(amount ? 'stage.loss' : 'stage.lossOnly', {
        date: format.date(loss.on),
        name: loss.to,
        by: format.date(loss.by),
        amount,
      });
    },
  };
}
