import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Products get families, fees, admission rules and versions that never change; programmes are their templates. */
export class ExtendProduct1790000004000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      alter table product
        add column family text not null default 'GENERAL',
        add column repayment text[] not null
          default '{INTEREST_FIRST,EQUAL_INSTALMENT,EQUAL_PRINCIPAL,BULLET}',
        add column fees jsonb not null default '[]',
        add column admission jsonb,
        add column programme jsonb,
        add column version integer not null default 1,
        drop constraint product_status_check,
        add constraint product_status_check check (status in ('DRAFT', 'OFFERED', 'WITHDRAWN'))`);
    await createVersions(run);
    await createProgrammes(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table programme_version, programme, product_version');
    await run.query(`delete from product where status = 'DRAFT'`);
    await run.query(`
      alter table product
        drop column family, drop column repayment, drop column fees, drop column admission, drop column programme,
        drop column version, drop constraint product_status_check,
        add constraint product_status_check check (status in ('OFFERED', 'WITHDRAWN'))`);
  }
}

async function createVersions(run: QueryRunner): Promise<void> {
  // Which version is in force at an instant: the latest effective_from up to it, then the highest version.
  await run.query(`
    create table product_version (
      product_id uuid not null references product,
      version integer not null,
      effective_from timestamptz not null,
      status text not null check (status in ('DRAFT', 'OFFERED', 'WITHDRAWN')),
      terms jsonb not null,
      written_by uuid not null,
      written_at timestamptz not null,
      primary key (product_id, version)
    )`);
  await run.query(`
    insert into product_version
    select id, 1, created_at, status,
           jsonb_build_object('name', name, 'description', description, 'family', family,
             'amountMinFen', amount_min_fen::text, 'amountMaxFen', amount_max_fen::text,
             'termMonthsMin', term_months_min, 'termMonthsMax', term_months_max,
             'annualRateBpMin', annual_rate_bp_min, 'annualRateBpMax', annual_rate_bp_max,
             'security', security, 'repayment', repayment, 'fees', fees, 'admission', admission,
             'programme', programme),
           created_by, changed_at
    from product`);
  await run.query('create index product_version_effective on product_version (effective_from)');
  await makeAppendOnly(run, 'product_version');
}

async function createProgrammes(run: QueryRunner): Promise<void> {
  await run.query(`
    create table programme (
      id uuid primary key,
      code text not null unique,
      family text not null,
      owner_id uuid not null,
      owner_name text not null,
      version integer not null,
      status text not null check (status in ('OPEN', 'CLOSED')),
      created_at timestamptz not null,
      changed_at timestamptz not null
    )`);
  await run.query(`
    create table programme_version (
      programme_id uuid not null references programme,
      version integer not null,
      terms jsonb not null,
      written_by uuid not null,
      written_at timestamptz not null,
      primary key (programme_id, version)
    )`);
  await makeAppendOnly(run, 'programme_version');
  // One standing subscription of a bank to a programme.
  await run.query(`
    create unique index product_subscription on product (institution_id, (programme->>'id'))
    where programme is not null and status <> 'WITHDRAWN'`);
}
