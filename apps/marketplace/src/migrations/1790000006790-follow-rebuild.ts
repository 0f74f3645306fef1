import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which rebuilds of records the matches follow, and how far they are. */
export class FollowRebuild1790000006790 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table rebuild_match (
        run_id uuid primary key,
        heard_at timestamptz not null,
        after_id uuid,
        done bigint not null default 0,
        ended_at timestamptz
      )`);
    await run.query('create index rebuild_match_open on rebuild_match (run_id) where ended_at is null');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table rebuild_match');
  }
}
