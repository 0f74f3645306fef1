import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Pinyin, an order that every engine can sort by, a version per document, and what is needed to keep another engine in
 * step: notes of changes, builds, and a log. Documents that are there are made anew by the first build.
 */
export class ExtendSearch1790000015000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('create sequence search_version');
    await run.query(`
      alter table search_document
        add column sort text collate "C" not null default '',
        add column pinyin text not null default '',
        add column initials text not null default '',
        add column version bigint not null default nextval('search_version')`);
    // The commonest pairs must be known as such, or a search for one is planned as if it were rare.
    await run.query('alter table search_document alter column grams set statistics 300');
    await run.query('drop index search_document_order');
    await run.query('create index search_document_order on search_document (sort, id)');
    await run.query(`
      create table search_pending (
        id text primary key,
        version bigint not null,
        at timestamptz not null default clock_timestamp()
      ) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000)`);
    await this.createBuild(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table search_log, search_build, search_pending');
    await run.query('drop index search_document_order');
    await run.query('alter table search_document drop sort, drop pinyin, drop initials, drop version');
    await run.query('create index search_document_order on search_document (name, id)');
    await run.query('alter table search_document alter column grams set statistics -1');
    await run.query('drop sequence search_version');
  }

  private async createBuild(run: QueryRunner): Promise<void> {
    // last_id is how far a build is: after a death it goes on from there.
    await run.query(`
      create table search_build (
        id uuid primary key,
        target text not null check (target in ('documents', 'elasticsearch')),
        layout text not null,
        index_name text,
        state text not null default 'RUNNING' check (state in ('RUNNING', 'DONE', 'ABANDONED')),
        reason text not null,
        by_person text,
        last_id text not null default '',
        documents int not null default 0,
        started_at timestamptz not null,
        ended_at timestamptz
      )`);
    await run.query(`create unique index search_build_one on search_build (target) where state = 'RUNNING'`);
    await run.query(`
      create table search_log (
        id uuid primary key,
        at timestamptz not null,
        act text not null,
        by_person text,
        engine text not null,
        index_name text,
        documents int,
        differences int,
        detail text
      )`);
  }
}
