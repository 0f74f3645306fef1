import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a claim says goes with the record that it became. */
export class FindClaimedRow1790000006410 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('create index claimed_row_record on claimed_row (record_key)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index claimed_row_record');
  }
}
