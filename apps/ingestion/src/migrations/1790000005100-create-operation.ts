import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators do to the flow: pauses that hold now, and a log of every act that nobody can change. */
export class CreateOperation1790000005100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table pause (
        scope text not null check (scope in ('FEED', 'SOURCE')),
        name text not null,
        reason text not null,
        paused_by uuid not null,
        paused_at timestamptz not null,
        primary key (scope, name)
      )`);
    // A feed with several sources rests while any of them does: its order of arrival is one.
    await run.query(`
      create view paused_feed as
      select distinct f.feed from feed f
      join pause p on (p.scope = 'FEED' and p.name = f.feed) or (p.scope = 'SOURCE' and p.name = any (f.sources))`);
    await run.query(`
      create table operation_log (
        id uuid primary key,
        at timestamptz not null,
        person_id uuid,
        act text not null,
        feeds text[] not null,
        scope text,
        name text,
        run_id uuid,
        batch_id uuid,
        reason text not null,
        detail jsonb not null
      )`);
    await makeAppendOnly(run, 'operation_log');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table operation_log');
    await run.query('drop view paused_feed');
    await run.query('drop table pause');
  }
}
