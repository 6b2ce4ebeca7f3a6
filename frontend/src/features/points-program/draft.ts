import type { EarnAction, EarnRuleFieldsFragment, SaveEarnRuleInput } from '#gql/points-program/graphql';

/** What a number field holds while one types. */
export type Typed = number | string;

/** A rule as the form has it; multipliers are times, not basis points. */
export interface RuleDraft {
  id: string | null;
  version: number | null;
  name: string;
  kind: EarnRuleFieldsFragment['kind'];
  perAmount: Typed;
  points: Typed;
  times: Typed;
  per: NonNullable<EarnRuleFieldsFragment['per']>;
  action: EarnAction;
  often: EarnRuleFieldsFragment['often'];
  validDays: Typed;
  from: string | null;
  to: string | null;
  daysOfMonth: number[];
  weekdays: number[];
  birthMonth: boolean;
  stageIds: string[];
  segmentIds: string[];
  shopIds: string[];
  malls: EarnRuleFieldsFragment['conditions']['malls'];
  skus: string[];
  categories: string[];
  minAmount: Typed;
  formIds: string[];
  caps: Record<Cap, Typed>;
}

/** How often an action is done by its nature, whatever a rule asks. */
const natural: Partial<Record<EarnAction, NonNullable<EarnRuleFieldsFragment['often']>>> = {
  JOIN: 'ONCE', MAIL_SUBSCRIPTION: 'ONCE', LINE_SUBSCRIPTION: 'ONCE', REFERRED: 'ONCE', BIRTHDAY: 'YEAR',
};
export const naturalOften = (action: EarnAction) => natural[action] ?? null;
/** How often one person gets the points of an action; null: each time. */
export const oftenOf = (draft: Pick<RuleDraft, 'action' | 'often'>) => naturalOften(draft.action) ?? draft.often ?? null;

export const caps = ['order', 'day', 'person', 'total'] as const;
type Cap = (typeof caps)[number];

export const kinds = ['MULTIPLIER', 'BONUS', 'BASE', 'ACTION'] as const;
export const pers = ['ORDER', 'LINE', 'ITEM'] as const;
export const actions = [
  'JOIN', 'MAIL_SUBSCRIPTION', 'LINE_SUBSCRIPTION', 'BIRTHDAY', 'REVIEW', 'SURVEY', 'APP_INSTALL', 'STORE_CHECK_IN', 'PROFILE_COMPLETE',
  'SNS_FOLLOW', 'REFERRAL', 'REFERRED',
] as const satisfies readonly EarnAction[];

const empty: RuleDraft = {
  id: null, version: null, name: '', kind: 'MULTIPLIER', perAmount: 100, points: '', times: 2, per: 'ORDER', action: 'LINE_SUBSCRIPTION', often: null, validDays: '',
  from: null, to: null, daysOfMonth: [], weekdays: [], birthMonth: false, stageIds: [], segmentIds: [], shopIds: [], malls: [], skus: [], categories: [],
  minAmount: '', formIds: [], caps: { order: '', day: '', person: '', total: '' },
};

/** Ready-made beginnings. */
export const starts = ['double', 'thanksDay', 'birthday', 'join', 'birthdayGift', 'line', 'blank'] as const;
export type Start = (typeof starts)[number];

/** The draft a beginning opens with; names and today come from the page. */
export function draftOf(start: Start, name: string, today: string): RuleDraft {
  const draft = { ...empty, name, from: today };
  switch (start) {
    case 'double':
      return { ...draft, to: today };
    case 'thanksDay':
      return { ...draft, daysOfMonth: [18], caps: { ...empty.caps, order: 1000 } };
    case 'birthday':
      return { ...draft, birthMonth: true };
    case 'line':
      return { ...draft, kind: 'ACTION', points: 500 };
    case 'join':
      return { ...draft, kind: 'ACTION', action: 'JOIN', points: 500 };
    case 'birthdayGift':
      return { ...draft, kind: 'ACTION', action: 'BIRTHDAY', points: 300, validDays: 60 };
    case 'blank':
      return { ...draft, name: '' };
  }
}

const shown = (amount: number): Typed => (amount === 0 ? '' : amount);

/** A rule as the form shows it. */
export function draftFrom(rule: EarnRuleFieldsFragment): RuleDraft {
  const { conditions: c } = rule;
  return {
    id: rule.id,
    version: rule.version,
    name: rule.name,
    kind: rule.kind,
    perAmount: rule.perAmount || 100,
    points: rule.kind === 'BASE' ? rule.points : shown(rule.points),
    times: rule.multiplier ? rule.multiplier / 10_000 : 2,
    per: rule.per ?? 'ORDER',
    action: rule.action ?? 'LINE_SUBSCRIPTION',
    often: rule.often,
    validDays: shown(rule.validDays),
    from: c.from ?? null,
    to: c.to ?? null,
    daysOfMonth: c.daysOfMonth,
    weekdays: c.weekdays,
    birthMonth: c.birthMonth,
    stageIds: c.stageIds,
    segmentIds: c.segmentIds,
    shopIds: c.shopIds,
    malls: c.malls,
    skus: c.skus,
    categories: c.categories,
    minAmount: shown(c.minAmount),
    formIds: c.formIds,
    caps: { order: shown(rule.caps.order), day: shown(rule.caps.day), person: shown(rule.caps.person), total: shown(rule.caps.total) },
  };
}

/** What the draft asks the server for. What its kind does not have is left out. */
export function inputOf(d: RuleDraft): SaveEarnRuleInput {
  const ofOrders = d.kind !== 'ACTION';
  return {
    id: d.id,
    version: d.version,
    name: d.name,
    kind: d.kind,
    perAmount: d.kind === 'BASE' ? Number(d.perAmount) : null,
    points: d.kind === 'MULTIPLIER' ? null : Number(d.points),
    multiplier: d.kind === 'MULTIPLIER' ? Math.round(Number(d.times) * 10_000) : null,
    per: d.kind === 'BONUS' ? d.per : null,
    action: d.kind === 'ACTION' ? d.action : null,
    often: d.kind === 'ACTION' ? d.often : null,
    validDays: d.kind === 'ACTION' ? Number(d.validDays) : null,
    conditions: {
      from: d.from,
      to: d.to,
      daysOfMonth: d.daysOfMonth,
      weekdays: d.weekdays,
      birthMonth: d.birthMonth,
      stageIds: d.stageIds,
      segmentIds: d.segmentIds,
      shopIds: d.shopIds,
      malls: d.malls,
      skus: ofOrders ? d.skus : [],
      categories: ofOrders ? d.categories : [],
      minAmount: ofOrders ? Number(d.minAmount) : 0,
      formIds: d.kind === 'ACTION' && d.action === 'JOIN' ? d.formIds : [],
    },
    caps: {
      order: ofOrders && d.kind !== 'BASE' ? Number(d.caps.order) : 0,
      day: d.kind === 'BASE' ? 0 : Number(d.caps.day),
      person: d.kind === 'BASE' ? 0 : Number(d.caps.person),
      total: d.kind === 'BASE' ? 0 : Number(d.caps.total),
    },
  };
}
