import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Followers ask every few seconds what came after the last batch they saw: that must not read a feed's whole history. */
export class FollowBatches1790000004200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('create index batch_arrival on batch (feed, arrival)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index batch_arrival');
  }
}
