import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log that all services append to and read from; it belongs to the role `bus` alone. */
export class CreateBus1790000000000 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    // `at` is when the bus took it, not when the act was: retention must not drop the replay of a past year.
    await run.query(`
      create table bus.message (
        position bigint generated always as identity primary key,
        topic text not null,
        partition smallint not null,
        key text not null,
        event jsonb not null,
        at timestamptz not null default clock_timestamp()
      )`);
    await run.query('create index message_partition on bus.message (topic, partition, position)');
    // One append at a time, so that positions become visible in their order and a reader that has seen one position
    // never misses a lower one. The lock lives for one short statement, which is also one commit.
    // A notification holds at most 8,000 bytes; an empty one means "look for yourself".
    await run.query(`
      create function bus.append(messages json) returns void language plpgsql as $$
      declare heads text;
      begin
        perform pg_advisory_xact_lock(7003);
        with added as (
          insert into bus.message (topic, partition, key, event)
          select topic, partition, key, event
          from rows from (json_to_recordset(messages) as (topic text, partition smallint, key text, event jsonb))
            with ordinality as row (topic, partition, key, event, place)
          order by place
          returning topic, partition, position
        ), head as (
          select topic, partition, max(position) as position from added group by topic, partition
        )
        select string_agg(concat_ws(' ', topic, partition, position), ',') into heads from head;
        perform pg_notify('bus', case when octet_length(heads) < 7900 then heads else '' end);
      end $$`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop function bus.append');
    await run.query('drop table bus.message');
  }
}
