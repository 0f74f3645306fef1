import type { DeadLetter } from '@app/messaging';

/** An event that a handler of this service could not take. */
export class DeadLetterResponse {
  id: string;
  /** Which work could not be done. */
  handler: string;
  topic: string;
  key: string | null;
  /** The event as it arrived. */
  event: Record<string, unknown>;
  /** What the handler said the last time. */
  error: string;
  tries: number;
  firstFailedAt: string;
  lastFailedAt: string;
  state: 'PARKED' | 'REPLAYED' | 'DISCARDED';
  decidedAt: string | null;
  reason: string | null;
}

export class DeadLetterPage {
  items: DeadLetterResponse[];
  nextCursor: string | null;
}

export const toDeadLetterResponse = (letter: DeadLetter): DeadLetterResponse => ({
  id: letter.id,
  handler: letter.handler,
  topic: letter.topic,
  key: letter.key,
  event: letter.event as Record<string, unknown>,
  error: letter.error,
  tries: letter.tries,
  firstFailedAt: letter.firstFailedAt.toISOString(),
  lastFailedAt: letter.lastFailedAt.toISOString(),
  state: letter.state,
  decidedAt: letter.decidedAt?.toISOString() ?? null,
  reason: letter.reason,
});
