import { makeAppendOnly } from '@app/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The shelf, and the audit trail of the whole service. */
export class CreateProduct1790000001200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table product (
        id uuid primary key,
        institution_id uuid not null,
        institution_code text not null,
        institution_name text not null,
        name text not null,
        description text not null,
        amount_min_fen bigint not null,
        amount_max_fen bigint not null,
        term_months_min integer not null,
        term_months_max integer not null,
        annual_rate_bp_min integer not null,
        annual_rate_bp_max integer not null,
        security text[] not null,
        status text not null check (status in ('OFFERED', 'WITHDRAWN')),
        created_by uuid not null,
        created_at timestamptz not null,
        changed_at timestamptz not null,
        check (amount_min_fen <= amount_max_fen),
        check (term_months_min <= term_months_max),
        check (annual_rate_bp_min <= annual_rate_bp_max)
      )`);
    await run.query('create index product_institution on product (institution_id, id desc)');
    // root_id is the need, the product or the limit change that the act belongs to.
    await run.query(`
      create table audit (
        root_id uuid not null,
        id uuid not null,
        at timestamptz not null,
        subject text not null,
        subject_id uuid not null,
        act text not null,
        from_status text,
        to_status text,
        person_id uuid,
        organisation_id uuid,
        detail jsonb not null,
        primary key (root_id, id)
      )`);
    await makeAppendOnly(run, 'audit');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table audit');
    await run.query('drop function refuse_change');
    await run.query('drop table product');
  }
}
