import { Injectable } from '@nestjs/common';

/** An event that a handler could not take, as an operator sees it. */
export interface DeadLetter {
  id: string;
  handler: string;
  topic: string;
  key: string | null;
  event: unknown;
  error: string;
  tries: number;
  firstFailedAt: Date;
  lastFailedAt: Date;
  state: 'PARKED' | 'REPLAYED' | 'DISCARDED';
  decidedBy: string | null;
  decidedAt: Date | null;
  reason: string | null;
}

export interface DeadLetterQuery {
  state?: DeadLetter['state'];
  handler?: string;
  /** At most 100. */
  limit?: number;
  /** The `nextCursor` of the page before. */
  cursor?: string;
}

/** The parked events of one service: look, replay, discard. */
@Injectable()
export class DeadLetters {
  /** Newest first. */
  async list(_query: DeadLetterQuery = {}): Promise<{ items: DeadLetter[]; nextCursor: string | null }> {
    throw new Error('not built yet');
  }

  /** Hands the event to its handler again, in one transaction with the inbox and the decision. `by` is a person's id. */
  async replay(_id: string, _by: string): Promise<DeadLetter> {
    throw new Error('not built yet');
  }

  /** Closes the letter for good: later copies of the event are ignored too. */
  async discard(_id: string, _by: string, _reason: string): Promise<DeadLetter> {
    throw new Error('not built yet');
  }
}
