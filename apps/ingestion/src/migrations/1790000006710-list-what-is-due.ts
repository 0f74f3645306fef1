import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records whose term ends soon are listed by the day; the rest is gone through four times a year instead of daily. */
export class ListWhatIsDue1790000006710 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // A look that is not needed any more does no harm: what becomes of a record is decided when its day has come.
    await run.query(`
      create table retention_due (
        look_on date not null,
        feed_id smallint not null,
        record_key text not null,
        primary key (look_on, feed_id, record_key)
      )`);
    await run.query('drop table retention_round');
    await run.query(`
      create table retention_round (
        feed text primary key references feed (feed),
        contract_version_id int references contract_version,
        begun_at timestamptz,
        walking_until date,
        after_key text,
        listed_until date
      )`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop table retention_due, retention_round');
    await run.query(`
      create table retention_round (
        feed text primary key references feed (feed),
        after_key text,
        finished_on date
      )`);
  }
}
