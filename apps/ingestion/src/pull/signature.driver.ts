import { createHash, createHmac } from 'node:crypto';

export interface Signed {
  method: string;
  /** Path and query, exactly as sent. */
  target: string;
  body: string;
  timestamp: string;
  nonce: string;
}

/**
 * What both sides sign: each part on a line of its own, so that no two requests have one text. A timestamp bounds how
 * long a request can be sent again, the nonce keeps it from being sent again within that time.
 */
export const signedText = ({ method, target, body, timestamp, nonce }: Signed): string =>
  [method, target, timestamp, nonce, createHash('sha256').update(body).digest('hex')].join('\n');

export const signatureOf = (request: Signed, secret: string): string =>
  createHmac('sha256', secret).update(signedText(request)).digest('base64');

/** Clocks that differ by no more than this are one clock: a Date header counts whole seconds, and answers take time. */
const sameClockMs = 2_000;
/** A source whose clock is further off than a day is not followed. */
const skewMaxMs = 86_400_000;

/** How far the source's clock is ahead of ours by its Date header; 0 when it is not, or says nothing we can use. */
export function skewOf(dateHeader: string | null, nowMs: number): number {
  const theirs = dateHeader === null ? NaN : Date.parse(dateHeader);
  const ahead = theirs - nowMs;
  return Math.abs(ahead) > sameClockMs && Math.abs(ahead) <= skewMaxMs ? ahead : 0;
}
