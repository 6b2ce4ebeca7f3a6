import { type CustomerTimelineQuery, CustomerStagesDocument, type TimelineKind } from '#gql/customers/graphql';
import { useFormat } from '#lib/FormatContext';
import type { Format } from '#lib/format';
import { rulesOf } from '#lib/pointLots';
import { pointReasonKey } from '#lib/pointReason';
import {
  type Icon,
  IconCheckupList,
  IconCoin,
  IconId,
  IconMail,
  IconNote,
  IconPointer,
  IconShoppingBag,
  IconStairsUp,
  IconTicket,
  IconUsers,
} from '@tabler/icons-react';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';

/** What happened to a customer once. */
export type Entry = NonNullable<CustomerTimelineQuery['customer']>['timeline']['edges'][number]['node'];

/** What an entry says: its event as a sentence, what it is about, and its figure. */
interface EventWords {
  title: string;
  detail?: string;
  figure?: string;
  /** The figure is what something costs, not what was bought or booked. */
  quiet?: true;
}

/** The icon of each kind of entry, the same wherever the kind is shown. */
export const kindIcons: Record<TimelineKind, Icon> = {
  ORDER: IconShoppingBag,
  POINTS: IconCoin,
  STAGE: IconStairsUp,
  MESSAGE: IconMail,
  CONSENT: IconCheckupList,
  MEMBER: IconId,
  OFFER: IconTicket,
  BEHAVIOUR: IconPointer,
  NOTE: IconNote,
  OTHER: IconUsers,
};

/** Puts timeline entries into words. An event without words of its own is named by its kind. */
export function useEventWords(): (entry: Entry) => EventWords {
  const { t, i18n } = useTranslation(['customers', 'ui']);
  const format = useFormat();
  const [{ data: stages }] = useQuery({ query: CustomerStagesDocument });

  return useCallback(
    (entry) => {
      const data = fieldsOf(entry.data);
      /** The word of a code, or the code as it is: codes come from the server, so the compiler cannot check the key. */
      const word = (path: string, code: string | undefined) =>
        code && i18n.exists(`${path}.${code}`) ? String(t(`${path}.${code}` as never)) : code;
      const stage = (code: string | undefined) => stages?.stages.find((one) => one.code === code)?.name ?? code;
      const title = `customers:event.${entry.event}`;
      const titleWithReason = `${title}_${data.texts.reason}`;
      const named = [titleWithReason, title].find((key) => i18n.exists(key));

      return {
        title: named ? String(t(named as never)) : t(`kind.${entry.kind}`),
        ...detailOf(entry.kind),
      };

      function detailOf(kind: TimelineKind): Omit<EventWords, 'title'> {
        const { amount, goods, price, quantity } = data.numbers;
        const { currency, from, to, mall, channel, method, reason, orderNo, name, sku, words, path } = data.texts;
        switch (kind) {
          case 'NOTE':
            return { detail: entry.note?.body };
          case 'ORDER':
            // Money moves with some events only; that the order was shipped does not count it twice.
            return {
              detail: orderNo,
              figure: orderFigure(entry, goods, currency, format),
              quiet: movingMoney.has(entry.event) ? undefined : true,
            };
          case 'POINTS':
            return {
              detail: pointDetail(entry, reason, named === titleWithReason ? undefined : word('customers:pointReason', reason && pointReasonKey(reason, entry.event))),
              figure: amount === undefined ? undefined : pointsFigure(entry.event, amount, format),
            };
          case 'STAGE':
            return { detail: [stage(from), stage(to)].filter(Boolean).join(' → ') };
          case 'MESSAGE':
            return {
              detail: [
                entry.campaign && t('timeline.words', { words: entry.campaign.name }),
                word(reason === 'HELD_OUT' ? 'campaigns:message' : 'campaigns:reason', reason),
                mall && t('timeline.toMall', { mall: word('ui:mall', mall) }),
              ]
                .filter(Boolean)
                .join(' · '),
            };
          case 'CONSENT':
            return {
              detail: [word('customers:channel', channel), word('customers:consentMethod', method)]
                .filter(Boolean)
                .join(' · '),
            };
          case 'BEHAVIOUR': {
            const product = [name ?? sku ?? path, quantity && quantity > 1 && `× ${format.number(quantity)}`].filter(Boolean).join(' ');
            return {
              detail: words ? t('timeline.words', { words }) : product,
              figure: price === undefined ? undefined : format.money(price, currency),
              quiet: true,
            };
          }
          case 'OTHER':
            return { detail: reason && i18n.exists(`customers:identityMerged.${reason}`) ? word('customers:identityMerged', reason) : undefined };
          default:
            return {};
        }
      }
    },
    [t, i18n, format, stages],
  );
}

/** Why points were booked; the rules that gave them for something done say it by themselves, or of which grant others are. */
function pointDetail({ pointLots }: Entry, reason: string | undefined, why: string | undefined): string | undefined {
  const rules = rulesOf(pointLots);
  return reason === 'ACTION' && rules ? rules : [why, rules].filter(Boolean).join(' · ');
}

/** What was paid, as the list of orders has it; of an order that is no longer there, what its goods cost. */
function orderFigure(entry: Entry, goods: number | undefined, currency: string | undefined, format: Format): string | undefined {
  if (entry.order) return format.money(entry.order.total.amount, entry.order.total.currency);
  return goods === undefined ? undefined : format.money(goods, currency);
}

const movingMoney = new Set(['order.placed', 'order.returned', 'order.adjusted']);

// What takes points away, and what only moves them; everything else adds.
const taking = new Set(['points.redeemed', 'points.captured', 'points.expired', 'points.clawed_back']);
const moving = new Set(['points.matured', 'points.held', 'points.released']);

/** The points of an event with the sign of what it did; events tell how many, and their kind which way. */
function pointsFigure(event: string, amount: number, format: Format): string {
  if (moving.has(event)) return format.points(Math.abs(amount));
  if (amount === 0) return format.points(0); // taken back after all of it had expired
  if (taking.has(event)) return `−${format.points(Math.abs(amount))}`;
  return `${amount < 0 ? '−' : '+'}${format.points(Math.abs(amount))}`;
}

/** The data of an event, apart by type: each noun writes its own, and what is missing is not shown. */
export function fieldsOf(data: unknown): { numbers: Record<string, number>; texts: Record<string, string> } {
  const entries = Object.entries(typeof data === 'object' && data !== null ? data : {}) as [string, unknown][];
  return {
    numbers: Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === 'number')),
    texts: Object.fromEntries(
      entries.filter((entry): entry is [string, string] => typeof entry[1] === 'string' && entry[1] !== ''),
    ),
  };
}
