import { databaseOptions } from '@app/database';
import { FixedClock } from '@app/kernel';
import { DataSource, type EntityManager } from 'typeorm';

import { freshDatabase, type TestDatabase } from '../../../test/support/database.js';
import { DocumentSource, type SearchDocument, searchMigrations, type SearchParts, searchParts } from '../src/index.js';
import { SearchLedger } from '../src/search-ledger.js';

/** A search index in a schema that no service has furnished with one, with what keeps it right, run by hand. */
export interface SearchGround extends SearchParts {
  db: TestDatabase;
  source: DataSource;
  ledger: SearchLedger;
  transaction(work: (tx: EntityManager) => Promise<void>): Promise<void>;
  /** Runs upkeep until nothing is left to do. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

/** Documents are what they are in `known`: the service's own tables, so to speak. */
export class KnownDocuments extends DocumentSource {
  /** undefined: nothing is known, and what is in the index stays as it is. */
  known: Map<string, SearchDocument> | undefined;

  async read(after: string, limit: number): Promise<SearchDocument[]> {
    const all = [...(this.known?.values() ?? [])].filter(({ id }) => id > after);
    return all.toSorted((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit);
  }

  async missing(ids: readonly string[]): Promise<string[]> {
    return this.known ? ids.filter((id) => !this.known?.has(id)) : [];
  }

  async count(tx: EntityManager): Promise<number> {
    if (this.known) return this.known.size;
    const [row]: { count: number }[] = await tx.query('select count(*)::int as count from search_document');
    return row?.count ?? 0;
  }
}

export async function openGround(
  address: { url: string | undefined; index: string },
  documents = new KnownDocuments(),
): Promise<SearchGround> {
  const db = await freshDatabase();
  const options = databaseOptions({ service: 'supervision', entities: [], migrations: searchMigrations });
  const source = await new DataSource({ ...options, migrationsTableName: 'search_migration' } as never).initialize();
  await source.runMigrations();
  const ledger = new SearchLedger(source, new FixedClock('2026-11-23T02:00:00Z'));
  const parts = await searchParts(source, documents, ledger, address);
  const settle = async (): Promise<void> => {
    for (let busy = true; busy;) {
      await parts.upkeep.run();
      const builds = [await ledger.running('documents'), await ledger.running('elasticsearch')];
      const behind = parts.engine && ((await ledger.counts()).pending > 0 || !(await parts.engine.live()));
      busy = builds.some(Boolean) || behind === true;
    }
    await parts.engine?.refresh();
  };
  return {
    ...parts,
    db,
    source,
    ledger,
    settle,
    transaction: async (work) => {
      await source.transaction(work);
      if (parts.engine) await settle();
    },
    close: async () => {
      await parts.engine?.close();
      await source.destroy();
      await db.drop();
    },
  };
}
