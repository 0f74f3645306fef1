import type { RefusalCode } from '../grab/lane.rules.js';

/** What became of one entry: a place, or why not. */
export type Verdict = { code: null; grabId: string } | { code: RefusalCode };

export type Turn =
  | { to: 'PLACED'; grabId: string }
  | { to: 'WAITING' }
  /** Its turn came and it could not take the place: the next one is asked, so that no place stays empty for it. */
  | { to: 'PASSED'; reason: RefusalCode | 'LINE_FULL' };

/** Nothing is wrong with the bank itself: there is no room for it yet. */
const noRoom: readonly (RefusalCode | null)[] = ['NEED_FULL', 'AMOUNT_EXHAUSTED'];

/**
 * What follows from a draw, entry by entry in the order of their tickets: who found no room goes into the line, as far
 * as the line is long, in that same order.
 */
export function turnsOfDraw(verdicts: readonly Verdict[], lineMax: number): Turn[] {
  let waiting = 0;
  return verdicts.map((verdict) => {
    if (verdict.code === null) return { to: 'PLACED', grabId: verdict.grabId };
    if (!noRoom.includes(verdict.code)) return { to: 'PASSED', reason: verdict.code };
    waiting += 1;
    return waiting > lineMax ? { to: 'PASSED', reason: 'LINE_FULL' } : { to: 'WAITING' };
  });
}

/**
 * What follows when a line is asked, in its order: the first who may takes the place. Who may not while a place was free
 * has had its turn and leaves the line; who stands behind the last free place keeps waiting whatever its state is now.
 * `free` is null when banks are not limited.
 */
export function turnsOfLine(verdicts: readonly Verdict[], free: number | null): Turn[] {
  let left = free ?? Number.POSITIVE_INFINITY;
  return verdicts.map((verdict) => {
    if (left <= 0) return { to: 'WAITING' };
    if (verdict.code === null) {
      left -= 1;
      return { to: 'PLACED', grabId: verdict.grabId };
    }
    return noRoom.includes(verdict.code) ? { to: 'WAITING' } : { to: 'PASSED', reason: verdict.code };
  });
}
