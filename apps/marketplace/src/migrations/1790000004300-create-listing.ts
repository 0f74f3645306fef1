import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Directed lists (榜单), who is on them, and who took them up. */
export class CreateListing1790000004300 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table listing (
        id uuid primary key,
        owner_id uuid not null,
        owner_name text not null,
        title text not null,
        rules text not null,
        industry2 text,
        opens_on date not null,
        closes_on date not null check (closes_on >= opens_on),
        banks_per_entry integer not null check (banks_per_entry > 0),
        open_per_institution integer not null check (open_per_institution > 0),
        selection jsonb not null,
        status text not null check (status in ('DRAFT', 'PUBLISHED', 'CLOSED')),
        entries integer not null,
        created_by uuid not null,
        created_at timestamptz not null,
        published_at timestamptz,
        closed_at timestamptz
      )`);
    await run.query(`
      create table listing_entry (
        listing_id uuid not null references listing,
        id uuid not null,
        uscc text not null,
        name text not null,
        district text,
        industry2 text,
        tier text,
        consent text not null check (consent in ('ASKED', 'CONSENTED', 'REFUSED')),
        answered_at timestamptz,
        answered_by uuid,
        contact_name text,
        contact_phone text,
        taken integer not null default 0 check (taken >= 0),
        primary key (listing_id, id),
        unique (listing_id, uscc),
        check ((consent = 'CONSENTED') = (contact_phone is not null))
      )`);
    await run.query('create index listing_entry_uscc on listing_entry (uscc, id desc)');
    await run.query('create index listing_entry_id on listing_entry (id)');
    await createTakeUp(run);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const table of ['take_up', 'listing_entry', 'listing']) await run.query(`drop table ${table}`);
  }
}

async function createTakeUp(run: QueryRunner): Promise<void> {
  await run.query(`
    create table take_up (
      listing_id uuid not null,
      id uuid not null,
      entry_id uuid not null,
      institution_id uuid not null,
      institution_code text not null,
      institution_name text not null,
      person_id uuid not null,
      status text not null check (status in ('TAKEN', 'CONTACTED', 'OFFERED', 'LENT', 'GIVEN_UP')),
      offered_fen bigint check (offered_fen > 0),
      lent_fen bigint check (lent_fen > 0),
      drawn_on date,
      reason text,
      taken_at timestamptz not null,
      contacted_at timestamptz,
      offered_at timestamptz,
      ended_at timestamptz,
      primary key (listing_id, id),
      unique (listing_id, entry_id, institution_id),
      foreign key (listing_id, entry_id) references listing_entry,
      check ((status = 'LENT') = (lent_fen is not null)),
      check ((status = 'GIVEN_UP') = (reason is not null))
    )`);
  await run.query('create index take_up_id on take_up (id)');
  await run.query('create index take_up_institution on take_up (institution_id, id desc)');
}
