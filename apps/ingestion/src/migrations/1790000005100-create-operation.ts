import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What operators do to the flow of deliveries, and who said yes to it. */
export class CreateOperation1790000005100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // FEED: one feed; SOURCE: every feed that names it among its sources.
    await run.query(`
      create table pause (
        scope text not null check (scope in ('FEED', 'SOURCE')),
        name text not null,
        intake text not null check (intake in ('WAIT', 'REFUSE')),
        reason text not null,
        paused_by uuid not null,
        paused_at timestamptz not null,
        primary key (scope, name)
      )`);
    await run.query(`
      create view paused_feed as
      select f.feed, bool_or(p.intake = 'REFUSE') as refuses, min(p.paused_at) as paused_at
      from feed f
      join pause p on (p.scope = 'FEED' and p.name = f.feed) or (p.scope = 'SOURCE' and p.name = any (f.sources))
      group by f.feed`);
    await run.query(`
      create table operation (
        id uuid primary key,
        kind text not null check (kind in ('REPLAY_FEED', 'REBUILD', 'GIVE_UP_GAP', 'RESTART_PULL')),
        feed text not null references feed (feed),
        wish jsonb not null,
        reason text not null,
        state text not null check (state in ('PROPOSED', 'REJECTED', 'WITHDRAWN', 'RUNNING', 'DONE')),
        proposed_by uuid not null,
        proposed_at timestamptz not null,
        decided_by uuid,
        decided_at timestamptz,
        progress jsonb not null default '{}',
        ended_at timestamptz,
        check (decided_by is null or decided_by <> proposed_by or state = 'WITHDRAWN')
      )`);
    await run.query(`create index operation_running on operation (id) where state = 'RUNNING'`);
    await createLog(run);
    await run.query('alter table batch add column replay_of uuid references batch, add column replay_arrival bigint');
    await run.query('create index batch_replayed on batch (replay_of) where replay_of is not null');
    await run.query('create index part_by_time on part (committed_at)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop index part_by_time');
    await run.query('alter table batch drop column replay_of, drop column replay_arrival');
    for (const table of ['operation_log', 'operation']) await run.query(`drop table ${table}`);
    await run.query('drop view paused_feed');
    await run.query('drop table pause');
  }
}

async function createLog(run: QueryRunner): Promise<void> {
  await run.query(`
    create table operation_log (
      id uuid primary key,
      at timestamptz not null,
      person_id uuid,
      act text not null,
      feed text,
      scope text,
      name text,
      operation_id uuid,
      batch_id uuid,
      reason text not null,
      detail jsonb not null default '{}'
    )`);
  await makeAppendOnly(run, 'operation_log');
}
