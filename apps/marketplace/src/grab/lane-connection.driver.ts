import type { Duplex } from 'node:stream';

import { databaseUrlOf } from '@app/config';
import pg from 'pg';

import type { LimitBook } from '../limit/limit-book.rules.js';
import { addCountersSql, stateOf, type StateRows, stateSql } from './lane-state.driver.js';
import type { GrabRequest, LaneState } from './lane.rules.js';

/** A batch that takes longer than this is stuck: better a 503 than a queue that grows for ever. */
const statementTimeoutMs = 10_000;

/** Plans made on small tables would scan them when they have grown: the lane always goes by key. */
const settings = [
  'plan_cache_mode = force_generic_plan',
  'enable_seqscan = off',
  'enable_hashjoin = off',
  'enable_mergejoin = off',
];

/** A statement of the second trip; its name keeps its plan. */
export interface LaneStatement {
  name: string;
  sql: string;
  values: readonly string[];
}

/** The lane's own connection: pipelined, so that a batch takes two trips whatever its size. */
export class LaneConnection {
  private client: pg.Client | undefined;
  /** Counter rows that are known to be there; they are never removed. */
  private readonly counters = new Set<string>();
  /** Counters of the batch under way: known once it is committed, as a rollback takes new ones back. */
  private added: readonly string[] = [];
  private book: LimitBook | undefined;

  /** The limits as the latest batch read them; none before the first. */
  get limits(): LimitBook | undefined {
    return this.book;
  }

  /** First trip: locks what the batch is about, then reads, in later statements, what is true under the locks. */
  async read(requests: readonly GrabRequest[]): Promise<LaneState> {
    const client = await this.connected();
    const needs = distinct(requests.map(({ needId }) => needId));
    const institutions = distinct(requests.map(({ institutionId }) => institutionId));
    const managers = distinct(requests.map(({ managerId }) => managerId));
    const claims = distinct(requests.map(({ claim }) => claim));
    const run = runner(client);
    void run('begin', 'begin');
    const lockedNeeds = run('lock-needs', stateSql.lockNeeds, [needs]);
    this.ensureCounters(run, institutions, managers);
    const latest = new Date(Math.max(...requests.map(({ now }) => now.getTime())));
    const pairs = [requests.map(({ needId }) => needId), requests.map(({ institutionId }) => institutionId)];
    const institutionLocks = run('lock-institutions', stateSql.lockInstitutions, [institutions, latest]);
    const managerLocks = run('lock-managers', stateSql.lockManagers, [managers]);
    const claimLocks = run('lock-claims', stateSql.lockClaims, [claims]);
    void run('lock-consent', stateSql.lockConsent, [needs]);
    const sent = {
      needs: lockedNeeds,
      institutions: institutionLocks,
      managers: managerLocks,
      claims: claimLocks,
      held: run('held', stateSql.held, pairs),
      queued: run('queued', stateSql.queued, pairs),
      answers: run('answers', stateSql.answers, [
        requests.map(({ managerId }) => managerId),
        requests.map(({ key }) => key),
        requests.map(({ route }) => route),
      ]),
      callers: run('callers', stateSql.callers, [distinct(requests.map(({ sessionId }) => sessionId))]),
      limits: run('limits', stateSql.limits, [this.book?.size ?? 0]),
      consents: run('consents', stateSql.consents, [needs]),
    };
    await run.all();
    this.added = [...institutions, ...managers];
    const state = stateOf(await rowsOf(sent), this.book);
    this.book = state.limits;
    return state;
  }

  /**
   * Second trip: writes and commits, on its way when the call comes back. Never on another connection than the first trip's,
   * where nothing would be locked. Throws when PostgreSQL answered the commit with a rollback.
   */
  async write(statements: readonly LaneStatement[]): Promise<void> {
    if (!this.client) throw new Error('Connection terminated between the two trips of a batch');
    const run = runner(this.client);
    for (const { name, sql, values } of statements) void run(name, sql, values);
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
    if (missing(institutions).length > 0)
      void run('add-institutions', addCountersSql('institution'), [missing(institutions)]);
    if (missing(managers).length > 0) void run('add-managers', addCountersSql('manager'), [missing(managers)]);
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

async function rowsOf(sent: Record<keyof StateRows, Promise<pg.QueryResult>>): Promise<StateRows> {
  const answered = Object.entries(sent).map(async ([name, result]) => [name, (await result).rows] as const);
  return Object.fromEntries(await Promise.all(answered)) as unknown as StateRows;
}

const distinct = (values: readonly string[]): string[] => [...new Set(values)];
