import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Medians of the industries by day: a portrait reads eight rows instead of looking at every peer. */
export class CreateIndustryMedian1790000006000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table median_day (
        as_of date primary key,
        taken_at timestamptz not null,
        enterprises int not null
      )`);
    // place: of the dimension in the model, from 1; median: null where too few peers are known in it.
    await run.query(`
      create table industry_median (
        industry2 text not null,
        as_of date not null references median_day on delete cascade,
        place int not null,
        peers int not null,
        median int,
        primary key (industry2, as_of, place)
      )`);
    await run.query('create index industry_median_day on industry_median (as_of)');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table industry_median, median_day');
  }
}
