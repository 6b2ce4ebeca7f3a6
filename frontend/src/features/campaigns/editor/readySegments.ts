/** Segments every merchant wants first; one is made when it is chosen. Their names stand in the words of the feature. */
export const readySegments = {
  everybody: { all: [] },
  mailConsent: { all: [{ field: 'mail_consent', op: 'is', value: true }] },
  once: { all: [{ field: 'orders', op: 'eq', value: 1 }] },
  again: { all: [{ field: 'orders', op: 'gte', value: 2 }] },
  lately: { all: [{ field: 'last_order', op: 'within_days', value: 90 }] },
  asleep: { all: [{ field: 'last_order', op: 'before_days', value: 180 }] },
} as const;

type Ready = keyof typeof readySegments;

/** Their names in the order in which they are offered. */
export const readyNames = Object.keys(readySegments) as Ready[];
