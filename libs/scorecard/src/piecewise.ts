/** A corner of a broken line: at this value of an indicator it gives these points. */
export interface Knot {
  readonly at: bigint;
  /** In hundredths of a point: 0 to 10 000. */
  readonly points: number;
}

export const pointsFull = 10_000;

/**
 * Points of `value` on the broken line through `knots` (ascending `at`): flat outside the first and the last knot,
 * straight between neighbours, cut to whole points. Whole numbers only, so that every machine gives the same bits.
 * Throws RangeError without knots.
 */
export function pointsOn(knots: readonly Knot[], value: bigint): number {
  const above = knots.findIndex(({ at }) => value < at);
  const right = knots[above === -1 ? knots.length - 1 : above];
  if (right === undefined) throw new RangeError('a line needs a knot');
  const left = knots[above - 1];
  if (above === -1 || left === undefined) return right.points;
  const risen = BigInt(right.points - left.points) * (value - left.at);
  return left.points + Number(floorDivide(risen, right.at - left.at));
}

/** Towards minus infinity, so that falling and rising lines are cut alike. */
export function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  const inexact = dividend % divisor !== 0n;
  return inexact && dividend < 0n !== divisor < 0n ? quotient - 1n : quotient;
}

/** Half up, for results that people read. */
export function roundDivide(dividend: bigint, divisor: bigint): bigint {
  return floorDivide(2n * dividend + divisor, 2n * divisor);
}
