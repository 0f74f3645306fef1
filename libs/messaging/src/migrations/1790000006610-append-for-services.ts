import type { MigrationInterface, QueryRunner } from 'typeorm';

const append = 'function bus.append(text[], smallint[], text[], jsonb[])';

/** Services in the bus's own database append from their outboxes; the tables of the bus stay its own. */
export class AppendForServices1790000006610 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`alter ${append} security definer set search_path = bus, pg_temp`);
    await run.query(`grant usage on schema bus to public`);
    await run.query(`grant execute on ${append} to public`);
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query(`revoke usage on schema bus from public`);
    await run.query(`alter ${append} security invoker reset all`);
  }
}
