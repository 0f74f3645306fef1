import { headsByKey, withPlanSettings } from '@app/database';
import type { Uscc } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { composeReport, type ReportBody, type ReportRecord, type ReportView } from './report.rules.js';

/** Newest records of each feed in a report: five years of months; more would be a data dump and not a report. */
const recordsPerFeedMax = 60;

const recordsSql = `
  select r.feed, f.source, coalesce(o.name, f.source) as "sourceName", f.title as "feedTitle", f.basis, r.record_key as "recordKey", r.version,
         r.event_date::text as "eventDate", r.report_date::text as "reportDate", r.fields, r.of_feed as "ofFeed"
  from (
    select *, row_number() over (partition by feed order by event_date desc, record_key) as place,
           count(*) over (partition by feed)::int as of_feed
    from ingestion_api.record_v1 where uscc = $1
  ) r join ingestion_api.feed_v1 f on f.feed = r.feed
  left join identity_api.organisation_v1 o on o.kind = 'source' and o.code = f.source
  where r.place <= ${recordsPerFeedMax}
  order by r.feed, r.event_date desc, r.record_key`;

/** One enterprise's records are too few to be shared among workers. */
const settings = { ...headsByKey, max_parallel_workers_per_gather: '0' };

/** Reads what is known about an enterprise; call only behind the consent gate. */
@Injectable()
export class ReportService {
  async compose(tx: EntityManager, uscc: Uscc, view: ReportView): Promise<ReportBody> {
    const records = await withPlanSettings<ReportRecord[]>(tx, settings, () => tx.query(recordsSql, [uscc]));
    return composeReport(records, view);
  }
}
