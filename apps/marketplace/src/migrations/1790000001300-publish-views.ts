import type { MigrationInterface, QueryRunner } from 'typeorm';

const views = ['need_v1', 'grab_v1', 'offer_v1', 'disbursement_v1'];
/** Frozen at publication, so that a count by them is the same on every day. */
const frozen = 'n.uscc, n.district, n.industry2, n.tier, n.score_band, n.model_version';
const bank = 'g.institution_id, g.institution_code';

/** What supervision reconciles its figures with. Drafts are nobody's business and are left out. */
export class PublishViews1790000001300 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create view marketplace_api.need_v1 as
      select n.id, ${frozen}, n.amount_fen, n.term_months, n.security, n.status, n.published_at, n.closes_at,
             n.suspended_at, n.taken, n.ended_at, n.ended_reason, n.previous_id
      from need n where n.published_at is not null`);
    await run.query(`
      create view marketplace_api.grab_v1 as
      select g.need_id, g.id, ${frozen}, ${bank}, g.intended_fen, g.status, g.limit_version, g.grabbed_at,
             g.contacted_at, g.evidence_at, g.ended_at, g.ended_reason
      from grab g join need n on n.id = g.need_id`);
    await run.query(`
      create view marketplace_api.offer_v1 as
      select o.need_id, o.id, o.grab_id, ${frozen}, ${bank}, o.amount_fen, o.annual_rate_bp, o.annual_cost_bp,
             o.term_months, o.repayment, o.security, o.status, o.made_at, o.accepted_at
      from offer o join need n on n.id = o.need_id join grab g on g.need_id = o.need_id and g.id = o.grab_id`);
    await run.query(`
      create view marketplace_api.disbursement_v1 as
      select d.need_id, d.id, d.grab_id, d.offer_id, ${frozen}, ${bank}, d.amount_fen, d.drawn_on, d.late,
             d.reported_at
      from disbursement d join need n on n.id = d.need_id join grab g on g.need_id = d.need_id and g.id = d.grab_id`);
    await run.query('grant usage on schema marketplace_api to supervision');
    for (const view of views) await run.query(`grant select on marketplace_api.${view} to supervision`);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const view of views) await run.query(`drop view marketplace_api.${view}`);
  }
}
