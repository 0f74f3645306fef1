import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of each feed one replay and one rebuild at a time. */
export class OneRunAFeed1790000005350 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`create unique index operation_run_once on operation_run (feed, kind)
      where state in ('PROPOSED', 'RUNNING') and kind <> 'REPLAY_BATCH'`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index operation_run_once');
  }
}
