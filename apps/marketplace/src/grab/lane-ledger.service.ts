import { grabChanged, needChanged } from '@app/contracts';
import { recordset } from '@app/database';
import { insertOutboxSql, outboxRecordset, type OutboxRow, outboxRows } from '@app/messaging';
import { withCorrelation } from '@app/observe';
import type { Claim } from '@app/service';

import { type Actor, auditRow, theService } from '../audit/audit.service.js';
import { nonceHashOf } from '../draw/draw.rules.js';
import { grabChangedData, needChangedData } from '../need/need.event.js';
import type { Grab } from './grab.entity.js';
import { toPlacedGrabResponse, toSealedEntryResponse } from './grab.response.js';
import type { Grant, Outcome, Sealed } from './grab.rules.js';
import type { GrabRequest, LaneState, LockedNeed } from './lane.rules.js';

const grabs = recordset({
  need_id: 'uuid',
  id: 'uuid',
  institution_id: 'uuid',
  institution_code: 'text',
  institution_name: 'text',
  manager_id: 'uuid',
  intended_fen: 'bigint',
  limit_version: 'integer',
  authorisation_id: 'uuid',
  grabbed_at: 'timestamptz',
  contact_by: 'timestamptz',
  evidence_by: 'timestamptz',
  decide_by: 'timestamptz',
});
const needs = recordset(
  { id: 'uuid', taken: 'integer', intended_fen: 'bigint', status: 'text', next_due: 'timestamptz' },
  grabs.next,
);
const counted = { id: 'uuid', open_grabs: 'integer', day: 'date', day_grabs: 'integer' };
const institutions = recordset(counted, needs.next);
const managers = recordset(counted, institutions.next);
const entries = recordset(
  {
    root_id: 'uuid',
    id: 'uuid',
    at: 'timestamptz',
    subject: 'text',
    subject_id: 'uuid',
    act: 'text',
    from_status: 'text',
    to_status: 'text',
    person_id: 'uuid',
    organisation_id: 'uuid',
    detail: 'jsonb',
  },
  managers.next,
);
const answers = recordset(
  {
    person: 'uuid',
    route: 'text',
    key: 'text',
    fingerprint: 'text',
    status: 'integer',
    answer: 'json',
    at: 'timestamptz',
  },
  entries.next,
);

const told = outboxRecordset(answers.next);

/** Writes a whole batch in one statement. Counters are absolute, as they are locked. */
export const writeSql = `
  with placed as (
    insert into grab (need_id, id, institution_id, institution_code, institution_name, manager_id, grabbed_by,
                      intended_fen, status, limit_version, authorisation_id, grabbed_at, contact_by, evidence_by,
                      decide_by)
    select need_id, id, institution_id, institution_code, institution_name, manager_id, manager_id,
           intended_fen, 'ACTIVE', limit_version, authorisation_id, grabbed_at, contact_by, evidence_by, decide_by
    from ${grabs.sql}
  ), counted as (
    update need set taken = row.taken, intended_fen = row.intended_fen, status = row.status, next_due = row.next_due
    from ${needs.sql} where need.id = row.id
  ), institutions as (
    update institution_counter as counter set open_grabs = row.open_grabs, day = row.day, day_grabs = row.day_grabs
    from ${institutions.sql} where counter.id = row.id
  ), managers as (
    update manager_counter as counter set open_grabs = row.open_grabs, day = row.day, day_grabs = row.day_grabs
    from ${managers.sql} where counter.id = row.id
  ), audited as (
    insert into audit (root_id, id, at, subject, subject_id, act, from_status, to_status, person_id, organisation_id,
                       detail)
    select * from ${entries.sql}
  ), answered as (
    insert into idempotency (person, route, key, fingerprint, status, answer, at)
    select * from ${answers.sql}
  ), told as (${insertOutboxSql(told)})
  select 1`;

/** Whom a decision answers: a request with its key, or nobody, when a place was drawn or its turn has come. */
export interface Answered {
  claim: Claim | null;
  fingerprint: string;
  now: Date;
  correlationId: string;
}

/** Entries for draws: a statement of their own, as most batches have none. */
export const enterSql = `
  insert into entry (need_id, id, institution_id, institution_code, institution_name, manager_id, intended_fen, status,
                     nonce_hash, entered_at)
  select need_id, id, institution_id, institution_code, institution_name, manager_id, intended_fen, 'SEALED',
         nonce_hash, entered_at
  from json_to_recordset($1::json) as row (
    need_id uuid, id uuid, institution_id uuid, institution_code text, institution_name text, manager_id uuid,
    intended_fen bigint, nonce_hash text, entered_at timestamptz)`;

const sealedOf = ({ decisions }: Outcome, asks: readonly Answered[]) =>
  decisions.flatMap((decision, index) =>
    decision.kind === 'sealed' ? [{ sealed: decision.sealed, ask: asks[index]! }] : [],
  );

/** The parameter of enterSql; undefined when nobody entered a draw. */
export function entriesOf(asks: readonly Answered[], outcome: Outcome): string | undefined {
  const rows = sealedOf(outcome, asks).map(({ sealed: { request } }) => ({
    need_id: request.needId,
    id: request.grabId,
    institution_id: request.institutionId,
    institution_code: request.institutionCode,
    institution_name: request.institutionName,
    manager_id: request.managerId,
    intended_fen: String(request.intendedFen),
    nonce_hash: nonceHashOf(request.key),
    entered_at: request.now,
  }));
  return rows.length > 0 ? JSON.stringify(rows) : undefined;
}

/** The parameters of writeSql. */
export function ledgerOf(asks: readonly Answered[], state: LaneState, outcome: Outcome): string[] {
  const grants = outcome.decisions.flatMap((decision, index) =>
    decision.kind === 'granted' ? [{ grant: decision.grant, ask: asks[index]! }] : [],
  );
  const sealed = sealedOf(outcome, asks);
  const filled = outcome.needs.filter((need) => need.status !== state.needs.get(need.id)!.status);
  const changes = filled.map((need) => ({
    need,
    from: state.needs.get(need.id)!.status,
    at: grants.findLast(({ grant }) => grant.need === need)!.ask,
  }));
  const audited = [
    ...grants.map(({ grant }) => auditOfGrab(grant)),
    ...sealed.map((one) => auditOfEntry(one.sealed)),
    ...changes.map(({ need, from, at }) => auditOf(need.id, need.id, 'need', { from, to: need.status }, at.now)),
  ];
  const given = [
    ...grants.flatMap(({ grant, ask }) => answerRow(ask, 201, toPlacedGrabResponse(grant))),
    ...sealed.flatMap((one) => answerRow(one.ask, 202, toSealedEntryResponse(one.sealed))),
  ];
  const facts = [
    ...grants.flatMap(({ grant, ask }) => toldOfGrab(grant, ask)),
    ...changes.flatMap(({ need, from, at }) =>
      withCorrelation(at.correlationId, () =>
        outboxRows(needChanged, [needChangedData(need, { from, to: need.status })], at.now),
      ),
    ),
  ];
  return [
    ...grabs.parameters(grants.map(({ grant }) => grabRow(grant))),
    ...needs.parameters(outcome.needs.map(needRow)),
    ...institutions.parameters(outcome.institutions.map(counterRow)),
    ...managers.parameters(outcome.managers.map(counterRow)),
    ...entries.parameters(audited),
    ...answers.parameters(given),
    ...told.parameters(facts),
  ];
}

/** The grab that a grant makes. */
export function grabOf({ request, policy, contactBy, evidenceBy, decideBy, authorisationId }: Grant): Grab {
  return {
    needId: request.needId,
    id: request.grabId,
    institutionId: request.institutionId,
    institutionCode: request.institutionCode,
    institutionName: request.institutionName,
    managerId: request.managerId,
    grabbedBy: request.managerId,
    firstResponderId: null,
    intendedFen: request.intendedFen,
    status: 'ACTIVE',
    limitVersion: policy.version,
    authorisationId,
    grabbedAt: request.now,
    contactBy,
    evidenceBy,
    decideBy,
    drawBy: null,
    contactedAt: null,
    evidenceAt: null,
    endedAt: null,
    endedReason: null,
    endedText: null,
  };
}

function grabRow(grant: Grant) {
  const grab = grabOf(grant);
  return {
    need_id: grab.needId,
    id: grab.id,
    institution_id: grab.institutionId,
    institution_code: grab.institutionCode,
    institution_name: grab.institutionName,
    manager_id: grab.managerId,
    intended_fen: grab.intendedFen,
    limit_version: grab.limitVersion,
    authorisation_id: grab.authorisationId,
    grabbed_at: grab.grabbedAt,
    contact_by: grab.contactBy,
    evidence_by: grab.evidenceBy,
    decide_by: grab.decideBy,
  };
}

const needRow = ({ id, taken, intendedFen, status, nextDue }: LockedNeed) => ({
  id,
  taken,
  intended_fen: intendedFen,
  status,
  next_due: nextDue,
});

const counterRow = (counter: { id: string; openGrabs: number; day: string | null; dayGrabs: number }) => ({
  id: counter.id,
  open_grabs: counter.openGrabs,
  day: counter.day,
  day_grabs: counter.dayGrabs,
});

const answerRow = ({ claim, fingerprint, now }: Answered, status: number, answer: object) =>
  claim ? [{ ...claim, fingerprint, status, answer, at: now }] : [];

const toldOfGrab = (grant: Grant, { correlationId, now }: Answered): OutboxRow[] =>
  withCorrelation(correlationId, () =>
    outboxRows(grabChanged, [grabChangedData(grant.need, grabOf(grant), { from: null, to: 'ACTIVE' })], now),
  );

/** A place that was drawn or waited for is given by the service; a grab is the manager's own act. */
function auditOfGrab({ request, policy }: Grant) {
  const { needId, grabId, now, via } = request;
  const actor = via === 'GRAB' ? actorOf(request) : theService;
  const detail = {
    intendedFen: String(request.intendedFen),
    limitVersion: policy.version,
    ...(via !== 'GRAB' && { via }),
  };
  return auditOf(needId, grabId, 'grab', { from: null, to: 'ACTIVE', actor, detail }, now);
}

const actorOf = ({ managerId, institutionId }: GrabRequest): Actor => ({
  personId: managerId,
  organisationId: institutionId,
});

function auditOfEntry({ request, policy }: Sealed) {
  const actor = actorOf(request);
  const detail = { intendedFen: String(request.intendedFen), limitVersion: policy.version };
  return auditOf(request.needId, request.grabId, 'entry', { from: null, to: 'SEALED', actor, detail }, request.now);
}

interface AuditPart {
  from: string | null;
  to: string;
  actor?: Actor;
  detail?: object;
}

function auditOf(rootId: string, subjectId: string, subject: 'need' | 'grab' | 'entry', part: AuditPart, at: Date) {
  const act = subject === 'grab' ? 'GRABBED' : part.to;
  const { from, to, actor = theService, detail = {} } = part;
  const row = auditRow({ rootId, subject, subjectId, act, from, to, detail }, actor, at);
  return {
    root_id: row.rootId,
    id: row.id,
    at: row.at,
    subject: row.subject,
    subject_id: row.subjectId,
    act: row.act,
    from_status: row.fromStatus,
    to_status: row.toStatus,
    person_id: row.personId,
    organisation_id: row.organisationId,
    detail: row.detail,
  };
}
