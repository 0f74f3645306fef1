import type { MigrationInterface, QueryRunner } from 'typeorm';

const frozen = 'n.uscc, n.district, n.industry2, n.tier, n.score_band, n.model_version';
const bank = 'g.institution_id, g.institution_code';
const ofGrab = (alias: string) =>
  `join need n on n.id = ${alias}.need_id join grab g on g.need_id = ${alias}.need_id and g.id = ${alias}.grab_id`;
const views = ['contact_v1', 'feedback_v1', 'complaint_v1'];

/** What enterprises say of banks afterwards, and what is published of it for the figures of service quality. */
export class CreateOutcome1790000003200 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table feedback (
        need_id uuid not null,
        id uuid not null,
        grab_id uuid not null,
        institution_id uuid not null,
        stars integer not null check (stars between 1 and 5),
        text text,
        given_by uuid not null,
        given_at timestamptz not null,
        primary key (need_id, id),
        unique (need_id, grab_id)
      )`);
    await run.query(`
      create table complaint (
        need_id uuid not null,
        id uuid not null,
        grab_id uuid not null,
        institution_id uuid not null,
        organisation_id uuid not null,
        category text not null,
        text text not null,
        status text not null check (status in ('OPEN', 'ANSWERED', 'CLOSED')),
        filed_by uuid not null,
        filed_at timestamptz not null,
        answer_by timestamptz not null,
        answer text,
        answered_by uuid,
        answered_at timestamptz,
        upheld boolean,
        closing_note text,
        closed_by uuid,
        closed_at timestamptz,
        primary key (need_id, id),
        check ((status = 'CLOSED') = (closed_at is not null)),
        check ((upheld is null) = (closed_at is null))
      )`);
    await run.query('create index complaint_institution on complaint (institution_id, id desc)');
    await run.query('create index complaint_organisation on complaint (organisation_id, id desc)');
    await run.query('create index complaint_id on complaint (id desc)');
    await this.publish(run);
  }

  async down(run: QueryRunner): Promise<void> {
    for (const view of views) await run.query(`drop view marketplace_api.${view}`);
    await run.query('drop table complaint');
    await run.query('drop table feedback');
  }

  /** Facts and figures; what people wrote stays inside. */
  private async publish(run: QueryRunner): Promise<void> {
    await run.query(`
      create view marketplace_api.contact_v1 as
      select c.need_id, c.id, c.grab_id, ${frozen}, ${bank}, c.method, c.first, c.happened_at, c.recorded_at,
             c.duration_minutes, g.grabbed_at
      from contact c ${ofGrab('c')}`);
    await run.query(`
      create view marketplace_api.feedback_v1 as
      select f.need_id, f.id, f.grab_id, ${frozen}, ${bank}, f.stars, f.given_at from feedback f ${ofGrab('f')}`);
    await run.query(`
      create view marketplace_api.complaint_v1 as
      select c.need_id, c.id, c.grab_id, ${frozen}, ${bank}, c.category, c.status, c.filed_at, c.answer_by,
             c.answered_at, c.upheld, c.closed_at
      from complaint c ${ofGrab('c')}`);
    for (const view of views) await run.query(`grant select on marketplace_api.${view} to supervision`);
  }
}
