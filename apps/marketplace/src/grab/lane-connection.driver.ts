import type { Duplex } from 'node:stream';

import { databaseUrlOf } from '@app/config';
import { consentKeyOf, decideConsent, type SignedAuthorisation } from '@app/database';
import { dayOf, type Fen } from '@app/kernel';
import { claimLockSql } from '@app/service';
import pg from 'pg';

import type { ApprovedValue } from '../limit/limit.rules.js';
import type { Caller, Consent, GrabRequest, LaneState, LockedCounter, LockedNeed } from './lane.rules.js';

/** A batch that takes longer than this is stuck: better a 503 than a queue that grows for ever. */
const statementTimeoutMs = 10_000;

/** Plans made on small tables would scan them when they have grown: the lane always goes by key. */
const settings = [
  'plan_cache_mode = force_generic_plan',
  'enable_seqscan = off',
  'enable_hashjoin = off',
  'enable_mergejoin = off',
];

/** Locks come in the one order of the house: need, institution, manager; each ascending by id. */
const lockNeedsSql = `
  select id, uscc, enterprise_name as "enterpriseName", contact_name as "contactName",
         contact_phone as "contactPhone", amount_fen as "amountFen", term_months as "termMonths", security, status,
         taken, intended_fen as "intendedFen", published_at as "publishedAt", closes_at as "closesAt",
         suspended_at as "suspendedAt", next_due as "nextDue", district, industry2, tier, score_band as "scoreBand",
         model_version as "modelVersion"
  from need where id = any($1::uuid[]) order by id for no key update`;
const lockInstitutionsSql = `
  select id, open_grabs as "openGrabs", day::text, day_grabs as "dayGrabs", suspended_until as "suspendedUntil"
  from institution_counter where id = any($1::uuid[]) order by id for no key update`;
const lockManagersSql = `
  select id, open_grabs as "openGrabs", day::text, day_grabs as "dayGrabs", null as "suspendedUntil"
  from manager_counter where id = any($1::uuid[]) order by id for no key update`;
const lockClaimsSql = `select claim, ${claimLockSql('claim')} as locked from unnest($1::text[]) as claim`;
const lockConsentSql = `
  select pg_advisory_xact_lock_shared(${consentKeyOf('uscc')})
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
const limitsSql = `
  select what, value, effective_from as "effectiveFrom", version from limit_change where status = 'APPROVED'`;
const consentsSql = `
  select signed.uscc, signed.id, signed.limbs, signed.institutions, signed.purposes,
         signed.valid_from::text as "validFrom", signed.valid_to::text as "validTo",
         signed.signed_at as "signedAt", signed.revoked_at as "revokedAt"
  from (select distinct uscc from need where id = any($1::uuid[])) as enterprise
  cross join lateral (
    select * from credit_api.authorisation_v1 as written where written.uscc = enterprise.uscc offset 0
  ) as signed`;

/** The lane's own connection: pipelined, so that a batch takes two trips whatever its size. */
export class LaneConnection {
  private client: pg.Client | undefined;
  /** Counter rows that are known to be there; they are never removed. */
  private readonly counters = new Set<string>();
  /** Counters of the batch under way: known once it is committed, as a rollback takes new ones back. */
  private added: readonly string[] = [];

  /** First trip: locks what the batch is about, then reads, in later statements, what is true under the locks. */
  async read(requests: readonly GrabRequest[]): Promise<LaneState> {
    const client = await this.connected();
    const needs = distinct(requests.map(({ needId }) => needId));
    const institutions = distinct(requests.map(({ institutionId }) => institutionId));
    const managers = distinct(requests.map(({ managerId }) => managerId));
    const claims = distinct(requests.map(({ claim }) => claim));
    const run = runner(client);
    void run('begin', 'begin');
    const lockedNeeds = run('lock-needs', lockNeedsSql, [needs]);
    this.ensureCounters(run, institutions, managers);
    const lockedInstitutions = run('lock-institutions', lockInstitutionsSql, [institutions]);
    const lockedManagers = run('lock-managers', lockManagersSql, [managers]);
    const lockedClaims = run('lock-claims', lockClaimsSql, [claims]);
    void run('lock-consent', lockConsentSql, [needs]);
    const held = run('held', heldSql, [
      requests.map(({ needId }) => needId),
      requests.map(({ institutionId }) => institutionId),
    ]);
    const answers = run('answers', answersSql, [
      requests.map(({ managerId }) => managerId),
      requests.map(({ key }) => key),
      requests.map(({ route }) => route),
    ]);
    const callers = run('callers', callersSql, [distinct(requests.map(({ sessionId }) => sessionId))]);
    const limits = run('limits', limitsSql);
    const consents = run('consents', consentsSql, [needs]);
    await run.all();
    this.added = [...institutions, ...managers];
    return stateOf({
      needs: await lockedNeeds,
      held: await held,
      institutions: await lockedInstitutions,
      managers: await lockedManagers,
      claims: await lockedClaims,
      answers: await answers,
      callers: await callers,
      limits: await limits,
      consents: await consents,
    });
  }

  /** Second trip: writes and commits. Throws when PostgreSQL answered the commit with a rollback. */
  async write(sql: string, values: readonly string[]): Promise<void> {
    const run = runner(await this.connected());
    void run('write', sql, values);
    const commit = run('commit', 'commit');
    await run.all();
    if ((await commit).command !== 'COMMIT') throw new Error('the batch was rolled back');
    for (const id of this.added) this.counters.add(id);
  }

  /** Ends a transaction that has nothing to write, or that failed. A dead connection has ended it by itself. */
  async rollback(): Promise<void> {
    await this.client?.query('rollback').catch(() => this.drop());
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private drop(): void {
    void this.close();
  }

  private ensureCounters(run: Run, institutions: readonly string[], managers: readonly string[]): void {
    const missing = (ids: readonly string[]) => ids.filter((id) => !this.counters.has(id)).toSorted();
    const add = (owner: string) =>
      `insert into ${owner}_counter (id) select unnest($1::uuid[]) on conflict (id) do nothing`;
    if (missing(institutions).length > 0) void run('add-institutions', add('institution'), [missing(institutions)]);
    if (missing(managers).length > 0) void run('add-managers', add('manager'), [missing(managers)]);
  }

  private async connected(): Promise<pg.Client> {
    if (this.client) return this.client;
    const client = new pg.Client({
      connectionString: databaseUrlOf('marketplace'),
      application_name: 'marketplace lane',
      statement_timeout: statementTimeoutMs,
      connectionTimeoutMillis: statementTimeoutMs,
      pipeline: true,
    } as pg.ClientConfig);
    // A lost connection is told to whoever waits for an answer; here it is only forgotten, so that the next batch dials anew.
    const forget = (): void => {
      if (this.client === client) this.client = undefined;
    };
    client.on('error', forget).on('end', forget);
    await client.connect();
    for (const setting of settings) await client.query(`set ${setting}`);
    this.client = client;
    return client;
  }
}

type Run = ReturnType<typeof runner>;

/**
 * Sends named statements one behind the other without waiting; `all` lets them go as one write to the socket, waits, and
 * throws what failed first. A write for each statement was a sixth of the process's time.
 */
function runner(client: pg.Client) {
  const sent: Promise<pg.QueryResult>[] = [];
  const { stream } = (client as unknown as { connection: { stream: Duplex } }).connection;
  stream.cork();
  const run = (name: string, text: string, values: readonly unknown[] = []): Promise<pg.QueryResult> => {
    const result = client.query({ name: `lane-${name}`, text, values: [...values] });
    sent.push(result);
    return result;
  };
  const all = async (): Promise<void> => {
    stream.uncork();
    const ended = await Promise.allSettled(sent);
    const failed = ended.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason as Error;
  };
  return Object.assign(run, { all });
}

type Results = Record<
  'needs' | 'held' | 'institutions' | 'managers' | 'claims' | 'answers' | 'callers' | 'limits' | 'consents',
  pg.QueryResult
>;

function stateOf(results: Results): LaneState {
  const needs = new Map(results.needs.rows.map((row) => [row.id as string, needOf(row)]));
  for (const { needId, institutionId } of results.held.rows) needs.get(needId)?.heldBy.add(institutionId);
  const signed = Map.groupBy(results.consents.rows, ({ uscc }) => uscc as string);
  return {
    needs,
    institutions: byId<LockedCounter>(results.institutions),
    managers: byId<LockedCounter>(results.managers),
    callers: new Map(results.callers.rows.map((row) => [row.sessionId as string, row as Caller])),
    answers: new Map(results.answers.rows.map((row) => [row.claim as string, row])),
    busy: new Set(results.claims.rows.filter(({ locked }) => !locked).map(({ claim }) => claim as string)),
    limits: results.limits.rows as ApprovedValue[],
    consentOf: (request) => consentOf(needs.get(request.needId), signed, request),
  };
}

const needOf = (row: Record<string, unknown>): LockedNeed =>
  ({
    ...row,
    amountFen: BigInt(row['amountFen'] as string) as Fen,
    intendedFen: BigInt(row['intendedFen'] as string) as Fen,
    heldBy: new Set<string>(),
  }) as unknown as LockedNeed;

const byId = <T>(result: pg.QueryResult): Map<string, T> =>
  new Map(result.rows.map((row) => [row.id as string, row as T]));

const distinct = (values: readonly string[]): string[] => [...new Set(values)];

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
