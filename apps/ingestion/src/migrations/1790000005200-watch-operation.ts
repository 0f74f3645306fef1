import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the page of the operation asks, in a few probes of an index each; and which copies of the service do the work. */
export class WatchOperation1790000005200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('create index part_committed on part (committed_at)');
    await run.query('create index batch_newest on batch (feed, report_date_max) where report_date_max is not null');
    await run.query(`create index batch_failed on batch (finished_at) where status = 'FAILED'`);
    // Liveness is a matter of the machines: `seen_at` is the database's clock.
    await run.query(`
      create unlogged table worker (
        id uuid primary key,
        started_at timestamptz not null,
        seen_at timestamptz not null,
        lanes int not null,
        feeds text[] not null
      )`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table worker');
    for (const index of ['batch_failed', 'batch_newest', 'part_committed']) await run.query(`drop index ${index}`);
  }
}
