import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rebuilds that ingestion told of: who is still to be written anew, and how far it is. */
export class FollowRebuild1790000006400 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // `events` is null while the rebuild still tells, and comes on a topic of its own: perhaps before the last of them.
    await run.query(`
      create table rebuild (
        run_id uuid primary key,
        feed text,
        events bigint,
        told_by uuid,
        heard bigint not null default 0,
        done bigint not null default 0,
        begun_at timestamptz not null,
        ended_at timestamptz,
        documents bigint not null default 0,
        search_ended_at timestamptz
      )`);
    await run.query(
      'create index rebuild_search on rebuild (run_id) where ended_at is not null and search_ended_at is null',
    );
    // Beside the marks: a mark says to look, this says to write whatever is held.
    await run.query(`
      create table retold (
        uscc text not null,
        run_id uuid not null,
        primary key (uscc, run_id)
      )`);
    await run.query('create index retold_by_run on retold (run_id)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table retold, rebuild');
  }
}
