import { headsByKey, withPlanSettings } from '@app/database';
import type { Day } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { monthlyFeeds, monthlySince, otherFeeds, type SourceRecord } from '../record/record.rules.js';

/** One JSON text per enterprise: a quarter of the time that a row for each record takes to parse. */
const recordsSql = (bases: string): string => `
  select r.uscc, json_agg(json_build_array(r.feed, r.record_key, r.version, r.event_date, r.report_date, r.fields)) as list
  from ingestion_api.record_v1 r
  where r.uscc = any($1) and (r.feed = any($2) or (r.feed = any($3) and r.event_date >= $4)) ${bases}
  group by r.uscc`;

/** Batches of enterprises are grouped in memory. */
const settings = { ...headsByKey, work_mem: '32MB' };

type Packed = [feed: string, recordKey: string, version: number, eventDate: Day, reportDate: Day, fields: object];

interface Row {
  uscc: string;
  list: Packed[];
}

/** Reads what ingestion holds about enterprises, as far as profiles need it. */
@Injectable()
export class RecordReader {
  /** All records of many enterprises in one query. */
  async read(tx: EntityManager, usccs: readonly string[], asOf: Day): Promise<ReadonlyMap<string, SourceRecord[]>> {
    const rows = await this.query(tx, recordsSql(''), usccs, asOf);
    return new Map(rows.map(({ uscc, list }) => [uscc, list.map(unpacked)]));
  }

  /** Of one enterprise, only what may be shown without its consent to collection. */
  async readUnbound(tx: EntityManager, uscc: string, asOf: Day): Promise<SourceRecord[]> {
    const unbound = `and exists (
      select from ingestion_api.feed_v1 f where f.feed = r.feed and f.basis in ('PUBLIC', 'DUTY'))`;
    const [row] = await this.query(tx, recordsSql(unbound), [uscc], asOf);
    return (row?.list ?? []).map(unpacked);
  }

  private query(tx: EntityManager, sql: string, usccs: readonly string[], asOf: Day): Promise<Row[]> {
    const values = [usccs, otherFeeds, monthlyFeeds, monthlySince(asOf)];
    return withPlanSettings(tx, settings, () => tx.query(sql, values));
  }
}

const unpacked = ([feed, recordKey, version, eventDate, reportDate, fields]: Packed): SourceRecord => ({
  feed,
  recordKey,
  version,
  eventDate,
  reportDate,
  fields: fields as Record<string, unknown>,
});
