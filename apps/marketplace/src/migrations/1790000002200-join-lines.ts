import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who joins a line without a draw has chosen no share of a chance. */
export class JoinLines1790000002200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('alter table entry alter column nonce_hash drop not null');
    await run.query(`create index entry_line on entry (need_id, line_no) where status = 'WAITING'`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index entry_line');
    await run.query(`update entry set nonce_hash = '' where nonce_hash is null`);
    await run.query('alter table entry alter column nonce_hash set not null');
  }
}
