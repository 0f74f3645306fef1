import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far sources' own topics are taken in. The place moves in the transaction that makes the batch. */
export class CreateTopicPosition1790000005400 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create table topic_position (
        connector text not null,
        topic text not null,
        partition int not null,
        feed text not null references feed (feed),
        next_offset bigint not null,
        end_offset bigint not null,
        measured_at timestamptz not null,
        primary key (connector, topic, partition)
      )`);
    await run.query('create index topic_position_by_feed on topic_position (feed)');
    await run.query('alter table batch drop constraint batch_form_check');
    await run.query(`alter table batch add constraint batch_form_check
      check (form in ('CSV', 'NDJSON', 'XLSX', 'XML', 'FIXED', 'ZIP', 'TOPIC'))`);
    await run.query('alter table source_gap drop constraint source_gap_kind_check');
    await run.query(`alter table source_gap add constraint source_gap_kind_check
      check (kind in ('SEQUENCE', 'DAY', 'OFFSET'))`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('alter table source_gap drop constraint source_gap_kind_check');
    await run.query(`alter table source_gap add constraint source_gap_kind_check
      check (kind in ('SEQUENCE', 'DAY')) not valid`);
    await run.query('alter table batch drop constraint batch_form_check');
    await run.query(`alter table batch add constraint batch_form_check
      check (form in ('CSV', 'NDJSON', 'XLSX', 'XML', 'FIXED', 'ZIP')) not valid`);
    await run.query('drop table topic_position');
  }
}
