import type { MigrationInterface, QueryRunner } from 'typeorm';

const readers = 'identity, ingestion, credit, marketplace, supervision';

/** Enterprises as they are now, how they were scored and tiered before, and what the other services may see of them. */
export class CreateProfiling1790000001000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await createEnterprise(run);
    // Coalesces any number of changed records of an enterprise into one piece of work.
    await run.query(`
      create table dirty (
        uscc text primary key,
        marked_at timestamptz not null
      )`);
    await run.query('create index dirty_order on dirty (marked_at)');
    await createHistory(run);
    await publish(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop view profiling_api.enterprise_v1');
    for (const table of ['tier_span', 'score', 'dirty', 'enterprise']) await run.query(`drop table ${table}`);
  }
}

async function createEnterprise(run: QueryRunner): Promise<void> {
  await run.query(`
    create table enterprise (
      uscc text primary key,
      name text not null,
      former_names text[] not null,
      district text,
      industry text,
      industry2 text,
      status text,
      tier text check (tier in ('T1', 'T2', 'T3', 'T4', 'T5')),
      titles text[] not null,
      score int,
      score_band text,
      model_version text not null,
      score_id uuid not null,
      dimensions int[] not null,
      profile jsonb not null,
      visible_hash text not null,
      review_on date,
      withdrawn boolean not null,
      updated_at timestamptz not null
    )`);
  await run.query('create index enterprise_industry on enterprise (industry2)');
  // Titles begin and end without any record changing: the day on which to look again.
  await run.query('create index enterprise_review on enterprise (review_on) where review_on is not null');
}

async function createHistory(run: QueryRunner): Promise<void> {
  // Outputs are not kept: the inputs and the version of the model give them back to the bit, and the hash proves it.
  await run.query(`
    create table score (
      uscc text not null,
      id uuid not null,
      as_of date not null,
      scored_at timestamptz not null,
      model_version text not null,
      inputs jsonb not null,
      input_hash text not null,
      output_hash text not null,
      score int,
      score_band text,
      tier text,
      primary key (uscc, id)
    )`);
  await run.query(`
    create table tier_span (
      uscc text not null,
      since date not null,
      until date,
      tier text not null,
      titles text[] not null,
      primary key (uscc, since)
    )`);
}

async function publish(run: QueryRunner): Promise<void> {
  await run.query(`
    create view profiling_api.enterprise_v1 as
    select uscc, name, district, industry, industry2, tier, titles, score, score_band, model_version, status, updated_at
    from enterprise where not withdrawn`);
  await run.query(`grant usage on schema profiling_api to ${readers}`);
  await run.query(`grant select on profiling_api.enterprise_v1 to ${readers}`);
}
