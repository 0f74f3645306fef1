import { uuidv7 } from '@app/kernel';
import type { EntityManager } from 'typeorm';

export interface Act {
  /** Absent for strangers and for what the service does by itself. */
  personId?: string | undefined;
  /** `<noun>.<past tense>`. */
  what: string;
  subjectId?: string;
  /** Never a password, a token or a hash. */
  detail?: Record<string, unknown>;
}

/** Writes down who did what, in the transaction that did it. */
export async function recordAct(tx: EntityManager, { personId, what, subjectId, detail = {} }: Act, at: Date) {
  await tx.query('insert into act (id, at, person_id, what, subject_id, detail) values ($1, $2, $3, $4, $5, $6)', [
    uuidv7(at),
    at,
    personId ?? null,
    what,
    subjectId ?? null,
    JSON.stringify(detail),
  ]);
}
