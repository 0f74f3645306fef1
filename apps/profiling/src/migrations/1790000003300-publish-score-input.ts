import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which record each indicator and figure of a score rests on: for lineage, in both directions. Ask by uscc. */
export class PublishScoreInput1790000003300 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query(`
      create view profiling_api.score_input_v1 as
      select s.uscc, s.id as score_id, s.scored_at, s.as_of, s.model_version, 'INDICATOR' as kind, i ->> 'code' as code,
             i ->> 'source' as feed, i ->> 'recordKey' as record_key, (i ->> 'recordVersion')::int as record_version
      from score s cross join lateral jsonb_array_elements(s.inputs -> 'indicators') i
      where i ->> 'recordKey' is not null
      union all
      select s.uscc, s.id, s.scored_at, s.as_of, s.model_version, 'FIGURE', i ->> 'name',
             i ->> 'source', i ->> 'recordKey', (i ->> 'recordVersion')::int
      from score s cross join lateral jsonb_array_elements(s.inputs -> 'figures') i
      where i ->> 'recordKey' is not null`);
    await run.query('grant select on profiling_api.score_input_v1 to ingestion');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop view profiling_api.score_input_v1');
  }
}
