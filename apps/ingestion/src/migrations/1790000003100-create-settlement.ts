import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of rows that were set aside: their cells, and who settled them how. */
export class CreateSettlement1790000003100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // In the contract's order; null for lines that could not be read, and for rows of before.
    await run.query('alter table quarantine add column cells jsonb');
    await run.query('create index quarantine_reason on quarantine (code, batch_id, line_number)');
    await run.query('alter table batch drop constraint if exists batch_origin_check');
    await run.query(`alter table batch add constraint batch_origin_check check (origin ~ '^[A-Z_]{2,20}$')`);
    // Faults that two people accepted for the rows of this batch.
    await run.query('alter table batch add column tolerates jsonb');
    await createAct(run);
    await createSettlement(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table settlement, settlement_act');
    await run.query('alter table batch drop column tolerates');
    await run.query('drop index quarantine_reason');
    await run.query('alter table quarantine drop column cells');
  }
}

/** One decision about rows of one feed and one state of its contract. */
async function createAct(run: QueryRunner): Promise<void> {
  await run.query(`
    create table settlement_act (
      id uuid primary key,
      kind text not null check (kind in ('RESUBMISSION', 'DISMISSAL', 'ACCEPTANCE')),
      feed text not null references feed (feed),
      contract_version_id int references contract_version,
      state text not null check (state in ('PROPOSED', 'SETTLED', 'REJECTED')),
      rows int not null check (rows > 0),
      reason text not null,
      tolerates jsonb,
      made_by uuid not null,
      made_at timestamptz not null,
      decided_by uuid,
      decided_at timestamptz,
      note text,
      into_batch uuid references batch,
      check (decided_by is null or decided_by <> made_by)
    )`);
  await run.query(`create index settlement_act_open on settlement_act (id)
    where state = 'SETTLED' and kind <> 'DISMISSAL' and into_batch is null`);
  await run.query('create index settlement_act_state on settlement_act (state, id)');
}

/** A row is settled, or proposed to be, once: whoever comes second is told so. */
async function createSettlement(run: QueryRunner): Promise<void> {
  await run.query(`
    create table settlement (
      act_id uuid not null references settlement_act,
      place int not null,
      batch_id uuid not null,
      line_number int not null,
      state text not null check (state in ('PROPOSED', 'SETTLED', 'REJECTED')),
      row jsonb,
      record_key text,
      uscc text,
      primary key (act_id, place),
      foreign key (batch_id, line_number) references quarantine
    )`);
  await run.query(`create unique index settlement_once on settlement (batch_id, line_number)
    where state <> 'REJECTED'`);
}
