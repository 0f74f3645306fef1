/** A figure that is known to lie between two bounds, both included; an exact one has equal bounds. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What is known of an enterprise and its need; null is "not known". Amounts are fen and fit a double exactly. */
export interface Facts {
  readonly district: string | null;
  readonly industry: string | null;
  readonly industry2: string | null;
  readonly tier: string | null;
  readonly titles: readonly string[] | null;
  readonly score: Range | null;
  readonly scoreBand: string | null;
  readonly status: string | null;
  readonly amountFen: Range | null;
  readonly termMonths: Range | null;
  readonly security: string | null;
  /** Unbounded when the enterprise named no highest rate: any rate is then within it. */
  readonly annualRateBpMax: Range | null;
}

export const exactly = (value: number): Range => ({ low: value, high: value });
export const anyRate: Range = { low: Number.POSITIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** An enterprise and its need as they are written down, one line of JSON: what a match can be explained from later. */
export interface WrittenFacts {
  profile: {
    district: string | null;
    industry: string | null;
    industry2: string | null;
    tier: string | null;
    titles: string[];
    score: number | null;
    scoreBand: string | null;
    status: string | null;
    modelVersion: string | null;
  } | null;
  need: { amountFen: string; termMonths: number; security: string; annualRateBpMax: number | null };
  /** As frozen on the need and shown on its lead. */
  lead: { district: string | null; industry2: string | null; tier: string | null; scoreBand: string | null };
}

/** Everything, for the enterprise's own eyes and for a bank that has taken a place. */
export function openFacts({ profile, need }: WrittenFacts): Facts {
  const known = profile ?? noProfile;
  return {
    district: known.district,
    industry: known.industry,
    industry2: known.industry2,
    tier: known.tier,
    titles: known.titles,
    score: known.score === null ? null : exactly(known.score),
    scoreBand: known.scoreBand,
    status: known.status,
    amountFen: exactly(Number(need.amountFen)),
    termMonths: exactly(need.termMonths),
    security: need.security,
    annualRateBpMax: need.annualRateBpMax === null ? anyRate : exactly(need.annualRateBpMax),
  };
}

const noProfile = {
  district: null,
  industry: null,
  industry2: null,
  tier: null,
  titles: null,
  score: null,
  scoreBand: null,
  status: null,
};

/**
 * Only what a lead shows: a rule of a bank's own making must not become a way to ask for the rest. The amount is its
 * band; exact score, titles and the highest rate that is wanted are not known.
 */
export function leadFacts({ lead, need }: WrittenFacts, band: Range): Facts {
  return {
    ...lead,
    industry: null,
    titles: null,
    score: null,
    status: null,
    amountFen: band,
    termMonths: exactly(need.termMonths),
    security: need.security,
    annualRateBpMax: null,
  };
}
