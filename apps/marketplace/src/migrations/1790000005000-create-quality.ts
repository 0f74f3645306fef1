import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first scheme: items and points of the design (spec 10 §1.10); between `zeroBp` (no points) and `fullBp` (all) points
 * grow in a straight line. The bounds are guesses of ours for the operator to confirm.
 */
const items = [
  { item: 'TAKE_UP', points: 15, zeroBp: 6_000, fullBp: 9_500, baseMin: 3 },
  { item: 'FIRST_CONTACT_ON_TIME', points: 20, zeroBp: 7_000, fullBp: 9_800, baseMin: 3 },
  { item: 'DECISION_ON_TIME', points: 15, zeroBp: 6_000, fullBp: 9_500, baseMin: 3 },
  { item: 'APPROVAL', points: 15, zeroBp: 2_000, fullBp: 6_000, baseMin: 3 },
  { item: 'FIRST_LOAN', points: 10, zeroBp: 0, fullBp: 3_000, baseMin: 1 },
  { item: 'UNSECURED', points: 10, zeroBp: 0, fullBp: 6_000, baseMin: 1 },
  { item: 'STARS', points: 10, zeroBp: 6_000, fullBp: 9_600, baseMin: 3 },
  { item: 'COMPLAINTS', points: 5, zeroBp: 500, fullBp: 0, baseMin: 3 },
];
const gradeFrom = { A: 8_500, B: 7_000, C: 5_500 };
const source = '平台设计值（服务质量评分），江苏省综合金融服务平台接单率参照；待运营确认';

/** Monthly scores of banks' service, by schemes that are dated data. */
export class CreateQuality1790000005000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table quality_scheme (
        version smallint primary key,
        from_month text not null unique check (from_month ~ '^[0-9]{4}-[0-9]{2}$'),
        source text not null,
        items jsonb not null,
        grade_from jsonb not null,
        points_min smallint not null
      )`);
    await run.query(
      `insert into quality_scheme (version, from_month, source, items, grade_from, points_min)
       values (1, '2015-01', $1, $2, $3, 50)`,
      [source, JSON.stringify(items), JSON.stringify(gradeFrom)],
    );
    await run.query(`
      create table quality_month (
        month text primary key check (month ~ '^[0-9]{4}-[0-9]{2}$'),
        scheme_version smallint not null references quality_scheme,
        computed_at timestamptz not null,
        published_at timestamptz,
        published_by uuid,
        check ((published_at is null) = (published_by is null))
      )`);
    await run.query(`
      create table institution_score (
        month text not null references quality_month,
        institution_id uuid not null,
        institution_code text not null,
        institution_name text not null,
        items jsonb not null,
        scored_points smallint not null,
        total_centi integer check (total_centi between 0 and 10000),
        grade text check (grade in ('A', 'B', 'C', 'D')),
        rank integer,
        primary key (month, institution_id),
        check ((total_centi is null) = (grade is null) and (grade is null) = (rank is null))
      )`);
    await this.freeze(run);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table institution_score, quality_month, quality_scheme');
    await run.query('drop function refuse_published_score');
  }

  /** What was published stays as it was published, whoever tries. */
  private async freeze(run: QueryRunner): Promise<void> {
    await run.query(`
      create function refuse_published_score() returns trigger language plpgsql as $$
      begin
        if exists (select 1 from marketplace.quality_month
                   where month = coalesce(old.month, new.month) and published_at is not null) then
          raise exception 'the scores of % are published', coalesce(old.month, new.month);
        end if;
        return coalesce(new, old);
      end $$`);
    await run.query(`
      create trigger published before insert or update or delete on institution_score
      for each row execute function refuse_published_score()`);
  }
}
