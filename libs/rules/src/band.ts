/** Points for a share of at least `atLeastBp` basis points. Lower bounds are inclusive. */
export interface ShareBand {
  readonly atLeastBp: number;
  readonly points: number;
}

/** Points for a count of at least `atLeast`. */
export interface CountBand {
  readonly atLeast: number;
  readonly points: number;
}

/**
 * The points of `part / whole` in the best band that it reaches, 0 below all. Compared in whole numbers by
 * cross-multiplication, because 0.3 has no binary fraction and an enterprise on the border would lose four points to
 * it. null when `whole` is 0: no such share.
 */
export function pointsForShare(part: bigint, whole: bigint, bands: readonly ShareBand[]): number | null {
  if (whole === 0n) return null;
  return best(bands.filter(({ atLeastBp }) => part * 10_000n >= BigInt(atLeastBp) * whole));
}

/** The points of a count in the best band that it reaches, 0 below all. */
export function pointsForCount(count: number, bands: readonly CountBand[]): number {
  return best(bands.filter(({ atLeast }) => count >= atLeast));
}

/** The most that bands can give. */
export function pointsMax(bands: readonly { readonly points: number }[]): number {
  return best(bands);
}

/** `22.00%`. Cut, not rounded, so that 29.999% never reads as the 30.00% whose points it did not get. */
export function percentText(part: bigint, whole: bigint): string {
  const hundredths = ((part * 10_000n) / whole).toString().padStart(3, '0');
  return `${hundredths.slice(0, -2)}.${hundredths.slice(-2)}%`;
}

function best(bands: readonly { readonly points: number }[]): number {
  return bands.reduce((most, { points }) => Math.max(most, points), 0);
}
