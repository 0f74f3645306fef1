import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How the figures were checked against what the services publish, and when they were made anew from it. */
export class CreateReconciliation1790000001100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // differences holds a first few cells for a person to look at; difference_count says how many there were.
    await run.query(`
      create table reconciliation (
        id uuid primary key,
        at timestamptz not null,
        up_to timestamptz not null,
        status text not null check (status in ('EQUAL', 'DIFFERENT')),
        cells integer not null,
        difference_count integer not null,
        differences jsonb not null,
        check ((status = 'EQUAL') = (difference_count = 0))
      )`);
    await run.query(`create index reconciliation_equal on reconciliation (up_to desc) where status = 'EQUAL'`);
    await run.query(`
      create table rebuild (
        id uuid primary key,
        status text not null check (status in ('REQUESTED', 'DONE')),
        reason text not null,
        requested_by uuid not null,
        requested_at timestamptz not null,
        done_at timestamptz,
        facts bigint,
        check ((status = 'DONE') = (done_at is not null and facts is not null))
      )`);
    await run.query(`create unique index rebuild_waiting on rebuild (status) where status = 'REQUESTED'`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table rebuild, reconciliation');
  }
}
