import type { FeeRateFieldsFragment } from '#gql/fees/graphql';
import { minorDigits } from '#lib/format';

/** What one types in of a version. */
export interface FeeValues {
  mall: FeeRateFieldsFragment['mall'];
  shopId: string | null;
  kind: FeeRateFieldsFragment['kind'];
  basis: FeeRateFieldsFragment['basis'];
  /** Percent. */
  rate: number | string;
  /** Per order, in the currency's own unit. */
  amount: number | string;
  /** 2026-11-22; "" is from the beginning. */
  from: string;
  note: string;
}

/** What is sent: percent as basis points, amounts in the minor unit, exact to the last digit. */
export const feeInput = (values: FeeValues, currency: string) => ({
  ...values,
  rate: Math.round(Number(values.rate) * 100),
  amount: Math.round(Number(values.amount) * 10 ** minorDigits(currency)),
  from: values.from || null,
  note: values.note.trim(),
});

/** The versions of one kind, for one mall or shop. */
export interface Series {
  key: string;
  current: FeeRateFieldsFragment | undefined;
  coming: readonly FeeRateFieldsFragment[];
  past: readonly FeeRateFieldsFragment[];
}

/** Every kind, in the order lists show them. */
export const kinds = ['SYSTEM', 'PAYMENT', 'POINTS', 'AFFILIATE', 'OTHER'] as const;

/** The versions of a mall as they belong together: by kind, the mall's own before those of its shops. */
export function seriesOf(all: readonly FeeRateFieldsFragment[]): Series[] {
  const rates = all.toSorted((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
  const byKey = new Map<string, FeeRateFieldsFragment[]>();
  for (const rate of rates) {
    const key = `${rate.shop?.id ?? ''} ${rate.kind}`;
    byKey.set(key, [...(byKey.get(key) ?? []), rate]);
  }
  return [...byKey].map(([key, versions]) => ({
    key,
    current: versions.find((version) => version.state === 'IN_FORCE'),
    coming: versions.filter((version) => version.state === 'COMING'),
    past: versions.filter((version) => version.state === 'PAST'),
  }));
}
