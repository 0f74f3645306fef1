import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is unique in the largest table of the service leads with the enterprise, as everywhere: only so can it be spread over
 * several servers by enterprise. An act has one enterprise for ever, so that it still counts once.
 */
export class LeadFactsByEnterprise1790000006800 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('alter table fact drop constraint fact_pkey, add primary key (uscc, kind, subject)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table fact drop constraint fact_pkey, add primary key (kind, subject)');
  }
}
