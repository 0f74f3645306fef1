import { Clock, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

export type BuildTarget = 'documents' | 'elasticsearch';

/** One making of an index from its beginning. */
export interface SearchBuild {
  id: string;
  target: BuildTarget;
  layout: string;
  indexName: string | null;
  state: 'RUNNING' | 'DONE' | 'ABANDONED';
  reason: string;
  by: string | null;
  lastId: string;
  documents: number;
  startedAt: Date;
  endedAt: Date | null;
}

export type SearchAct =
  | 'BUILD_STARTED'
  | 'BUILD_DONE'
  | 'BUILD_ABANDONED'
  | 'RECONCILED'
  | 'ENGINE_AWAY'
  | 'ENGINE_BACK'
  | 'CAUGHT_UP';

/** One line of the index's log: who did what to how much, and what was found to differ. */
export interface SearchLogEntry {
  id: string;
  at: Date;
  act: SearchAct;
  by: string | null;
  engine: string;
  indexName: string | null;
  documents: number | null;
  differences: number | null;
  detail: string | null;
}

type LogLine = Pick<SearchLogEntry, 'act' | 'engine'> & Partial<Omit<SearchLogEntry, 'id' | 'at'>>;

const buildColumns = `id, target, layout, index_name as "indexName", state, reason, by_person as "by",
  last_id as "lastId", documents, started_at as "startedAt", ended_at as "endedAt"`;

/** The tables that say what was built, what is under way, and what happened to the index. */
@Injectable()
export class SearchLedger {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Puts a build on its way; the one under way when there is one already. */
  async begin(
    tx: EntityManager,
    { target, layout, reason, by = null }: { target: BuildTarget; layout: string; reason: string; by?: string | null },
  ): Promise<SearchBuild> {
    const now = this.clock.now();
    const [fresh]: SearchBuild[] = await tx.query(
      `insert into search_build (id, target, layout, reason, by_person, started_at) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing returning ${buildColumns}`,
      [uuidv7(now), target, layout, reason, by, now],
    );
    if (fresh) await this.note(tx, { act: 'BUILD_STARTED', engine: target, by, detail: reason });
    return fresh ?? (await this.running(target, tx))!;
  }

  async running(target: BuildTarget, tx: EntityManager = this.db.manager): Promise<SearchBuild | undefined> {
    const [build]: SearchBuild[] = await tx.query(
      `select ${buildColumns} from search_build where target = $1 and state = 'RUNNING'`,
      [target],
    );
    return build;
  }

  /** The newest builds of all targets. */
  async builds(limit: number): Promise<SearchBuild[]> {
    return this.db.query(`select ${buildColumns} from search_build order by id desc limit $1`, [limit]);
  }

  /** The layout that a target was last built in. */
  async builtLayout(target: BuildTarget): Promise<string | undefined> {
    const [row]: { layout: string }[] = await this.db.query(
      `select layout from search_build where target = $1 and state = 'DONE' order by id desc limit 1`,
      [target],
    );
    return row?.layout;
  }

  async name(build: SearchBuild, indexName: string): Promise<void> {
    await this.db.query('update search_build set index_name = $2 where id = $1', [build.id, indexName]);
  }

  /** Remembers how far a build is, in the transaction that brought it there. */
  async advance(tx: EntityManager, build: SearchBuild, lastId: string, added: number): Promise<void> {
    await tx.query('update search_build set last_id = $2, documents = documents + $3 where id = $1', [
      build.id,
      lastId,
      added,
    ]);
  }

  async end(tx: EntityManager, { id }: SearchBuild, state: 'DONE' | 'ABANDONED', detail?: string): Promise<void> {
    const [[build]]: [SearchBuild[], number] = await tx.query(
      `update search_build set state = $2, ended_at = $3 where id = $1 returning ${buildColumns}`,
      [id, state, this.clock.now()],
    );
    if (!build) return;
    const { target, indexName, documents, by } = build;
    await this.note(tx, { act: `BUILD_${state}`, engine: target, indexName, documents, by, ...(detail && { detail }) });
  }

  async note(tx: EntityManager, line: LogLine): Promise<void> {
    const now = this.clock.now();
    const { act, engine, by, indexName, documents, differences, detail } = line;
    await tx.query(
      `insert into search_log (id, at, act, by_person, engine, index_name, documents, differences, detail)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [uuidv7(now), now, act, by, engine, indexName, documents, differences, detail?.slice(0, 500)],
    );
  }

  /** Newest first; `before` is the id of the last line of the page before. */
  async log(limit: number, before: string | null): Promise<SearchLogEntry[]> {
    return this.db.query(
      `select id, at, act, by_person as "by", engine, index_name as "indexName", documents, differences, detail
       from search_log where $2::uuid is null or id < $2 order by id desc limit $1`,
      [limit, before],
    );
  }

  /** Changes that the engine has still to hear. */
  async pending(): Promise<number> {
    const [row]: { count: number }[] = await this.db.query('select count(*)::int as count from search_pending');
    return row?.count ?? 0;
  }

  async counts(): Promise<{ documents: number; pending: number }> {
    const [row]: { documents: number; pending: number }[] = await this.db.query(
      `select (select count(*)::int from search_document) as documents, (select count(*)::int from search_pending) as pending`,
    );
    return row!;
  }
}
