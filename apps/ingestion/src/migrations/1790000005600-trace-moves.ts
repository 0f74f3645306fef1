import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Records that were moved on within one part, or brought and moved in one, left no trace: the enterprise in between kept
 * them in its past for ever. Only keys under more than one enterprise are looked at again.
 */
export class TraceMoves1790000005600 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      insert into record_move (feed_id, record_key, version, uscc_from, uscc_to)
      select feed_id, record_key, version, before, uscc
      from (
        select r.feed_id, r.record_key, r.version, r.uscc,
               lag(r.uscc) over (partition by r.feed_id, r.record_key order by r.version) as before
        from record r
        join (
          select feed_id, record_key from record group by feed_id, record_key having min(uscc) <> max(uscc)
        ) several using (feed_id, record_key)
      ) v
      where before <> uscc
      on conflict (feed_id, record_key, version) do update set uscc_from = excluded.uscc_from`);
  }

  /** What is known of the past is not forgotten. */
  async down(): Promise<void> {}
}
