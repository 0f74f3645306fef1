import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the round at the start of a planned limit found, once for each change; and what timed work reads by: pages of the
 * open needs, by an index that is touched only when a need is made and when it ends, and the latest grabs and offers.
 */
export class LookAtStarts1790000006700 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table limit_start (
        change_id uuid primary key references limit_change,
        at timestamptz not null,
        above jsonb not null
      )`);
    // What was in force before there was such a round was looked at when it was approved.
    await run.query(`
      insert into limit_start (change_id, at, above)
      select id, greatest(effective_from, decided_at), '[]' from limit_change
      where status = 'APPROVED' and effective_from <= decided_at`);
    await run.query('create index need_open on need (id) where ended_at is null');
    // What came last is looked for by its instant; rows lie in that order, so that ranges of pages are enough to find it.
    await run.query('create index grab_made on grab using brin (grabbed_at) with (autosummarize = on)');
    await run.query('create index offer_made on offer using brin (made_at) with (autosummarize = on)');
    await run.query('create table calendar_warning (month date primary key, at timestamptz not null)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table calendar_warning');
    await run.query('drop index need_open, grab_made, offer_made');
    await run.query('drop table limit_start');
  }
}
