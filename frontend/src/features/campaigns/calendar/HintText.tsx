import { useTranslation } from 'react-i18next';
import { addDays } from './days';
import type { Hint } from './hints';
import { useCalendarWords } from './useCalendarWords';

/** A hint in a sentence. */
export function HintText(props: { hint: Hint }) {
  const { t } = useTranslation('campaigns');
  const words = useCalendarWords();
  const { hint } = props;
  const names = hint.campaigns.map((campaign) => t('calendar.quoted', { name: campaign.name })).join(t('messages.and'));
  if (hint.kind === 'SAME_AUDIENCE') return t('calendar.hint.SAME_AUDIENCE', { names, segment: hint.segment });
  return t(`calendar.hint.${hint.kind}`, {
    names,
    event: hint.event.name,
    period: words.period(hint.event),
    before: words.day(addDays(hint.event.firstDay, -1)),
    last: words.day(hint.event.lastDay),
  });
}
