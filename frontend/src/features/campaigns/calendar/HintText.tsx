import { useTranslation } from 'react-i18next';
import type { Hint } from './hints';
import { lineOf } from './line';
import { useCalendarWords } from './useCalendarWords';

/** A hint in sentences: what is on, whether it is only expected and by what, and what can be done. */
export function HintText(props: {
  hint: Hint;
  /** It is said on the page of the one campaign it is about, which then needs no name. */
  ofThis?: boolean;
}) {
  const { t } = useTranslation('campaigns');
  const { t: tUi } = useTranslation('ui');
  const words = useCalendarWords();
  const { hint } = props;
  const quoted = (name: string) => t('calendar.quoted', { name });
  const named = (campaigns: readonly { name: string }[]) => campaigns.map(({ name }) => quoted(name)).join(t('messages.and'));
  if (hint.kind === 'SAME_AUDIENCE') {
    return t('calendar.hint.SAME_AUDIENCE', { names: named(hint.campaigns), segment: hint.segment });
  }
  const { event, better } = hint;
  const names = props.ofThis ? t('calendar.hint.thisOne') : named(hint.campaigns);
  const expected = lineOf(event) === 'PREDICTED';
  const what = t(`calendar.hint.${expected ? 'expected' : 'sure'}.${hint.kind}`, {
    mall: event.mall ? tUi(`mall.${event.mall}`) : '',
    event: quoted(event.name),
    period: words.period(event),
  });
  const advice =
    hint.kind === 'SALE_STARTS'
      ? t('calendar.hint.startsAdvice', { names })
      : better.length > 0 && t('calendar.hint.runsAdvice', { names, days: better.map(words.day).join(t('calendar.hint.or')) });
  const grounds = expected && event.source && t('calendar.hint.grounds', { source: event.source });
  return [what, grounds, advice].map((line) => line && <div key={line}>{line}</div>);
}
