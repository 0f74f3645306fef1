import type { EntityManager } from 'typeorm';

import type { Need } from '../need/need.entity.js';
import { isOnBoard } from '../need/need.rules.js';

/**
 * What a change of a need means for its line: off the board the line is closed, and anything else may have freed a place
 * or an amount, so that the line is to be asked again. Called under the need's lock, before the need is written.
 */
export async function settleLine(tx: EntityManager, need: Need, now: Date): Promise<void> {
  if (need.waiting === 0 && !isUndrawn(need)) return;
  if (isOnBoard(need.status)) {
    need.lineSeenAt = null;
    return;
  }
  await tx.query(
    `update entry set status = 'CLOSED', ended_at = $2, reason = $3
     where need_id = $1 and status in ('SEALED', 'WAITING')`,
    [need.id, now, need.status],
  );
  need.waiting = 0;
}

const isUndrawn = ({ sealedUntil, drawnAt }: Need): boolean => sealedUntil !== null && drawnAt === null;
