import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Needs and what hangs on them. Every key below a need leads with need_id, so that the tables can be distributed by it;
 * one city's needs are far too few to be partitioned on one machine.
 */
export class CreateNeed1790000001100 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await createNeed(run);
    await createGrab(run);
    await createOffer(run);
    await createDisbursement(run);
    await createCounters(run);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['manager_counter', 'institution_counter', 'disbursement', 'offer', 'grab', 'need'])
      await run.query(`drop table ${table}`);
  }
}

async function createNeed(run: QueryRunner): Promise<void> {
  // taken and intended_fen repeat what a count over open grabs gives: the grab decides on one row, under its lock.
  await run.query(`
    create table need (
      id uuid primary key,
      uscc text not null,
      organisation_id uuid not null,
      enterprise_name text not null,
      amount_fen bigint not null check (amount_fen > 0),
      term_months integer not null,
      purpose text not null,
      shown_purpose text not null,
      security text not null,
      annual_rate_bp_max integer,
      contact_name text not null,
      contact_phone text not null,
      several_lenders boolean not null,
      status text not null check (status in ('DRAFT', 'SUBMITTED', 'PUBLISHED', 'FULL', 'EXPIRED', 'WITHDRAWN',
                                             'MATCHED', 'FUNDED', 'CLOSED_UNFUNDED')),
      previous_id uuid,
      created_by uuid not null,
      created_at timestamptz not null,
      published_at timestamptz,
      closes_at timestamptz,
      extensions integer not null default 0,
      authorisation_id uuid,
      suspended_at timestamptz,
      district text,
      industry2 text,
      tier text,
      score_band text,
      model_version text,
      taken integer not null default 0 check (taken >= 0),
      intended_fen bigint not null default 0 check (intended_fen >= 0),
      next_due timestamptz,
      ended_at timestamptz,
      ended_reason text
    ) with (fillfactor = 80)`);
  await run.query('create index need_enterprise on need (organisation_id, id desc)');
  await run.query('create index need_uscc on need (uscc)');
  await run.query(`create index need_due on need (next_due) where next_due is not null`);
  // The lead board reads newest first; grabs touch no column of this index, so that their updates stay in the page.
  await run.query(`create index need_board on need (published_at desc, id desc) where ended_at is null`);
}

async function createGrab(run: QueryRunner): Promise<void> {
  await run.query(`
    create table grab (
      need_id uuid not null references need,
      id uuid not null,
      institution_id uuid not null,
      institution_code text not null,
      institution_name text not null,
      manager_id uuid not null,
      grabbed_by uuid not null,
      first_responder_id uuid,
      intended_fen bigint not null check (intended_fen > 0),
      status text not null check (status in ('ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED', 'DISBURSED',
                                             'DECLINED', 'LAPSED', 'RELEASED', 'CANCELLED', 'LOST')),
      limit_version integer not null,
      authorisation_id uuid not null,
      grabbed_at timestamptz not null,
      contact_by timestamptz not null,
      evidence_by timestamptz not null,
      decide_by timestamptz not null,
      draw_by timestamptz,
      contacted_at timestamptz,
      evidence_at timestamptz,
      ended_at timestamptz,
      ended_reason text,
      ended_text text,
      primary key (need_id, id),
      unique (need_id, institution_id)
    ) with (fillfactor = 80)`);
  await run.query('create index grab_id on grab (id)');
  await run.query('create index grab_institution on grab (institution_id, id desc)');
  await run.query(`create index grab_lapsed on grab (institution_id, ended_at) where status = 'LAPSED'`);
}

async function createOffer(run: QueryRunner): Promise<void> {
  await run.query(`
    create table offer (
      need_id uuid not null,
      id uuid not null,
      grab_id uuid not null,
      amount_fen bigint not null check (amount_fen > 0),
      annual_rate_bp integer not null,
      term_months integer not null,
      repayment text not null,
      security text not null,
      fees_fen bigint not null,
      annual_cost_bp integer not null,
      above_rate_max boolean not null,
      valid_to date not null,
      status text not null check (status in ('OPEN', 'ACCEPTED', 'SUPERSEDED', 'EXPIRED', 'LOST', 'WITHDRAWN')),
      made_by uuid not null,
      made_at timestamptz not null,
      accepted_at timestamptz,
      accepted_by uuid,
      primary key (need_id, id),
      foreign key (need_id, grab_id) references grab
    )`);
  await run.query('create index offer_id on offer (id)');
  await run.query(
    `create unique index offer_standing on offer (need_id, grab_id) where status in ('OPEN', 'ACCEPTED')`,
  );
}

async function createDisbursement(run: QueryRunner): Promise<void> {
  await run.query(`
    create table disbursement (
      need_id uuid not null,
      id uuid not null,
      grab_id uuid not null,
      offer_id uuid not null,
      amount_fen bigint not null check (amount_fen > 0),
      drawn_on date not null,
      late boolean not null,
      reported_by uuid not null,
      reported_at timestamptz not null,
      primary key (need_id, id),
      foreign key (need_id, offer_id) references offer
    )`);
  await run.query('create index disbursement_grab on disbursement (need_id, grab_id)');
}

/** One row per bank and per manager, locked in this order after the need's row by whoever changes grabs. */
async function createCounters(run: QueryRunner): Promise<void> {
  for (const owner of ['institution', 'manager'])
    await run.query(`
      create table ${owner}_counter (
        id uuid primary key,
        open_grabs integer not null default 0 check (open_grabs >= 0),
        day date,
        day_grabs integer not null default 0 check (day_grabs >= 0)
        ${owner === 'institution' ? ', suspended_until timestamptz' : ''}
      ) with (fillfactor = 50)`);
}
