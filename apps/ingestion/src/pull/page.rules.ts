/** One page as the source answers it. */
export interface PulledPage {
  items: Record<string, unknown>[];
  cursor: string;
  next: string | null;
  asOf: string | null;
  /** Numbers of its first and last row, where the source numbers its rows. */
  sequence: { from: number; to: number } | null;
  /** Only said where days are asked for: this day will not change any more. */
  complete: boolean | null;
}

/** Undefined when the answer is no page, or one of another feed than was asked for. */
export function pageOfAnswer(answer: unknown, feed?: string): PulledPage | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { items, cursor, next, asOf, sequence, complete, feed: said } = answer as Record<string, unknown>;
  if (feed !== undefined && said !== undefined && said !== feed) return undefined;
  if (!isItems(items) || typeof cursor !== 'string' || !isNext(next)) return undefined;
  return {
    items,
    cursor,
    next,
    asOf: typeof asOf === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? asOf : null,
    sequence: sequenceOf(sequence),
    complete: typeof complete === 'boolean' ? complete : null,
  };
}

const isItems = (value: unknown): value is PulledPage['items'] =>
  Array.isArray(value) && value.every((item) => typeof item === 'object' && item !== null);
const isNext = (value: unknown): value is string | null => value === null || typeof value === 'string';

function sequenceOf(value: unknown): PulledPage['sequence'] {
  if (typeof value !== 'object' || value === null) return null;
  const { from, to } = value as Record<string, unknown>;
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to) || (from as number) > (to as number)) return null;
  return { from: from as number, to: to as number };
}

/** What is missing between the last row that came and this page; undefined when nothing is, or nobody numbers rows. */
export function holeBefore(page: PulledPage, last: string | null): { from: string; to: string } | undefined {
  if (!page.sequence || last === null) return undefined;
  const expected = Number(last) + 1;
  return page.sequence.from > expected ? { from: String(expected), to: String(page.sequence.from - 1) } : undefined;
}

const firstWaitMs = 250;
const waitMaxMs = 30_000;

/**
 * Milliseconds before the next try: what the source asked for, else 0.25, 0.5, 1, 2 … seconds, at most 30. `jitter` from
 * 0 to 1 spreads those who were refused together: up to half as long again.
 */
export function waitMs(tries: number, retryAfter: string | null, { jitter = 0, nowMs = Infinity } = {}): number {
  if (retryAfter !== null && /^\d{1,5}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const until = retryAfter === null ? NaN : Date.parse(retryAfter);
  if (until > nowMs) return until - nowMs;
  return Math.min(firstWaitMs * 2 ** (tries - 1), waitMaxMs) * (1 + jitter / 2);
}
