import type { DataSource } from 'typeorm';

import type { DocumentSource } from './document-source.js';
import { textVersion } from './indexed-document.js';
import type { PostgresSearchIndex } from './postgres-search-index.js';
import type { SearchBuild, SearchLedger } from './search-ledger.js';

/** So many documents are one transaction of some 100 ms, which writers of the same enterprises wait for. */
const pageDocuments = 250;
const documentsLayout = `v${textVersion}`;

/** Makes the documents anew from the service's own tables: when their forms have changed, or an operator says so. */
export class DocumentBuilds {
  private looked = false;

  constructor(
    private readonly db: DataSource,
    private readonly source: DocumentSource,
    private readonly index: PostgresSearchIndex,
    private readonly ledger: SearchLedger,
  ) {}

  begin(tx: Parameters<SearchLedger['begin']>[0], reason: string, by?: string): Promise<SearchBuild> {
    return this.ledger.begin(tx, { target: 'documents', layout: documentsLayout, reason, by: by ?? null });
  }

  /** Works on a build for about `sliceMs`; false when there is nothing to do. */
  async work(sliceMs: number): Promise<boolean> {
    await this.lookOnce();
    const until = performance.now() + sliceMs;
    let build = await this.ledger.running('documents');
    if (!build) return false;
    while (build && performance.now() < until) build = await this.page(build);
    return true;
  }

  /** How many documents there are too few or too many. */
  async difference(): Promise<number> {
    return this.db.transaction('REPEATABLE READ', async (tx) => {
      const [row]: { count: number }[] = await tx.query('select count(*)::int as count from search_document');
      return Math.abs((await this.source.count(tx)) - (row?.count ?? 0));
    });
  }

  private async lookOnce(): Promise<void> {
    if (this.looked) return;
    if ((await this.ledger.builtLayout('documents')) !== documentsLayout)
      await this.db.transaction((tx) => this.begin(tx, `documents are made as ${documentsLayout}`));
    this.looked = true;
  }

  /** The next page in one transaction; undefined when it was the last. */
  private async page(build: SearchBuild): Promise<SearchBuild | undefined> {
    return this.db.transaction(async (tx) => {
      const documents = await this.source.read(build.lastId, pageDocuments, tx);
      const last = documents.length < pageDocuments ? undefined : documents.at(-1)?.id;
      await this.index.index(documents, tx);
      const rows: { id: string }[] = await tx.query(
        `select id from search_document where id > $1 and ($2::text is null or id <= $2) and id <> all($3::text[])`,
        [build.lastId, last, documents.map(({ id }) => id)],
      );
      // Asked after the look: a document that was seen there has an enterprise that can be seen now.
      const ids = rows.map(({ id }) => id);
      if (ids.length > 0) await this.index.remove(await this.source.missing(ids, tx), tx);
      const lastId = last ?? build.lastId;
      await this.ledger.advance(tx, build, lastId, documents.length);
      if (last !== undefined) return { ...build, lastId };
      await this.ledger.end(tx, build, 'DONE');
      return undefined;
    });
  }
}
