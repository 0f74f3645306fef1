import { type Day, dayOf, startOfDay, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Outcome } from '../grab/grab.rules.js';
import { ledgerOf, writeSql } from '../grab/lane-ledger.service.js';
import { addCountersSql, stateOf, stateSql } from '../grab/lane-state.driver.js';
import type { GrabRequest, LaneState, LockedNeed, Via } from '../grab/lane.rules.js';
import type { Entry } from './entry.entity.js';

type Row = Record<string, unknown>;

/** Managers stand for themselves here: nobody has sent a request, so there is no session to look at. */
const managersSql = `
  select person.id as "sessionId", person.id as "managerId", bank.id as "institutionId",
         'account-manager' = any(person.roles) and person.status = 'ACTIVE' as "isManager",
         bank.kind = 'institution' and bank.status = 'ACTIVE' and 'MARKETPLACE' = any(bank.memberships) as "isMember"
  from identity_api.person_v1 as person join identity_api.organisation_v1 as bank on bank.id = person.organisation_id
  where person.id = any($1::uuid[])`;

const drawnSql = `
  select institution_id as id, count(*)::integer as drawn from entry
  where institution_id = any($1::uuid[]) and status = 'PLACED' and draw_rank is not null and ended_at >= $2
  group by institution_id`;

/** What a draw, or a turn of a line, rests on: the same state and the same locks as a batch of the lane. */
@Injectable()
export class TurnStore {
  /** Locks the need alone; undefined when there is none. Everything else is read under this lock. */
  async lock(tx: EntityManager, needId: string): Promise<LockedNeed | undefined> {
    const [row]: Row[] = await tx.query(stateSql.lockNeeds, [[needId]]);
    return row && stateOf({ ...nothing, needs: [row] }).needs.get(needId);
  }

  /** Locks counters and consent in the order of the house, then reads what is true under the locks. */
  async state(tx: EntityManager, needId: string, requests: readonly GrabRequest[], now: Date): Promise<LaneState> {
    const institutions = distinct(requests.map(({ institutionId }) => institutionId));
    const managers = distinct(requests.map(({ managerId }) => managerId));
    const ask = (sql: string, ...values: unknown[]): Promise<Row[]> => tx.query(sql, values);
    const needs = await ask(stateSql.lockNeeds, [needId]);
    await ask(addCountersSql('institution'), institutions);
    await ask(addCountersSql('manager'), managers);
    const banks = await ask(stateSql.lockInstitutions, institutions, now);
    const people = await ask(stateSql.lockManagers, managers);
    await ask(stateSql.lockConsent, [needId]);
    const drawn = await this.drawnOn(tx, institutions, dayOf(now));
    const pairs = [institutions.map(() => needId), institutions];
    return stateOf({
      ...nothing,
      needs,
      institutions: banks.map((row) => ({ ...row, drawnToday: drawn.get(row['id'] as string) ?? 0 })),
      managers: people,
      held: await ask(stateSql.held, ...pairs),
      queued: await ask(stateSql.queued, ...pairs),
      callers: await ask(managersSql, managers),
      limits: await ask(stateSql.limits, 0),
      consents: await ask(stateSql.consents, [needId]),
    });
  }

  /** Writes the grabs that were granted, as the lane does; they answer nobody's request. */
  async write(tx: EntityManager, state: LaneState, requests: readonly GrabRequest[], outcome: Outcome): Promise<void> {
    if (outcome.needs.length === 0) return;
    const answered = requests.map(({ now, needId }) => ({
      claim: null,
      fingerprint: '',
      now,
      correlationId: needId,
    }));
    await tx.query(writeSql, ledgerOf(answered, state, outcome));
  }

  private async drawnOn(tx: EntityManager, institutions: string[], day: Day): Promise<Map<string, number>> {
    const rows: { id: string; drawn: number }[] = await tx.query(drawnSql, [institutions, startOfDay(day)]);
    return new Map(rows.map(({ id, drawn }) => [id, drawn]));
  }
}

/** The request that an entry stands for when its turn has come. */
export const requestOfEntry = (entry: Entry, via: Via, now: Date): GrabRequest => ({
  via,
  claim: entry.id,
  route: '',
  key: entry.id,
  fingerprint: '',
  grabId: uuidv7(now),
  needId: entry.needId,
  sessionId: entry.managerId,
  institutionId: entry.institutionId,
  institutionCode: entry.institutionCode,
  institutionName: entry.institutionName,
  managerId: entry.managerId,
  intendedFen: entry.intendedFen,
  now,
});

const nothing = {
  needs: [],
  held: [],
  queued: [],
  institutions: [],
  managers: [],
  claims: [],
  answers: [],
  callers: [],
  limits: [],
  consents: [],
};

/** Ascending, as locks are taken. */
const distinct = (ids: readonly string[]): string[] => [...new Set(ids)].toSorted();
