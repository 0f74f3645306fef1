import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Corrections that lie over a record, and which enterprise a record belonged to before. */
export class CreateCorrection1790000003000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // `{id, fields, raw, uscc}` of the correction in force. With eight columns the row stays as long as it was.
    await run.query('alter table record_head add column overlay jsonb');
    await createCorrection(run);
    await createMove(run);
    await run.query(`
      create or replace view ingestion_api.record_v1 as
      select r.uscc, f.feed, r.record_key, r.version, r.event_date, h.report_date,
             case when h.overlay is null then r.fields
                  else jsonb_strip_nulls(r.fields || (h.overlay -> 'fields')) end as fields,
             r.batch_id, r.line_number, h.overlay is not null as corrected
      from record r
      join feed f on f.id = r.feed_id
      join record_head h on h.feed_id = r.feed_id and h.record_key = r.record_key and h.version = r.version
      where not h.withdrawn`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop view ingestion_api.record_v1');
    await run.query(`
      create view ingestion_api.record_v1 as
      select r.uscc, f.feed, r.record_key, r.version, r.event_date, h.report_date, r.fields, r.batch_id, r.line_number
      from record r
      join feed f on f.id = r.feed_id
      join record_head h on h.feed_id = r.feed_id and h.record_key = r.record_key and h.version = r.version
      where not h.withdrawn`);
    await run.query(`grant select on ingestion_api.record_v1 to identity, ingestion, credit, profiling, marketplace,
      supervision`);
    await run.query('drop trigger record_head_moves on record_head');
    await run.query('drop function keep_move');
    await run.query('drop table record_move, correction');
    await run.query('alter table record_head drop column overlay');
  }
}

/** The raw row is never touched: `fields` lies over it, `raw` is what the source said of the same fields. */
async function createCorrection(run: QueryRunner): Promise<void> {
  await run.query(`
    create table correction (
      id uuid primary key,
      feed_id smallint not null references feed,
      record_key text not null,
      uscc text not null,
      version int not null,
      fields jsonb not null,
      raw jsonb not null,
      basis text not null check (basis in ('SOURCE', 'ENTERPRISE_REQUEST')),
      reason text not null,
      document text not null,
      status text not null
        check (status in ('PROPOSED', 'ACTIVE', 'REJECTED', 'BACK_PROPOSED', 'TAKEN_BACK', 'ENDED')),
      proposed_by uuid not null,
      proposed_at timestamptz not null,
      decided_by uuid,
      decided_at timestamptz,
      decision_note text,
      back_reason text,
      back_proposed_by uuid,
      back_proposed_at timestamptz,
      back_decided_by uuid,
      back_decided_at timestamptz,
      back_note text,
      active_from timestamptz,
      active_until timestamptz,
      ended_because text check (ended_because in ('CHANGED', 'WITHDRAWN', 'MOVED')),
      ended_by_version int,
      check (decided_by is null or decided_by <> proposed_by),
      check (back_decided_by is null or back_decided_by <> back_proposed_by)
    )`);
  // One at a time, proposed or in force: two people cannot correct one record against each other.
  await run.query(`create unique index correction_open on correction (feed_id, record_key)
    where status in ('PROPOSED', 'ACTIVE', 'BACK_PROPOSED')`);
  await run.query('create index correction_record on correction (feed_id, record_key)');
  await run.query('create index correction_uscc on correction (uscc)');
}

/**
 * Records are spread by enterprise: without this, the versions of a key before a move could be found only by reading
 * everything. A trigger, because whoever moves a head must leave the trace; its condition costs next to nothing.
 */
async function createMove(run: QueryRunner): Promise<void> {
  await run.query(`
    create table record_move (
      feed_id smallint not null,
      record_key text not null,
      version int not null,
      uscc_from text not null,
      uscc_to text not null,
      primary key (feed_id, record_key, version)
    )`);
  await run.query(`
    insert into record_move (feed_id, record_key, version, uscc_from, uscc_to)
    select feed_id, record_key, version, before, uscc
    from (select feed_id, record_key, version, uscc,
                 lag(uscc) over (partition by feed_id, record_key order by version) as before from record) v
    where before <> uscc`);
  await run.query(`
    create function keep_move() returns trigger language plpgsql as $$
    begin
      insert into record_move (feed_id, record_key, version, uscc_from, uscc_to)
      values (new.feed_id, new.record_key, new.version, old.uscc, new.uscc)
      on conflict (feed_id, record_key, version) do nothing;
      return null;
    end $$`);
  await run.query(`
    create trigger record_head_moves after update of uscc on record_head
    for each row when (old.uscc is distinct from new.uscc) execute function keep_move()`);
}
