/** What a booking did to one lot, and which grant that was. */
export interface LotPart {
  points: number;
  moved: boolean;
  /** Of a claw-back, what of the lot had expired before. */
  expired: number;
  earnedAt: string;
  usableAt?: string | null;
  expiresOn?: string | null;
  reason: string;
  note: string;
  orderNo: string;
  /** What was done for it; null where no rule gave it for an action. */
  action?: string | null;
  ruleNames: readonly string[];
}

/** What is told of a lot: its terms where points came in, else of which grant the points are; the words are the page's. */
type LotWords =
  | { key: 'terms' | 'termsLater' | 'termsNever' | 'termsLaterNever'; from: string; to: string }
  | { key: 'of' | 'ofNever'; points: number; day: string; why: string; to: string }
  | { key: 'expired'; points: number };

interface Lang {
  date: (at: string) => string;
  why: (reason: string, kind: string) => string;
}

/** The rules that gave lots for something their owner did, by name: they say more than that he did it. */
export function rulesOf(lots: readonly Pick<LotPart, 'action' | 'ruleNames'>[]): string {
  return [...new Set(lots.flatMap((lot) => (lot.action ? lot.ruleNames : [])))].join('・');
}

/** What to tell of the lots that a booking touched: when what it brought can be spent, and of which grant what it moved or took was, and what could not be taken back any more. */
export function lotWords(parts: readonly LotPart[], { date, why }: Lang): LotWords[] {
  return parts.flatMap((part): LotWords[] => {
    const gone: LotWords[] = part.expired > 0 ? [{ key: 'expired', points: part.expired }] : [];
    if (gone.length > 0 && part.points === 0) return gone;
    const to = part.expiresOn ? date(part.expiresOn) : '';
    if (part.points > 0 && !part.moved) {
      const from = part.usableAt ? date(part.usableAt) : '';
      if (from) return [{ key: to ? 'terms' : 'termsNever', from, to }];
      return [{ key: to ? 'termsLater' : 'termsLaterNever', from, to }];
    }
    const grant = [rulesOf([part]) || why(part.reason, 'GRANT'), part.orderNo, part.note].filter(Boolean).join(' · ');
    return [{ key: to ? 'of' : 'ofNever', points: Math.abs(part.points), day: date(part.earnedAt), why: grant, to }, ...gone];
  });
}
