import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose: every row of a bank's work on a case. Keys lead with need_id, as all below a need do. */
const ofCase = `
        need_id uuid not null,
        id uuid not null,
        grab_id uuid not null,
        institution_id uuid not null,`;

/** What a bank does on a case between the grab and the offer, with its evidence, and when its clocks stood still. */
export class CreateCaseWork1790000003000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await createAttachment(run);
    await createContact(run);
    await createVisit(run);
    await createPause(run);
    // One row per deadline that was reminded of: a second round, or a second copy, says nothing again.
    await run.query(`
      create table reminder (
        need_id uuid not null,
        grab_id uuid not null,
        act text not null,
        deadline timestamptz not null,
        sent_at timestamptz not null,
        primary key (need_id, grab_id, act, deadline)
      )`);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['reminder', 'case_pause', 'visit', 'contact', 'attachment'])
      await run.query(`drop table ${table}`);
  }
}

/** Small files only, kept with the rows that name them: one backup, one transaction, one right to read. */
async function createAttachment(run: QueryRunner): Promise<void> {
  await run.query(`
      create table attachment (${ofCase}
        name text not null,
        media_type text not null,
        bytes integer not null check (bytes > 0),
        sha256 text not null,
        content bytea not null,
        uploaded_by uuid not null,
        uploaded_at timestamptz not null,
        primary key (need_id, id),
        check (bytes = length(content))
      )`);
  await run.query('create index attachment_grab on attachment (grab_id)');
}

async function createContact(run: QueryRunner): Promise<void> {
  await run.query(`
      create table contact (${ofCase}
        method text not null,
        note text not null,
        happened_at timestamptz not null,
        duration_minutes integer,
        attachment_ids uuid[] not null,
        first boolean not null,
        recorded_by uuid not null,
        recorded_at timestamptz not null,
        primary key (need_id, id)
      )`);
  await run.query('create index contact_grab on contact (grab_id)');
}

async function createVisit(run: QueryRunner): Promise<void> {
  await run.query(`
      create table visit (${ofCase}
        planned_at timestamptz not null,
        place text,
        status text not null check (status in ('PLANNED', 'HELD', 'CANCELLED')),
        held_at timestamptz,
        report text,
        attachment_ids uuid[] not null,
        planned_by uuid not null,
        created_at timestamptz not null,
        ended_at timestamptz,
        primary key (need_id, id),
        check ((status = 'HELD') = (held_at is not null)),
        check ((status = 'PLANNED') = (ended_at is null))
      )`);
  await run.query('create index visit_grab on visit (grab_id)');
}

/** The deadlines as they were before the first pause stand on every row: each new reckoning starts from them. */
async function createPause(run: QueryRunner): Promise<void> {
  await run.query(`
      create table case_pause (${ofCase}
        side text not null check (side in ('INSTITUTION', 'ENTERPRISE', 'OPERATOR')),
        reason text not null,
        note text,
        from_day date not null,
        to_day date not null check (to_day >= from_day),
        base_contact_on date not null,
        base_evidence_on date not null,
        base_decide_on date not null,
        paused_by uuid not null,
        paused_at timestamptz not null,
        ended_at timestamptz,
        ended_by uuid,
        primary key (need_id, id)
      )`);
  await run.query('create index case_pause_grab on case_pause (grab_id)');
  await run.query('create unique index case_pause_open on case_pause (need_id, grab_id) where ended_at is null');
}
