import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A bank that looks at one district or industry reads its page, and not the whole board up to there. */
export class IndexBoard1790000006000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    for (const [name, column] of [
      ['need_board_district', 'district'],
      ['need_board_industry', 'industry2'],
    ])
      await run.query(`create index ${name} on need (${column}, published_at desc, id desc) where ended_at is null`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index need_board_industry, need_board_district');
  }
}
