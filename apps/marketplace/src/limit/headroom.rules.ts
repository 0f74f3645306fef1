import type { ParameterName } from './limit.rules.js';

export type HeadroomSubject = 'INSTITUTION' | 'MANAGER' | 'NEED';

/** How much of one limit one bank, manager or need has used. */
export interface Usage {
  subject: HeadroomSubject;
  subjectId: string;
  what: ParameterName;
  used: bigint;
  limit: bigint;
  limitVersion: number;
}

/** A threshold of a limit that is reached or passed. */
export interface Crossing extends Usage {
  thresholdBp: number;
}

const whole = 10_000n;

/** The thresholds that a usage has reached: each is crossed for itself. */
export function crossingsOf(usage: Usage, thresholdsBp: readonly number[]): Crossing[] {
  const reached = (thresholdBp: number) => usage.used * whole >= usage.limit * BigInt(thresholdBp);
  return [...new Set(thresholdsBp)]
    .filter((thresholdBp) => usage.limit > 0n && reached(thresholdBp))
    .map((thresholdBp) => ({ ...usage, thresholdBp }));
}

/** What makes two crossings the same one, for as long as it lasts. */
export const crossingKey = (crossing: Pick<Crossing, 'subject' | 'subjectId' | 'what' | 'thresholdBp'>): string =>
  `${crossing.subject} ${crossing.subjectId} ${crossing.what} ${crossing.thresholdBp}`;
