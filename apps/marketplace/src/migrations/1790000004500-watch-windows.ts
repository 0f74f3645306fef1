import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to when saved searches have looked at needs whose exclusive window was over. */
export class WatchWindows1790000004500 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('create table search_watch (one boolean primary key check (one), until timestamptz not null)');
    await run.query(`insert into search_watch values (true, '-infinity')`);
    await run.query(
      'create index need_exclusive_until on need (exclusive_until) where exclusive_until is not null and ended_at is null',
    );
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index need_exclusive_until');
    await run.query('drop table search_watch');
  }
}
