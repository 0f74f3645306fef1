import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Viewer } from '@app/auth';
import { normaliseUscc } from '@app/kernel';
import { decodeCursor, pageOf, type PageQuery, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { BatchUnknown } from '../batch/batch.error.js';
import { Contracts } from '../contract/contract.service.js';
import { RecordUnknown } from '../correction/overlay.error.js';
import { batchesDir } from '../ingestion.config.js';
import { DutyLog } from '../record/duty-log.service.js';
import { refuseStrangers } from '../record/record.service.js';
import { broughtSql, originSql, reportSql, scoreSql, usesSql } from './lineage-statement.rules.js';
import { NothingTraced } from './lineage.error.js';
import {
  type BroughtPage,
  type BroughtRow,
  type OriginRow,
  type RecordOriginResponse,
  type RestsOnPage,
  type RestsOnRow,
  toBroughtResponse,
  toRecordOriginResponse,
  toRestsOnResponse,
  toUseResponse,
  type UsePage,
  type UseRow,
} from './lineage.response.js';
import type { TraceBatchQuery, TraceRecordQuery, TraceScoreQuery } from './trace-lineage.request.js';

/** Where values come from and where they went, through the views that profiling and credit publish. */
@Injectable()
export class Lineage {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly duty: DutyLog,
  ) {}

  /** @throws RecordUnknown, FeedUnknown, NotYourFeed, IdentityNotProved */
  async origin(viewer: Viewer, { feed, recordKey, version }: TraceRecordQuery): Promise<RecordOriginResponse> {
    const holders = await this.holdersOf(viewer, feed, recordKey);
    const [row]: OriginRow[] = await this.db.query(originSql, [
      this.contracts.idOf(feed),
      recordKey,
      holders,
      version ?? null,
    ]);
    if (!row) throw new RecordUnknown();
    const { sources, sourceName, title } = this.contracts.of(feed);
    const kept = existsSync(join(batchesDir(), row.batch_id));
    const source = { code: sources[0]!, name: sourceName };
    const answer = toRecordOriginResponse(row, { source, kept, feedTitle: title });
    return this.duty.reading(viewer, { uscc: row.uscc, act: 'LINEAGE' }, () => Promise.resolve(answer));
  }

  /** @throws RecordUnknown, FeedUnknown, NotYourFeed, IdentityNotProved */
  async uses(viewer: Viewer, query: TraceRecordQuery): Promise<UsePage> {
    const { feed, recordKey, version } = query;
    const holders = await this.holdersOf(viewer, feed, recordKey);
    const limit = query.limit ?? pageRowsMax;
    const after = decodeCursor(query.cursor, 4) ?? [null, null, null, null];
    return this.duty.reading(viewer, { uscc: holders[0]!, act: 'LINEAGE' }, async (tx) => {
      const rows: UseRow[] = await tx.query(usesSql, [holders, feed, recordKey, version ?? null, ...after, limit + 1]);
      return pageOf(rows, limit, toUseResponse, placeOf);
    });
  }

  /** Keys and versions only, so that no look at an enterprise is made. @throws BatchUnknown also for somebody else's feed */
  async brought(viewer: Viewer, id: string, query: TraceBatchQuery): Promise<BroughtPage> {
    const [batch]: { feed: string }[] = await this.db.query('select feed from batch where id = $1', [id]);
    if (!batch || !this.contracts.visibleTo(viewer).some(({ feed }) => feed === batch.feed)) throw new BatchUnknown();
    const limit = query.limit ?? pageRowsMax;
    const after = Number(decodeCursor(query.cursor, 1)?.[0] ?? 0) || 0;
    const rows: BroughtRow[] = await this.db.query(broughtSql, [
      id,
      this.contracts.idOf(batch.feed),
      query.line ?? null,
      after,
      limit + 1,
    ]);
    return pageOf(rows, limit, toBroughtResponse, ({ line_number }) => [line_number]);
  }

  /** @throws NothingTraced, RecordUnknown */
  async score(viewer: Viewer, query: TraceScoreQuery): Promise<RestsOnPage> {
    const uscc = normaliseUscc(query.uscc);
    refuseStrangers(viewer, uscc);
    return this.duty.reading(viewer, { uscc, act: 'LINEAGE' }, (tx) =>
      this.restsOn(tx, scoreSql, query, [uscc, query.scoreId ?? null, query.code ?? null]),
    );
  }

  /** @throws NothingTraced also for a report about somebody else */
  async report(viewer: Viewer, queryId: string, query: PageQuery): Promise<RestsOnPage> {
    const [about]: { uscc: string }[] = await this.db.query(
      'select uscc from credit_api.report_line_v1 where query_id = $1 limit 1',
      [queryId],
    );
    if (!about) throw new NothingTraced();
    refuseStrangers(viewer, about.uscc);
    return this.duty.reading(viewer, { uscc: about.uscc, act: 'LINEAGE' }, (tx) =>
      this.restsOn(tx, reportSql, query, [about.uscc, queryId, null]),
    );
  }

  private async restsOn(tx: EntityManager, sql: string, query: PageQuery, values: unknown[]): Promise<RestsOnPage> {
    const limit = query.limit ?? pageRowsMax;
    const after = decodeCursor(query.cursor, 4) ?? [null, null, null, null];
    const rows: RestsOnRow[] = await tx.query(sql, [...values, ...after.slice(1), limit + 1]);
    if (rows.length === 0 && query.cursor === undefined) throw new NothingTraced();
    return pageOf(rows, limit, toRestsOnResponse, placeOf);
  }

  /** Whose record it is and was, as far as the viewer may know; the present holder first. */
  private async holdersOf(viewer: Viewer, feed: string, recordKey: string): Promise<string[]> {
    if (viewer.organisation.kind === 'enterprise') this.contracts.of(feed);
    else this.contracts.usedBy(viewer, feed);
    const rows: { uscc: string }[] = await this.db.query(
      `select uscc from (
         select uscc, 0 as place from record_head where feed_id = $1 and record_key = $2
         union all select uscc_from, 1 from record_move where feed_id = $1 and record_key = $2
         union all select uscc_to, 1 from record_move where feed_id = $1 and record_key = $2
       ) h group by uscc order by min(place), uscc`,
      [this.contracts.idOf(feed), recordKey],
    );
    const own = viewer.organisation.kind === 'enterprise' ? viewer.organisation.uscc : null;
    const holders = rows.map(({ uscc }) => uscc).filter((uscc) => own === null || uscc === own);
    if (holders.length === 0) throw new RecordUnknown();
    if (own !== null) refuseStrangers(viewer, own);
    return holders;
  }
}

const placeOf = ({ id, kind, code, place }: UseRow): (string | number)[] => [id, kind, code, place];
