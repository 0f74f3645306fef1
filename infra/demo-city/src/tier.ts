/** 0 is "no tier"; 1 to 5 are the tiers of the pyramid from the bottom to the top. */
export type Tier = 0 | 1 | 2 | 3 | 4 | 5;

type Range = readonly [min: number, max: number];

/** What firms of a tier are like. The ranges overlap, as they do in life. */
export interface TierProfile {
  readonly tier: Tier;
  readonly share: number;
  readonly staff: Range;
  readonly rdStaffShare: Range;
  /** R&D expense over sales. */
  readonly rdIntensity: Range;
  readonly inventions: Range;
  readonly otherRights: Range;
  readonly ageYears: Range;
  /** Mean yearly growth of sales. */
  readonly growth: number;
}

export const tierProfiles: readonly TierProfile[] = [
  {
    tier: 0,
    share: 0.45,
    staff: [3, 70],
    rdStaffShare: [0, 0.12],
    rdIntensity: [0, 0.025],
    inventions: [0, 0],
    otherRights: [0, 3],
    ageYears: [1, 22],
    growth: 0.03,
  },
  {
    tier: 1,
    share: 0.28,
    staff: [8, 90],
    rdStaffShare: [0.11, 0.36],
    rdIntensity: [0.035, 0.1],
    inventions: [0, 2],
    otherRights: [2, 8],
    ageYears: [1, 12],
    growth: 0.1,
  },
  {
    tier: 2,
    share: 0.12,
    staff: [15, 160],
    rdStaffShare: [0.12, 0.4],
    rdIntensity: [0.04, 0.1],
    inventions: [1, 4],
    otherRights: [4, 14],
    ageYears: [2, 14],
    growth: 0.13,
  },
  {
    tier: 3,
    share: 0.1,
    staff: [25, 320],
    rdStaffShare: [0.14, 0.45],
    rdIntensity: [0.045, 0.12],
    inventions: [2, 10],
    otherRights: [8, 28],
    ageYears: [4, 20],
    growth: 0.14,
  },
  {
    tier: 4,
    share: 0.04,
    staff: [80, 480],
    rdStaffShare: [0.18, 0.5],
    rdIntensity: [0.05, 0.13],
    inventions: [6, 26],
    otherRights: [14, 52],
    ageYears: [5, 22],
    growth: 0.22,
  },
  {
    tier: 5,
    share: 0.01,
    staff: [300, 2_200],
    rdStaffShare: [0.2, 0.5],
    rdIntensity: [0.06, 0.15],
    inventions: [22, 80],
    otherRights: [30, 110],
    ageYears: [6, 24],
    growth: 0.26,
  },
];

export function profileOf(tier: Tier): TierProfile {
  const profile = tierProfiles[tier];
  if (profile === undefined) throw new RangeError(`no such tier: ${tier}`);
  return profile;
}

/**
 * How many firms of each tier a city of this size has: whole numbers that add up. Every tier keeps at least one firm
 * from 12 on, so that small cities still show the whole pyramid.
 */
export function tierCounts(enterprises: number): number[] {
  const least = enterprises >= 12 ? 1 : 0;
  const upper = tierProfiles.slice(1).map((profile) => Math.max(least, Math.round(enterprises * profile.share)));
  return [enterprises - upper.reduce((sum, count) => sum + count, 0), ...upper];
}
