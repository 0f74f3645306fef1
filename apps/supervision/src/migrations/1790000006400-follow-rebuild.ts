import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rebuilds of ingestion that ask for the figures anew, until they are. */
export class FollowRebuild1790000006400 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table rebuild_wish (
        run_id uuid primary key,
        feed text not null,
        told_by uuid not null,
        told_at timestamptz not null,
        rebuild_id uuid references rebuild
      )`);
    await run.query('create index rebuild_wish_open on rebuild_wish (told_at) where rebuild_id is null');
    await run.query('create index rebuild_wish_rebuild on rebuild_wish (rebuild_id)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table rebuild_wish');
  }
}
