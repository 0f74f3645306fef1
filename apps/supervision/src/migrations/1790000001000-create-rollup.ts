import type { MigrationInterface, QueryRunner } from 'typeorm';

/** '' stands for "not known" and, as an institution, for "no bank's act": a key cannot hold null. */
const dimensions = `
        day date not null,
        district text not null,
        industry2 text not null,
        tier text not null,
        institution text not null,
        detail text not null`;

/** What is counted, what it adds up to, and who is behind it. */
export class CreateRollup1790000001000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // One row per act. The key makes a second hearing, a late one and one after a rebuild harmless for ever, longer
    // than any inbox remembers; uscc and day give the distinct enterprises of a cell.
    await run.query(`
      create table fact (
        kind text not null,
        subject text not null,
        uscc text not null,
        at timestamptz not null,${dimensions},
        amount bigint not null,
        weight numeric not null,
        primary key (kind, subject)
      )`);
    await run.query('create index fact_day on fact (kind, day)');
    await run.query('create index fact_uscc on fact (uscc, kind, day, subject)');
    await run.query('create index fact_at on fact (at)');
    await run.query(`
      create table rollup (
        kind text not null,${dimensions},
        count bigint not null,
        amount numeric not null,
        weight numeric not null,
        primary key (kind, day, district, industry2, tier, institution, detail)
      ) with (fillfactor = 70)`);
    await this.publish(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop view supervision_api.rollup_v1');
    await run.query('drop table rollup, fact');
  }

  private async publish(run: QueryRunner): Promise<void> {
    const sum = (column: string, kind: string) => `coalesce(sum(${column}) filter (where kind = '${kind}'), 0)`;
    await run.query(`
      create view supervision_api.rollup_v1 as
      select to_char(day, 'YYYY-MM') as month, day, nullif(district, '') as district,
             nullif(industry2, '') as industry2, nullif(tier, '') as tier, nullif(institution, '') as institution,
             ${sum('count', 'NEED')} as needs_published, ${sum('amount', 'NEED')} as need_amount_fen,
             ${sum('count', 'GRAB')} as grabs, ${sum('amount', 'GRAB')} as intended_fen,
             ${sum('count', 'CONTACT')} as contacts, ${sum('amount', 'CONTACT')} as contact_seconds,
             ${sum('count', 'OFFER')} as offers, ${sum('amount', 'OFFER')} as offered_fen,
             ${sum('count', 'ACCEPTANCE')} as acceptances, ${sum('amount', 'ACCEPTANCE')} as accepted_fen,
             ${sum('count', 'DISBURSEMENT')} as disbursements, ${sum('amount', 'DISBURSEMENT')} as disbursed_fen,
             ${sum('weight', 'DISBURSEMENT')} as disbursed_fen_bp, ${sum('count', 'FIRST_LOAN')} as first_loans,
             ${sum('count', 'DECLINE')} as declines,
             ${sum('count', 'AUTHORISATION_SIGNED')} as authorisations_signed,
             ${sum('count', 'AUTHORISATION_REVOKED')} as authorisations_revoked
      from rollup
      group by day, district, industry2, tier, institution`);
  }
}
