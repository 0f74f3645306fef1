import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Replays and rebuilds: what was asked for, by whom, and how far it is. */
export class CreateRun1790000005300 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table operation_run (
        id uuid primary key,
        kind text not null check (kind in ('REPLAY_BATCH', 'REPLAY_FEED', 'REBUILD')),
        feed text not null references feed (feed),
        state text not null check (state in ('PROPOSED', 'REJECTED', 'RUNNING', 'DONE', 'STOPPED')),
        batch_id uuid references batch,
        contract text check (contract in ('MENDED', 'CURRENT')),
        received_from timestamptz,
        received_before timestamptz,
        per_second int,
        reason text not null,
        proposed_by uuid not null,
        proposed_at timestamptz not null,
        decided_by uuid,
        decided_at timestamptz,
        note text,
        place text not null default '',
        done bigint not null default 0,
        missing bigint not null default 0,
        total bigint,
        delivered boolean not null default false,
        stepped_at timestamptz,
        ended_at timestamptz,
        check (decided_by <> proposed_by)
      )`);
    await run.query(`create index operation_run_open on operation_run (id) where state in ('PROPOSED', 'RUNNING')`);
    // `replay_arrival`: the place in line of the delivery that is applied again; what came after it stays as it is.
    await run.query(`
      alter table batch add column run_id uuid references operation_run, add column replay_of uuid references batch,
        add column replay_arrival bigint`);
    await run.query('create index batch_by_run on batch (run_id) where run_id is not null');
    await run.query('create index batch_replays on batch (replay_of) where replay_of is not null');
    await run.query('alter table settlement_act drop constraint settlement_act_kind_check');
    await run.query(`alter table settlement_act add constraint settlement_act_kind_check
      check (kind in ('RESUBMISSION', 'DISMISSAL', 'ACCEPTANCE', 'REPLAY'))`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table settlement_act drop constraint settlement_act_kind_check');
    await run.query(`alter table settlement_act add constraint settlement_act_kind_check
      check (kind in ('RESUBMISSION', 'DISMISSAL', 'ACCEPTANCE')) not valid`);
    for (const index of ['batch_replays', 'batch_by_run']) await run.query(`drop index ${index}`);
    await run.query('alter table batch drop column replay_arrival, drop column replay_of, drop column run_id');
    await run.query('drop table operation_run');
  }
}
