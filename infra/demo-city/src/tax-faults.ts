import { Random } from './random.js';

/** The ways in which the bureau fails; tax-bureau.md says what a caller does about each. */
export const bureauFaults = ['UNAVAILABLE', 'TOO_MANY', 'SLOW', 'CUT', 'DUPLICATE'] as const;

export type BureauFault = (typeof bureauFaults)[number];

export interface SeededFaults {
  readonly seed: number | string;
  /** Share of requests that fail. */
  readonly share?: number;
  readonly slowMs?: number;
  readonly retryAfterSeconds?: number;
}

export interface ScriptedFaults {
  /** Request by request; `null` and everything after the end is a good answer. */
  readonly plan: readonly (BureauFault | null)[];
  readonly slowMs?: number;
  readonly retryAfterSeconds?: number;
}

export type FaultOptions = 'none' | SeededFaults | ScriptedFaults;

export interface FaultTimes {
  readonly slowMs: number;
  readonly retryAfterSeconds: number;
}

/** Longer than a caller should wait for a page (5 s), short enough that a caller without a limit is not stuck for good. */
const usualTimes: FaultTimes = { slowMs: 15_000, retryAfterSeconds: 1 };
const usualShare = 0.06;
/** A page fails at most this often in all, so that five attempts always get through. */
const failuresPerPageMax = 2;

export function faultTimes(options: FaultOptions): FaultTimes {
  if (options === 'none') return usualTimes;
  const { slowMs = usualTimes.slowMs, retryAfterSeconds = usualTimes.retryAfterSeconds } = options;
  return { slowMs, retryAfterSeconds };
}

/** Decides request by request how the bureau answers; `page` names feed and cursor, `first` is a page without a page before. */
export function faultSequence(options: FaultOptions): (page: string, first: boolean) => BureauFault | null {
  if (options === 'none') return () => null;
  if ('plan' in options) {
    let request = 0;
    return () => options.plan[request++] ?? null;
  }
  const random = new Random(`tax-bureau/${options.seed}`);
  const failures = new Map<string, number>();
  return (page, first) => {
    const fails = random.chance(options.share ?? usualShare);
    const kind = random.pick(bureauFaults);
    const before = failures.get(page) ?? 0;
    if (!fails || before >= failuresPerPageMax || (first && kind === 'DUPLICATE')) return null;
    failures.set(page, before + 1);
    return kind;
  };
}
