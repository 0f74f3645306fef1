import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The append of CreateBus, with its rows from somewhere else; what it locks for and tells is said there. */
const append = (parameters: string, rows: string): string => `
  create function bus.append(${parameters}) returns void language plpgsql as $$
  declare heads text;
  begin
    perform pg_advisory_xact_lock(7003);
    with added as (
      insert into bus.message (topic, partition, key, event)
      select topic, partition, key, event
      from ${rows} with ordinality as row (topic, partition, key, event, place)
      order by place
      returning topic, partition, position
    ), head as (
      select topic, partition, max(position) as position from added group by topic, partition
    )
    select string_agg(concat_ws(' ', topic, partition, position), ',') into heads from head;
    perform pg_notify('bus', case when octet_length(heads) < 7900 then heads else '' end);
  end $$`;

/** The same append, given an array for each column: PostgreSQL reads them in half the time of one JSON text. */
export class AppendArrays1790000006600 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('drop function bus.append(json)');
    await run.query(
      append(
        'topics text[], partitions smallint[], keys text[], events jsonb[]',
        'unnest(topics, partitions, keys, events)',
      ),
    );
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop function bus.append(text[], smallint[], text[], jsonb[])');
    await run.query(
      append(
        'messages json',
        'rows from (json_to_recordset(messages) as (topic text, partition smallint, key text, event jsonb))',
      ),
    );
  }
}
