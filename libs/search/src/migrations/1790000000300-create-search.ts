import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The documents of one service's search index, in its own schema. */
export class CreateSearch1790000000300 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table search_document (
        id text primary key,
        name text collate "zh-x-icu" not null,
        haystack text not null,
        grams text[] not null,
        facets text[] not null,
        shown jsonb not null
      )`);
    // No pending list: it would be read through by every search, and names change rarely.
    await run.query(
      'create index search_document_grams on search_document using gin (grams, facets) with (fastupdate = off)',
    );
    await run.query('create index search_document_order on search_document (name, id)');
    await run.query('create index search_document_code on search_document (id text_pattern_ops)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table search_document');
  }
}
