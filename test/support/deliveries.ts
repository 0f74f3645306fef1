import iconv from 'iconv-lite';

import type { Caller } from './house.js';

export const leading = ['记录主键', '统一社会信用代码', '业务日期', '报送日期', '操作类型'];

export interface BatchCounts {
  status: string;
  read: number;
  accepted: number;
  unchanged: number;
  stale: number;
  quarantined: number;
  refused: number;
}

/** A CSV file as a department writes it: CRLF, in the charset of the department. */
export const csv = (rows: readonly (readonly (string | number)[])[], charset = 'utf-8'): Uint8Array =>
  iconv.encode(rows.map((row) => `${row.join(',')}\r\n`).join(''), charset);

/** Sends a file and waits until it is taken in; the answer is the batch with its counts. */
export async function deliver(
  caller: Caller,
  { feed, file, charset = 'utf-8', reference }: { feed: string; file: Uint8Array; charset?: string; reference: string },
): Promise<BatchCounts> {
  const answer = await caller.call('POST', `/api/ingestion/feeds/${feed}/batches`, file, {
    'content-type': `text/csv; charset=${charset}`,
    'batch-reference': reference,
  });
  if (answer.status !== 202) throw new Error(`${feed}: ${answer.status} ${answer.text}`);
  return eventually(async () => {
    const { body } = await caller.get(`/api/ingestion/batches/${answer.body['id']}`);
    return body['status'] === 'DONE' || body['status'] === 'FAILED' ? (body as unknown as BatchCounts) : undefined;
  }, `the batch ${reference} ends`);
}

/** Asks again until there is an answer; gives up loudly. */
export async function eventually<T>(ask: () => Promise<T | undefined>, what: string, tries = 300): Promise<T> {
  for (let left = tries; left > 0; left -= 1) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`waited in vain: ${what}`);
}
