import { NotFound } from '@app/kernel';
import { type Command, idCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { recordAct } from '../act/act.service.js';
import { approvalsNeeded } from '../identity.config.js';
import { endSessions } from '../person/person.service.js';
import { type RegistrationListQuery } from './list-registrations.request.js';
import { RegistrationDecided, SameOperator } from './registration.error.js';
import {
  RegistrationPage,
  RegistrationResponse,
  type RegistrationRow,
  toRegistrationResponse,
} from './registration.response.js';
import { tellRegistered } from './registration.service.js';

const columns = `id, organisation_id, person_id, uscc, name, login, status, reason, created_at,
  (select count(*)::int from registration_approval a where a.registration_id = registration.id) as approvals`;

/** A page when nobody says how long. */
const pageRows = 50;

/** Operators look at who applied: two different ones approve, one is enough to reject. */
@Injectable()
export class Approvals {
  constructor(private readonly db: DataSource) {}

  async list({ status, limit = pageRows, cursor }: RegistrationListQuery): Promise<RegistrationPage> {
    const rows: RegistrationRow[] = await this.db.query(
      `select ${columns} from registration
       where ($1::text is null or status = $1) and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [status ?? null, idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toRegistrationResponse, ({ id }) => [id]);
  }

  async approve({ tx, viewer, now }: Command, id: string): Promise<RegistrationResponse> {
    const registration = await pending(tx, id);
    const approved: unknown[] = await tx.query(
      `insert into registration_approval (registration_id, operator_id, at) values ($1, $2, $3)
       on conflict do nothing returning 1`,
      [id, viewer.personId, now],
    );
    if (approved.length === 0) throw new SameOperator();
    const approvals = registration.approvals + 1;
    await recordAct(tx, { personId: viewer.personId, what: 'registration.approved', subjectId: id }, now);
    if (approvals < approvalsNeeded) return toRegistrationResponse({ ...registration, approvals });
    await decide(tx, registration, { status: 'ACTIVE', reason: null }, now);
    const { organisation_id: organisationId, uscc, name } = registration;
    await tellRegistered(tx, { organisationId, uscc, name }, now);
    return toRegistrationResponse({ ...registration, approvals, status: 'ACTIVE' });
  }

  async reject({ tx, viewer, now }: Command, id: string, reason: string): Promise<RegistrationResponse> {
    const registration = await pending(tx, id);
    await decide(tx, registration, { status: 'REJECTED', reason }, now);
    // The rightful applicant may want the login; the act below keeps who had it.
    await tx.query(`update person set status = 'SUSPENDED', login = 'rejected-' || id where id = $1`, [
      registration.person_id,
    ]);
    await endSessions(tx, registration.person_id);
    const detail = { reason, login: registration.login };
    await recordAct(tx, { personId: viewer.personId, what: 'registration.rejected', subjectId: id, detail }, now);
    return toRegistrationResponse({ ...registration, status: 'REJECTED', reason });
  }
}

/** Locked, so that two operators at once count one after the other. */
async function pending(tx: EntityManager, id: string): Promise<RegistrationRow> {
  const locked: unknown[] = await tx.query('select 1 from registration where id = $1 for update', [id]);
  if (locked.length === 0) throw new NotFound('registration');
  const [row]: RegistrationRow[] = await tx.query(`select ${columns} from registration where id = $1`, [id]);
  if (row!.status !== 'PENDING') throw new RegistrationDecided(row!.status);
  return row!;
}

async function decide(
  tx: EntityManager,
  { id, organisation_id }: RegistrationRow,
  { status, reason }: { status: 'ACTIVE' | 'REJECTED'; reason: string | null },
  now: Date,
): Promise<void> {
  await tx.query('update registration set status = $2, reason = $3, decided_at = $4 where id = $1', [
    id,
    status,
    reason,
    now,
  ]);
  await tx.query('update organisation set status = $2 where id = $1', [organisation_id, status]);
}
