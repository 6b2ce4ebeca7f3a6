import type { CustomerTimelineQuery, TimelineKind } from '#gql/graphql';
import { useFormat } from '#lib/FormatContext';
import {
  type Icon,
  IconCheckupList,
  IconCoin,
  IconDots,
  IconId,
  IconMail,
  IconShoppingBag,
  IconStairsUp,
  IconTicket,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

type Entry = NonNullable<CustomerTimelineQuery['customer']>['timeline']['edges'][number]['node'];

/** The icon of each kind of entry, the same wherever the kind is shown. */
export const kindIcons: Record<TimelineKind, Icon> = {
  ORDER: IconShoppingBag,
  POINTS: IconCoin,
  STAGE: IconStairsUp,
  MESSAGE: IconMail,
  CONSENT: IconCheckupList,
  MEMBER: IconId,
  OFFER: IconTicket,
  OTHER: IconDots,
};

/** What an entry says: its event as a sentence, what it is about, and its figure. An event without words is named by its kind. */
export function useEventWords(entry: Entry): { title: string; detail?: string; figure?: string } {
  const { t, i18n } = useTranslation('customers');
  const format = useFormat();
  const data = (typeof entry.data === 'object' && entry.data !== null ? entry.data : {}) as Record<string, unknown>;
  const known = `customers:event.${entry.event}`;
  const title = i18n.exists(known) ? String(t(known as never)) : t(`kind.${entry.kind}`);

  const amount = number(data.amount);
  const figure =
    amount === undefined
      ? undefined
      : entry.kind === 'ORDER'
        ? format.money(amount, string(data.currency))
        : entry.kind === 'POINTS'
          ? `${amount > 0 ? '+' : ''}${format.points(amount)}`
          : undefined;
  return { title, detail: detailOf(data), figure };
}

/** The name an entry is about: an order number, a subject, a stage. */
function detailOf(data: Record<string, unknown>): string | undefined {
  const from = string(data.from);
  const to = string(data.to);
  if (to) return from ? `${from} → ${to}` : to;
  return string(data.orderNo) ?? string(data.subject) ?? string(data.name) ?? string(data.code);
}

const number = (value: unknown) => (typeof value === 'number' ? value : undefined);
const string = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
