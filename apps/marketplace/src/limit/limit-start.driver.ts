import type { EntityManager } from 'typeorm';

import type { HeldAbove } from './granted.rules.js';

/** What was found when a change came into force. */
export interface LimitStart {
  changeId: string;
  at: Date;
  above: HeldAbove[];
}

/** Notes that a change was looked at when it came into force: by the approval that did it, or by the round at its day. */
export async function noteStart(
  tx: EntityManager,
  changeId: string,
  at: Date,
  above: readonly HeldAbove[] = [],
): Promise<void> {
  await tx.query('insert into limit_start (change_id, at, above) values ($1, $2, $3) on conflict do nothing', [
    changeId,
    at,
    JSON.stringify(above),
  ]);
}

/** By the change. */
export async function startsOf(db: EntityManager): Promise<Map<string, LimitStart>> {
  const rows: LimitStart[] = await db.query('select change_id as "changeId", at, above from limit_start');
  return new Map(rows.map((row) => [row.changeId, row]));
}
