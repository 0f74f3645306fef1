import { rebuildTold } from '@app/contracts';
import { addToOutbox } from '@app/messaging';
import type { EntityManager } from 'typeorm';

import type { RunRow } from './run.response.js';

/** Also of a rebuild that was stopped: what was told until then is made anew, and ends. */
export async function tellEnd(
  tx: EntityManager,
  { id: runId, feed, told, done, decided_by }: RunRow,
  now: Date,
): Promise<void> {
  const counts = { events: Number(told), records: Number(done) };
  await addToOutbox(tx, rebuildTold, { runId, feed, ...counts, by: decided_by! }, now);
}
