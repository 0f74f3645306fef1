import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where connectors stand, when they are due, and what is missing of what sources serve. */
export class CreateConnectorVisit1790000005000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter table pull_cursor add column sequence text`);
    // Which ways in there are is for the service to know.
    await run.query('alter table batch drop constraint if exists batch_origin_check');
    await run.query(`alter table batch add constraint batch_origin_check check (origin ~ '^[A-Z_]{2,20}$')`);
    await run.query(`
      create table connector_visit (
        connector text not null,
        feed text not null,
        due_at timestamptz not null,
        started_at timestamptz,
        ended_at timestamptz,
        rows bigint not null default 0,
        failures int not null default 0,
        problem text,
        primary key (connector, feed)
      )`);
    await run.query(`
      create table source_gap (
        id uuid primary key,
        connector text not null,
        feed text not null,
        kind text not null check (kind in ('SEQUENCE', 'DAY')),
        starts text not null,
        ends text not null,
        seen_at timestamptz not null,
        asked int not null default 0,
        asked_at timestamptz,
        state text not null default 'OPEN' check (state in ('OPEN', 'FILLED', 'GIVEN_UP')),
        ended_at timestamptz
      )`);
    await run.query(`create index source_gap_open on source_gap (connector, feed) where state = 'OPEN'`);
    await run.query('create index source_gap_by_feed on source_gap (feed, id)');
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['source_gap', 'connector_visit']) await run.query(`drop table ${table}`);
    await run.query('alter table pull_cursor drop column sequence');
  }
}
