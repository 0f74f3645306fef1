import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Exclusive and fair windows, draws, waiting lines, versions of a need, and what was refused. */
export class OpenWindows1790000002100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table need
        add column version integer not null default 1 check (version > 0),
        add column next_id uuid,
        add column product_id uuid,
        add column first_look text check (first_look in ('DIRECTED', 'HOUSE_BANK', 'PRODUCT')),
        add column exclusive_institution_id uuid,
        add column exclusive_institution_code text,
        add column exclusive_until timestamptz,
        add column fair_window boolean not null default false,
        add column sealed_until timestamptz,
        add column commitment text,
        add column drawn_at timestamptz,
        add column waiting integer not null default 0 check (waiting >= 0),
        add column line_seen_at timestamptz`);
    // Grabs touch none of these columns; both indexes hold the few needs that a draw or a line is about.
    await run.query(
      'create index need_draw on need (sealed_until) where sealed_until is not null and drawn_at is null',
    );
    await run.query('create index need_line on need (line_seen_at nulls first, id) where waiting > 0');
    await createEntry(run);
    await createDraw(run);
    await createRefusal(run);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['grab_refusal', 'draw', 'entry']) await run.query(`drop table ${table}`);
    await run.query('drop index need_line');
    await run.query('drop index need_draw');
    await run.query(`
      alter table need drop column version, drop column next_id, drop column product_id, drop column first_look,
        drop column exclusive_institution_id, drop column exclusive_institution_code, drop column exclusive_until, drop column fair_window,
        drop column sealed_until, drop column commitment, drop column drawn_at, drop column waiting,
        drop column line_seen_at`);
  }
}

/** A bank that wants a place it cannot have at once: sealed for a draw, or waiting in line. */
async function createEntry(run: QueryRunner): Promise<void> {
  await run.query(`
    create table entry (
      need_id uuid not null references need,
      id uuid not null,
      institution_id uuid not null,
      institution_code text not null,
      institution_name text not null,
      manager_id uuid not null,
      intended_fen bigint not null check (intended_fen > 0),
      status text not null check (status in ('SEALED', 'WAITING', 'PLACED', 'PASSED', 'LEFT', 'CLOSED')),
      nonce_hash text not null,
      entered_at timestamptz not null,
      line_no integer,
      draw_rank integer,
      grab_id uuid,
      ended_at timestamptz,
      reason text,
      primary key (need_id, id),
      check ((status in ('SEALED', 'WAITING')) = (ended_at is null)),
      check ((status = 'PLACED') = (grab_id is not null))
    )`);
  await run.query(
    `create unique index entry_live on entry (need_id, institution_id) where status in ('SEALED', 'WAITING')`,
  );
  await run.query('create index entry_institution on entry (institution_id, id desc)');
  await run.query(
    `create index entry_drawn on entry (institution_id, ended_at) where status = 'PLACED' and draw_rank is not null`,
  );
}

/** The secret of a draw lives here and not on the need: nothing that shows a need can show it before its time. */
async function createDraw(run: QueryRunner): Promise<void> {
  await run.query(`
    create table draw (
      need_id uuid primary key references need,
      commitment text not null,
      secret text not null,
      opened_at timestamptz not null,
      sealed_until timestamptz not null,
      held_at timestamptz,
      seed text,
      limit_version integer,
      entries jsonb
    )`);
  await run.query('create index draw_held on draw (held_at desc, need_id desc) where held_at is not null');
}

async function createRefusal(run: QueryRunner): Promise<void> {
  await run.query(`
    create table grab_refusal (
      id uuid primary key,
      minute timestamptz not null,
      institution_id uuid not null,
      institution_code text not null,
      code text not null,
      refusals integer not null check (refusals > 0)
    )`);
  await run.query('create index grab_refusal_minute on grab_refusal (minute desc, institution_code, code)');
  await makeAppendOnly(run, 'grab_refusal');
}
