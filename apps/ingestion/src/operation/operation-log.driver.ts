import { uuidv7 } from '@app/kernel';
import type { EntityManager } from 'typeorm';

import type { PauseScope } from './pause-flow.request.js';

export interface LoggedAct {
  /** null: the service itself, ending what people had begun. */
  personId: string | null;
  act: string;
  reason: string;
  /** The feeds that it concerns, as they were then. */
  feeds: string[];
  scope?: PauseScope;
  name?: string;
  runId?: string;
  batchId?: string;
  detail?: object;
}

/** One line of the log that nobody can change, in the transaction of the act. */
export async function logAct(tx: EntityManager, act: LoggedAct, now: Date): Promise<void> {
  await tx.query(
    `insert into operation_log (id, at, person_id, act, feeds, scope, name, run_id, batch_id, reason, detail)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      uuidv7(now),
      now,
      act.personId,
      act.act,
      act.feeds,
      act.scope ?? null,
      act.name ?? null,
      act.runId ?? null,
      act.batchId ?? null,
      act.reason,
      JSON.stringify(act.detail ?? {}),
    ],
  );
}
