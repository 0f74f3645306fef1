import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which record each line of a served report rests on: for lineage, in both directions. Keys that were masked stay so. */
export class PublishReportLine1790000003300 implements MigrationInterface {
  async up(run: QueryRunner): Promise<void> {
    await run.query('create index query_answer_uscc on query_answer (uscc, query_id)');
    await run.query('create index query_answer_query on query_answer (query_id)');
    await run.query(`
      create view credit_api.report_line_v1 as
      select a.query_id, a.uscc, a.at, section ->> 'code' as section, (item.place)::int as place,
             item.line ->> 'feed' as feed, item.line ->> 'recordKey' as record_key,
             (item.line ->> 'version')::int as record_version
      from query_answer a
      cross join lateral json_array_elements(a.answer -> 'report' -> 'sections') section
      cross join lateral json_array_elements(section -> 'items') with ordinality item (line, place)`);
    await run.query('grant usage on schema credit_api to ingestion');
    await run.query('grant select on credit_api.report_line_v1 to ingestion');
  }

  async down(run: QueryRunner): Promise<void> {
    await run.query('drop view credit_api.report_line_v1');
    await run.query('drop index query_answer_query, query_answer_uscc');
  }
}
