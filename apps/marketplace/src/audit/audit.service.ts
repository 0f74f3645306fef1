import type { Viewer } from '@app/auth';
import { uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { AuditEntry, type AuditSubject } from './audit.entity.js';

/** Who acted: a person, or the service itself. */
export interface Actor {
  personId: string | null;
  organisationId: string | null;
}

export const theService: Actor = { personId: null, organisationId: null };
export const actorOf = (viewer: Viewer): Actor => ({
  personId: viewer.personId,
  organisationId: viewer.organisation.id,
});

/** What happened, without who and when. */
export interface Act {
  rootId: string;
  subject: AuditSubject;
  subjectId: string;
  act: string;
  from?: string | null;
  to?: string | null;
  detail?: object;
}

export const auditRow = (act: Act, actor: Actor, at: Date): AuditEntry => ({
  rootId: act.rootId,
  id: uuidv7(at),
  at,
  subject: act.subject,
  subjectId: act.subjectId,
  act: act.act,
  fromStatus: act.from ?? null,
  toStatus: act.to ?? null,
  personId: actor.personId,
  organisationId: actor.organisationId,
  detail: act.detail ?? {},
});

/** The trail of every act, written in the transaction of the act. */
@Injectable()
export class AuditTrail {
  async record(tx: EntityManager, acts: readonly Act[], actor: Actor, at: Date): Promise<void> {
    if (acts.length === 0) return;
    await tx.insert(
      AuditEntry,
      acts.map((act) => auditRow(act, actor, at)),
    );
  }

  /** What happened to one subject, oldest first. At most 200 acts: no case has more. */
  async of(db: EntityManager, rootId: string, subjectId: string): Promise<AuditEntry[]> {
    return db.find(AuditEntry, { where: { rootId, subjectId }, order: { id: 'ASC' }, take: 200 });
  }
}
