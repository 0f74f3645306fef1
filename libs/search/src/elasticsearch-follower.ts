import type { DataSource, EntityManager } from 'typeorm';

import type { Change, ElasticsearchEngine, StoredDocument } from './elasticsearch-engine.js';
import { layout } from './elasticsearch-layout.js';
import type { SearchBuild, SearchLedger } from './search-ledger.js';

/** 500 documents with their forms are about a megabyte. */
const changesMax = 500;
const pageDocuments = 1_000;

interface Note {
  readonly id: string;
  readonly version: string;
}

const documentColumns = `id, name, sort, haystack, grams, pinyin, initials, facets, shown, version,
  hashtext(id) & 255 as bucket`;

/** A new version for each, so that whatever the engine remembers of the old one, of a deletion too, gives way. */
const mendSql = `
  with kept as (
    update search_document set version = nextval('search_version') where id = any($1) returning id, version
  ), wanted as (
    select id, coalesce(kept.version, nextval('search_version')) as version
    from unnest($1::text[]) as unlike (id) left join kept using (id)
  )
  insert into search_pending as p (id, version) select id, version from wanted order by id
  on conflict (id) do update set version = greatest(p.version, excluded.version)`;

/** Keeps Elasticsearch as PostgreSQL is: carries changes over, builds beside, swaps, and looks for differences. */
export class ElasticsearchFollower {
  constructor(
    private readonly db: DataSource,
    private readonly engine: ElasticsearchEngine,
    private readonly ledger: SearchLedger,
  ) {}

  /** A build where there is no index of this layout; asked at the start and after the engine was away. */
  async ensure(): Promise<void> {
    const live = await this.engine.live();
    if (live && this.engine.isCurrent(live)) return;
    const reason = live ? `${live} is of another layout than ${layout}` : 'there is no index yet';
    await this.db.transaction((tx) => this.begin(tx, reason));
  }

  begin(tx: EntityManager, reason: string, by?: string): Promise<SearchBuild> {
    return this.ledger.begin(tx, { target: 'elasticsearch', layout, reason, by: by ?? null });
  }

  /** Carries all noted changes over; the number of them. A note goes when its version has arrived, not before. */
  async follow(): Promise<number> {
    let total = 0;
    for (let size = changesMax; size === changesMax; total += size) {
      const notes: Note[] = await this.db.query('select id, version from search_pending order by at, id limit $1', [
        changesMax,
      ]);
      size = notes.length;
      if (size === 0 || !(await this.carry(notes))) break;
    }
    return total;
  }

  /** Works on a build for about `sliceMs`; false when there is nothing to do. */
  async work(sliceMs: number): Promise<boolean> {
    const build = await this.ledger.running('elasticsearch');
    if (!build) return false;
    const index = await this.indexOf(build);
    if (!index) return true;
    const until = performance.now() + sliceMs;
    let lastId: string | undefined = build.lastId;
    while (lastId !== undefined && performance.now() < until) lastId = await this.page(build, index, lastId);
    if (lastId === undefined) await this.finish(build, index);
    return true;
  }

  /** Looks for documents that differ and notes them, so that they are carried over again; their number. */
  async reconcile(): Promise<number> {
    const live = await this.engine.live();
    if (!live) return 0;
    await this.engine.refresh(live);
    const rows: { bucket: number; count: number; versions: string }[] = await this.db.query(
      `select hashtext(id) & 255 as bucket, count(*)::int as count, sum(version)::text as versions
       from search_document group by 1`,
    );
    const ours = new Map(rows.map((row) => [row.bucket, row]));
    const theirs = await this.engine.buckets(live);
    const unlike = [...new Set([...ours.keys(), ...theirs.keys()])].filter((bucket) => {
      const [one, other] = [ours.get(bucket), theirs.get(bucket)];
      return one?.count !== other?.count || Number(one?.versions) !== other?.versions;
    });
    let differences = 0;
    for (const bucket of unlike) differences += await this.mend(live, bucket);
    const documents = rows.reduce((sum, { count }) => sum + count, 0);
    await this.ledger.note(this.db.manager, {
      act: 'RECONCILED',
      engine: 'elasticsearch',
      indexName: live,
      documents,
      differences,
    });
    return differences;
  }

  private async carry(notes: Note[]): Promise<boolean> {
    const targets = await this.targets();
    if (targets.length === 0) return false;
    const documents = await this.documents('id = any($1)', [notes.map(({ id }) => id)]);
    const byId = new Map(documents.map((document) => [document.id, document]));
    const changes = notes.map(({ id, version }): Change => {
      const document = byId.get(id);
      return { id, version: document?.version ?? version, document };
    });
    for (const target of targets) await this.engine.send(target, changes);
    await this.db.query(
      `delete from search_pending p using json_to_recordset($1::json) as sent (id text, version bigint)
       where p.id = sent.id and p.version <= sent.version`,
      [JSON.stringify(changes.map(({ id, version }) => ({ id, version })))],
    );
    return true;
  }

  /** The index in use and the one that is being built. */
  private async targets(): Promise<string[]> {
    const build = await this.ledger.running('elasticsearch');
    const live = await this.engine.live();
    const building = build?.indexName && (await this.engine.exists(build.indexName)) ? [build.indexName] : [];
    return [...new Set([...(live ? [live] : []), ...building])];
  }

  /** The build's own index, made at its first step; undefined when the engine has lost it and the build is over. */
  private async indexOf(build: SearchBuild): Promise<string | undefined> {
    if (build.indexName && (await this.engine.exists(build.indexName))) return build.indexName;
    if (build.indexName && build.lastId !== '') {
      await this.db.transaction((tx) => this.ledger.end(tx, build, 'ABANDONED', 'its index is gone'));
      await this.ensure();
      return undefined;
    }
    const index = build.indexName ?? this.engine.nameOf(build.id);
    await this.ledger.name(build, index);
    await this.engine.create(index);
    return index;
  }

  private async page(build: SearchBuild, index: string, after: string): Promise<string | undefined> {
    const documents = await this.documents('id > $1 order by id limit $2', [after, pageDocuments]);
    const changes = documents.map((document) => ({ id: document.id, version: document.version, document }));
    await this.engine.send(index, changes);
    const last = documents.at(-1);
    if (last) await this.ledger.advance(this.db.manager, build, last.id, documents.length);
    return documents.length < pageDocuments ? undefined : last?.id;
  }

  private async finish(build: SearchBuild, index: string): Promise<void> {
    await this.follow();
    await this.engine.refresh(index);
    const dropped = await this.engine.swap(index);
    await this.db.transaction((tx) =>
      this.ledger.end(tx, build, 'DONE', dropped.length > 0 ? `in place of ${dropped.join(', ')}` : undefined),
    );
  }

  private async mend(live: string, bucket: number): Promise<number> {
    const rows: Note[] = await this.db.query('select id, version from search_document where hashtext(id) & 255 = $1', [
      bucket,
    ]);
    const ours = new Map(rows.map(({ id, version }) => [id, version]));
    const theirs = await this.engine.versionsOf(live, bucket);
    const unlike = [...new Set([...ours.keys(), ...theirs.keys()])].filter((id) => ours.get(id) !== theirs.get(id));
    if (unlike.length > 0) await this.db.query(mendSql, [unlike]);
    return unlike.length;
  }

  private documents(where: string, values: unknown[]): Promise<StoredDocument[]> {
    return this.db.query(`select ${documentColumns} from search_document where ${where}`, values);
  }
}
