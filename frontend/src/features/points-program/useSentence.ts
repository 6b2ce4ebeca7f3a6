import { useFormat } from '#lib/FormatContext';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { caps, inputOf, oftenOf, type RuleDraft } from './draft';

/** How stages, shops and segments are called, by id. */
export type Names = ReadonlyMap<string, string>;

/** Reads a rule back as a sentence: when, who and where, then what it gives, then its bounds. */
export function useSentence(names: Names): (draft: RuleDraft) => string {
  const { t } = useTranslation('points-program');
  const { t: tUi } = useTranslation('ui');
  const format = useFormat();
  return (draft) => {
    const named = (ids: readonly string[]) => format.list(ids.map((id) => names.get(id) ?? '?'));
    const places = [...draft.malls.map((mall) => tUi(`mall.${mall}`)), ...draft.shopIds.map((id) => names.get(id) ?? '?')];
    const days = draft.daysOfMonth.map((day) => String(day));
    const weekdays = draft.weekdays.map((day) => t(`weekday.${day as 0 | 1 | 2 | 3 | 4 | 5 | 6}`));
    const goods = [...draft.skus, ...draft.categories];
    const ofOrders = draft.kind !== 'ACTION';
    const when = [
      period(t, draft.from, draft.to),
      days.length > 0 && t('sentence.days', { days: format.list(days) }),
      weekdays.length > 0 && t('sentence.weekdays', { days: weekdays.join(t('sentence.and')) }),
      draft.birthMonth && t('sentence.birthMonth'),
      draft.stageIds.length > 0 && t('sentence.stages', { names: named(draft.stageIds) }),
      draft.segmentIds.length > 0 && t('sentence.segments', { names: named(draft.segmentIds) }),
      inputOf(draft).conditions.formIds?.length && t('sentence.forms', { names: named(draft.formIds) }),
      places.length > 0 && t('sentence.places', { names: format.list(places) }),
      ofOrders && Number(draft.minAmount) > 0 && t('sentence.minAmount', { amount: format.money(Number(draft.minAmount)) }),
      ofOrders && goods.length > 0 && t('sentence.goods', { names: format.list(goods) }),
    ].filter((part) => typeof part === 'string' && part !== '');
    const { caps: bounds } = inputOf(draft);
    const limits = caps.flatMap((cap) => (bounds[cap] ? [t(`sentence.cap.${cap}`, { points: format.points(bounds[cap]) })] : []));
    const whole = t('sentence.whole', { when: when.join(t('sentence.join')), gift: gift(t, format, draft), separator: when.length > 0 ? t('sentence.join') : '' });
    if (limits.length === 0) return whole;
    return t('sentence.both', { sentence: whole, limits: t('sentence.limits', { limits: format.list(limits) }) });
  };
}

function period(t: TFunction<'points-program'>, from: string | null, to: string | null): string {
  const day = (of: string) => of.replaceAll('-', '/');
  if (from && to) return from === to ? t('sentence.on', { day: day(from) }) : t('sentence.fromTo', { from: day(from), to: day(to) });
  if (from) return t('sentence.from', { day: day(from) });
  return to ? t('sentence.to', { day: day(to) }) : '';
}

/** How often an action earns and how long its points live, as far as a rule says so. */
function terms(t: TFunction<'points-program'>, draft: RuleDraft): string {
  const often = oftenOf(draft);
  const days = Number(draft.validDays);
  return [often && t(`sentence.often.${often}`), days > 0 && t('sentence.validDays', { days })].filter(Boolean).map((part) => t('sentence.term', { part })).join('');
}

function gift(t: TFunction<'points-program'>, format: ReturnType<typeof useFormat>, draft: RuleDraft): string {
  const points = format.points(Number(draft.points));
  switch (draft.kind) {
    case 'MULTIPLIER':
      return t('sentence.times', { times: Number(draft.times) });
    case 'BASE':
      return t('sentence.rate', { amount: format.money(Number(draft.perAmount)), points });
    case 'BONUS':
      return t(`sentence.bonus.${draft.per}`, { points });
    case 'ACTION':
      return t('sentence.action', { action: t(`action.${draft.action}`), points, terms: terms(t, draft) });
  }
}
