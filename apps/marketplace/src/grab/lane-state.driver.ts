import { consentKeyOf, decideConsent, type SignedAuthorisation } from '@app/database';
import { dayOf, type Fen } from '@app/kernel';
import { claimLockSql } from '@app/service';

import { LimitBook } from '../limit/limit-book.rules.js';
import type { ApprovedValue } from '../limit/limit.rules.js';
import type { Caller, Consent, GrabRequest, LaneState, LockedCounter, LockedNeed } from './lane.rules.js';

/** Locks come in the one order of the house: need, institution, manager; each ascending by id. */
const lockNeedsSql = `
  select id, uscc, enterprise_name as "enterpriseName", contact_name as "contactName",
         contact_phone as "contactPhone", amount_fen as "amountFen", term_months as "termMonths", security, status,
         taken, intended_fen as "intendedFen", published_at as "publishedAt", closes_at as "closesAt",
         suspended_at as "suspendedAt", next_due as "nextDue", district, industry2, tier, score_band as "scoreBand",
         model_version as "modelVersion", product_id as "productId",
         exclusive_institution_id as "exclusiveInstitutionId", exclusive_until as "exclusiveUntil",
         sealed_until as "sealedUntil", drawn_at as "drawnAt", commitment, waiting
  from need where id = any($1::uuid[]) order by id for no key update`;
const lockInstitutionsSql = `
  select id, open_grabs as "openGrabs", day::text, day_grabs as "dayGrabs", suspended_until as "suspendedUntil",
         (select grade from institution_grade as graded
          where graded.institution_id = counter.id and graded.effective_from <= $2
          order by graded.effective_from desc limit 1) as grade,
         0 as "drawnToday"
  from institution_counter as counter where id = any($1::uuid[]) order by id for no key update`;
const lockManagersSql = `
  select id, open_grabs as "openGrabs", day::text, day_grabs as "dayGrabs", null as "suspendedUntil", null as grade,
         0 as "drawnToday"
  from manager_counter where id = any($1::uuid[]) order by id for no key update`;
const lockClaimsSql = `select claim, ${claimLockSql('claim')} as locked from unnest($1::text[]) as claim`;
/**
 * Whoever grants holds the limits as they are until it is done: the approval of a change waits for it, and counts what was
 * granted by then. Shared, so that grants do not wait for each other.
 */
export const holdLimitsSql = 'pg_advisory_xact_lock_shared(7021, 0)';
/** For the approval of a change: nobody grants meanwhile. Taken before what is granted is counted. */
export const stopGrantsSql = 'select pg_advisory_xact_lock(7021, 0)';
const lockConsentSql = `
  select ${holdLimitsSql}, pg_advisory_xact_lock_shared(${consentKeyOf('uscc')})
  from (select distinct uscc from need where id = any($1::uuid[]) order by uscc) as enterprise`;

// The laterals with `offset 0` pin one probe of an index a row; a plain join, planned while the table was small, went
// through the whole index for each row of the batch, and slower with every grab that was ever made. The pair is compared
// as a row, because two equalities let an empty table choose the index of banks, and a bank has many grabs.
const heldSql = `
  select held.need_id as "needId", held.institution_id as "institutionId"
  from unnest($1::uuid[], $2::uuid[]) as pair (need_id, institution_id)
  cross join lateral (
    select need_id, institution_id from grab
    where (need_id, institution_id) >= (pair.need_id, pair.institution_id)
      and (need_id, institution_id) <= (pair.need_id, pair.institution_id) offset 0
  ) as held`;
const queuedSql = `
  select queued.need_id as "needId", queued.institution_id as "institutionId"
  from unnest($1::uuid[], $2::uuid[]) as pair (need_id, institution_id)
  cross join lateral (
    select need_id, institution_id from entry
    where (need_id, institution_id) >= (pair.need_id, pair.institution_id)
      and (need_id, institution_id) <= (pair.need_id, pair.institution_id) and status in ('SEALED', 'WAITING') offset 0
  ) as queued`;
const answersSql = `
  select claim.person || ' ' || claim.route || ' ' || claim.key as claim, given.fingerprint, given.answer
  from unnest($1::uuid[], $2::text[], $3::text[]) as claim (person, key, route)
  cross join lateral (
    select fingerprint, answer from idempotency as stored
    where stored.person = claim.person and stored.key = claim.key and stored.route = claim.route offset 0
  ) as given`;
const callersSql = `
  select session_id as "sessionId", person_id as "managerId", organisation_id as "institutionId",
         'account-manager' = any(roles) and not must_change_password as "isManager",
         organisation_kind = 'institution' and organisation_status = 'ACTIVE' and 'MARKETPLACE' = any(memberships)
           as "isMember"
  from identity_api.session_v1 where session_id = any($1::uuid[])`;
/** Nothing when as many limits are known already; counted, as versions may be committed out of their order. */
const limitsSql = `
  select what, value, effective_from as "effectiveFrom", version, institution_id as "institutionId",
         product_id as "productId", district, grade
  from limit_change
  where version is not null and (select count(*) from limit_change where version is not null) <> $1::integer`;
const consentsSql = `
  select signed.uscc, signed.id, signed.limbs, signed.institutions, signed.purposes,
         signed.valid_from::text as "validFrom", signed.valid_to::text as "validTo",
         signed.signed_at as "signedAt", signed.revoked_at as "revokedAt"
  from (select distinct uscc from need where id = any($1::uuid[])) as enterprise
  cross join lateral (
    select * from credit_api.authorisation_v1 as written where written.uscc = enterprise.uscc offset 0
  ) as signed`;

/** What is locked and read before grabs are decided, in this order; a draw and a turn of a line do the same. */
export const stateSql = {
  lockNeeds: lockNeedsSql,
  lockInstitutions: lockInstitutionsSql,
  lockManagers: lockManagersSql,
  lockClaims: lockClaimsSql,
  lockConsent: lockConsentSql,
  held: heldSql,
  queued: queuedSql,
  answers: answersSql,
  callers: callersSql,
  limits: limitsSql,
  consents: consentsSql,
} as const;

/** Adds counters that are not there yet; they are never removed. */
export const addCountersSql = (owner: 'institution' | 'manager'): string =>
  `insert into ${owner}_counter (id) select unnest($1::uuid[]) on conflict (id) do nothing`;

type Row = Record<string, unknown>;

/** The rows of each statement of stateSql. */
export type StateRows = Record<
  'needs' | 'held' | 'queued' | 'institutions' | 'managers' | 'claims' | 'answers' | 'callers' | 'limits' | 'consents',
  readonly Row[]
>;

interface Pair {
  needId: string;
  institutionId: string;
}

/** The state that a decision rests on. `book` is that of the batch before, when no limit has changed since. */
export function stateOf(rows: StateRows, book?: LimitBook): LaneState {
  const needs = new Map(rows.needs.map((row) => [row['id'] as string, needOf(row)]));
  for (const { needId, institutionId } of rows.held as unknown as Pair[]) needs.get(needId)?.heldBy.add(institutionId);
  for (const { needId, institutionId } of rows.queued as unknown as Pair[])
    needs.get(needId)?.queuedBy.add(institutionId);
  const signed = Map.groupBy(rows.consents, ({ uscc }) => uscc as string) as ReadonlyMap<string, unknown>;
  return {
    needs,
    institutions: byId<LockedCounter>(rows.institutions),
    managers: byId<LockedCounter>(rows.managers),
    callers: new Map(rows.callers.map((row) => [row['sessionId'] as string, row as unknown as Caller])),
    answers: new Map(rows.answers.map((row) => [row['claim'] as string, row as never])),
    busy: new Set(rows.claims.filter(({ locked }) => !locked).map(({ claim }) => claim as string)),
    limits: bookOf(rows.limits, book),
    consentOf: (request) =>
      consentOf(needs.get(request.needId), signed as ReadonlyMap<string, SignedAuthorisation[]>, request),
  };
}

/** Approved limits never change and are never removed: where none was read, those of before still hold. */
function bookOf(rows: readonly Row[], book?: LimitBook): LimitBook {
  return book && rows.length === 0 ? book : new LimitBook(rows.map(approvedOf));
}

const approvedOf = (row: Row): ApprovedValue => ({
  what: row['what'] as string,
  value: row['value'],
  effectiveFrom: row['effectiveFrom'] as Date,
  version: row['version'] as number,
  scope: {
    institution: row['institutionId'] as string | null,
    product: row['productId'] as string | null,
    district: row['district'] as string | null,
    grade: row['grade'] as string | null,
  },
});

const needOf = (row: Row): LockedNeed =>
  ({
    ...row,
    amountFen: BigInt(row['amountFen'] as string) as Fen,
    intendedFen: BigInt(row['intendedFen'] as string) as Fen,
    heldBy: new Set<string>(),
    queuedBy: new Set<string>(),
  }) as unknown as LockedNeed;

const byId = <T>(rows: readonly Row[]): Map<string, T> => new Map(rows.map((row) => [row['id'] as string, row as T]));

function consentOf(
  need: LockedNeed | undefined,
  signed: ReadonlyMap<string, SignedAuthorisation[]>,
  { institutionCode, now }: GrabRequest,
): Consent {
  const ask = { institution: institutionCode, purpose: 'PRE_LOAN', today: dayOf(now) };
  const decision = decideConsent(signed.get(need?.uscc ?? '') ?? [], ask);
  if (decision.granted) return { granted: true, authorisationId: decision.authorisationId };
  return { granted: false, code: decision.missing === 'INSTITUTION' ? 'INSTITUTION_NOT_COVERED' : 'NEED_CLOSED' };
}
