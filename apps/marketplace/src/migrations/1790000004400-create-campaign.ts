import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** First-loan campaigns: whom they reach, who was given whom and why, and visits. */
export class CreateCampaign1790000004400 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table campaign (
        id uuid primary key,
        owner_id uuid not null,
        owner_name text not null,
        title text not null,
        rules text not null,
        opens_on date not null,
        closes_on date not null check (closes_on >= opens_on),
        selection jsonb not null,
        institutions text[],
        idle_days integer not null check (idle_days > 0),
        open_per_institution integer not null check (open_per_institution > 0),
        status text not null check (status in ('DRAFT', 'OPEN', 'CLOSED')),
        considered integer not null default 0,
        with_loan integer not null default 0,
        unknown integer not null default 0,
        targets integer not null default 0,
        created_by uuid not null,
        created_at timestamptz not null,
        opened_at timestamptz,
        closed_at timestamptz
      )`);
    await createTarget(run);
    await createHistory(run);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['campaign_visit', 'campaign_assignment', 'campaign_target', 'campaign'])
      await run.query(`drop table ${table}`);
  }
}

async function createTarget(run: QueryRunner): Promise<void> {
  await run.query(`
    create table campaign_target (
      campaign_id uuid not null references campaign,
      id uuid not null,
      uscc text not null,
      district text,
      industry2 text,
      tier text,
      status text not null check (status in ('UNASSIGNED', 'ASSIGNED', 'VISITED', 'APPLIED', 'LENT', 'REFUSED',
                                             'NOT_INTERESTED')),
      institution_id uuid,
      institution_code text,
      institution_name text,
      why_zh text,
      why_en text,
      assigned_at timestamptz,
      last_act_at timestamptz not null,
      visits integer not null default 0,
      visited_at timestamptz,
      applied_at timestamptz,
      lent_fen bigint check (lent_fen > 0),
      drawn_on date,
      reason text,
      ended_at timestamptz,
      primary key (campaign_id, id),
      unique (campaign_id, uscc),
      check ((status = 'UNASSIGNED') = (institution_id is null)),
      check ((status in ('LENT', 'REFUSED', 'NOT_INTERESTED')) = (ended_at is not null)),
      check ((status = 'LENT') = (lent_fen is not null))
    )`);
  await run.query('create index campaign_target_id on campaign_target (id)');
  await run.query('create index campaign_target_institution on campaign_target (institution_id, id desc)');
  await run.query('create index campaign_target_uscc on campaign_target (uscc) where ended_at is null');
}

async function createHistory(run: QueryRunner): Promise<void> {
  await run.query(`
    create table campaign_assignment (
      campaign_id uuid not null,
      target_id uuid not null,
      id uuid not null,
      at timestamptz not null,
      cause text not null,
      institution_id uuid,
      institution_code text,
      reason text not null,
      why_zh text not null,
      why_en text not null,
      primary key (campaign_id, target_id, id)
    )`);
  await run.query(`
    create table campaign_visit (
      campaign_id uuid not null,
      target_id uuid not null,
      id uuid not null,
      institution_id uuid not null,
      person_id uuid not null,
      visited_on date not null,
      method text not null,
      outcome text not null,
      reason text,
      note text,
      recorded_at timestamptz not null,
      primary key (campaign_id, target_id, id)
    )`);
  await run.query('create index campaign_visit_target on campaign_visit (target_id, id)');
  for (const table of ['campaign_assignment', 'campaign_visit']) await makeAppendOnly(run, table);
}
