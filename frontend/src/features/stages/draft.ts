import type {
  LadderRecordFieldsFragment,
  StageFall,
  StageLadderFieldsFragment,
  StageLadderInput,
  StageMatch,
  StageReview,
  StageTrialQuery,
  StageWindow,
} from '#gql/stages/graphql';

/** What a figure of the form holds: a number, or nothing yet. */
export type Typed = number | string;

/** One stage as the form holds it; 0 or nothing = not asked for. */
export interface StageDraft {
  /** Of the row on screen; stages that are not saved have no id. */
  key: string;
  id?: string;
  name: string;
  spend: Typed;
  orders: Typed;
  points: Typed;
  /** Less is enough to keep it. */
  easier: boolean;
  keepSpend: Typed;
  keepOrders: Typed;
  keepPoints: Typed;
  windowMonths: Typed;
  /** Times, 1.25. */
  multiplier: Typed;
  /** A line each. */
  benefits: string;
}

/** The ladder as the form holds it. */
export interface LadderDraft {
  stages: StageDraft[];
  match: StageMatch;
  window: StageWindow;
  fall: StageFall;
  review: StageReview;
  graceDays: Typed;
}

/** Basis points: 10000 = once. */
export const once = 10_000;

/** What a stage may ask for. */
export const amounts = ['spend', 'orders', 'points'] as const;

/** What a ladder asks for and brings: the one that holds, one that held, or one that is planned. */
export type LadderTerms = Pick<LadderRecordFieldsFragment, 'match' | 'window' | 'fall' | 'review' | 'graceDays' | 'stages'>;

/** The terms of the ladder that holds. */
export function termsOf({ match, window, fall, review, graceDays, stages }: StageLadderFieldsFragment): LadderTerms {
  return {
    match,
    window,
    fall,
    review,
    graceDays,
    stages: stages.map((stage) => ({
      stageId: stage.id,
      name: stage.name,
      reach: { spend: stage.spendThreshold.amount, orders: stage.orderThreshold, points: stage.pointThreshold },
      keep: stage.keep,
      windowMonths: stage.windowMonths,
      pointMultiplier: stage.pointMultiplier,
      benefits: stage.benefits,
    })),
  };
}

/** The form of a ladder. */
export function draftOf(ladder: LadderTerms): LadderDraft {
  return {
    match: ladder.match,
    window: ladder.window,
    fall: ladder.fall,
    review: ladder.review,
    graceDays: ladder.graceDays,
    stages: ladder.stages.map((stage, i) => ({
      key: stage.stageId ?? `new-${i}`,
      ...(stage.stageId && { id: stage.stageId }),
      name: stage.name,
      spend: asked(stage.reach.spend),
      orders: asked(stage.reach.orders),
      points: asked(stage.reach.points),
      easier: amounts.some((key) => stage.keep[key] !== stage.reach[key]),
      keepSpend: stage.keep.spend,
      keepOrders: stage.keep.orders,
      keepPoints: stage.keep.points,
      windowMonths: stage.windowMonths,
      multiplier: stage.pointMultiplier / once,
      benefits: stage.benefits.join('\n'),
    })),
  };
}

/** An amount that is not asked for is an empty field. */
const asked = (amount: number): Typed => amount || '';

/** A new stage above the highest. */
export function stageAbove(stages: readonly StageDraft[], key: string): StageDraft {
  const top = stages.at(-1);
  const spend = amount(top?.spend ?? 0) * 2 || 10_000;
  return {
    key,
    name: '',
    spend,
    orders: '',
    points: '',
    easier: false,
    keepSpend: spend,
    keepOrders: '',
    keepPoints: '',
    windowMonths: top?.windowMonths ?? 12,
    multiplier: top?.multiplier ?? 1,
    benefits: top?.benefits ?? '',
  };
}

/** What the server is asked to try or to save. */
export function inputOf(draft: LadderDraft): StageLadderInput {
  return {
    match: draft.match,
    window: draft.window,
    fall: draft.fall,
    review: draft.review,
    graceDays: amount(draft.graceDays),
    stages: draft.stages.map((stage, i) => {
      const lowest = i === 0;
      const keep = stage.easier && !lowest;
      return {
        id: stage.id ?? null,
        name: stage.name.trim(),
        spend: lowest ? 0 : amount(stage.spend),
        orders: lowest ? 0 : amount(stage.orders),
        points: lowest ? 0 : amount(stage.points),
        keepSpend: keep ? amount(stage.keepSpend) : null,
        keepOrders: keep ? amount(stage.keepOrders) : null,
        keepPoints: keep ? amount(stage.keepPoints) : null,
        windowMonths: amount(stage.windowMonths),
        pointMultiplier: Math.round(Number(stage.multiplier) * once),
        benefits: stage.benefits.split('\n').map((line) => line.trim()).filter(Boolean),
      };
    }),
  };
}

const amount = (typed: Typed): number => Math.trunc(Number(typed)) || 0;

/** What a trial says. */
export type Trial = NonNullable<StageTrialQuery['stageTrial']['trial']>;

/** Members who would rise, fall, or stay. */
interface Tally {
  up: number;
  down: number;
  same: number;
}

/** Where a stage of now stands on the ladder tried: at its own place, or below all when it was taken off. */
const placeOf = (id: string, stages: readonly StageDraft[]) => stages.findIndex((stage) => stage.id === id);

/** Counts who would rise and who would fall by the ladder tried. */
export function tallyOf(trial: Trial, stages: readonly StageDraft[]): Tally {
  const tally: Tally = { up: 0, down: 0, same: 0 };
  for (const move of trial.moves) tally[directionOf(move, stages)] += move.members;
  return tally;
}

/** Which way a move goes. A stage that was taken off is left downwards, unless the way leads above where it stood. */
export function directionOf(move: Trial['moves'][number], stages: readonly StageDraft[]): keyof Tally {
  const from = placeOf(move.from.id, stages);
  if (from < 0) return move.to >= move.from.position - 1 ? 'up' : 'down';
  return move.to > from ? 'up' : move.to < from ? 'down' : 'same';
}
