import type { Viewer } from '@app/auth';
import { decodeCursor, idCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { columnsOf } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { BatchUnknown } from './batch.error.js';
import {
  type BatchResponse,
  type BatchRow,
  type FileColumns,
  type QuarantineResponse,
  type QuarantineRow,
  toBatchResponse,
  toQuarantineResponse,
} from './batch.response.js';
import type { ListBatchesRequest, ListQuarantineRequest } from './list-batches.request.js';
import { quarantineHeader, quarantineLine } from './quarantine-sheet.rules.js';

const columns = `id, feed, reference, origin, status, problem, read, accepted, unchanged, stale, quarantined, refused,
  replay_of, work_ms, bytes, sha256, charset, form, notes, received_at, started_at, finished_at,
  (select v.version from contract_version v where v.id = batch.contract_version_id) as contract_version,
  status in ('RECEIVED', 'RUNNING') and exists (select from paused_feed p where p.feed = batch.feed) as paused,
  (select count(*) from settlement s where s.batch_id = batch.id and s.state = 'SETTLED') as settled`;

/** What people see of batches; a source sees those of its own feeds. */
@Injectable()
export class Batches {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
  ) {}

  async list(viewer: Viewer, query: ListBatchesRequest): Promise<Page<BatchResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const rows: BatchRow[] = await this.db.query(
      `select ${columns} from batch
       where feed = any($1) and ($2::text is null or feed = $2) and ($3::text is null or status = $3)
         and ($4::uuid is null or id < $4)
       order by id desc limit $5`,
      [this.feedsOf(viewer), query.feed ?? null, query.status ?? null, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toBatchResponse, ({ id }) => [id]);
  }

  /** @throws BatchUnknown also for a batch of somebody else's feed */
  async get(viewer: Viewer, id: string): Promise<BatchResponse> {
    const [row]: BatchRow[] = await this.db.query(`select ${columns} from batch where id = $1 and feed = any($2)`, [
      id,
      this.feedsOf(viewer),
    ]);
    if (!row) throw new BatchUnknown();
    return toBatchResponse(row);
  }

  async quarantine(viewer: Viewer, id: string, query: ListQuarantineRequest): Promise<Page<QuarantineResponse>> {
    await this.get(viewer, id);
    const limit = query.limit ?? pageRowsMax;
    const after = decodeCursor(query.cursor, 1);
    const rows: QuarantineRow[] = await this.db.query(
      `select line_number, kind, code, pointer, zh, en, faults, record_key, raw, place from quarantine
       where batch_id = $1 and line_number > $2 and ($3::text is null or kind = $3) order by line_number limit $4`,
      [id, Number(after?.[0] ?? 0) || 0, query.kind ?? null, limit + 1],
    );
    const shown = await this.columnsOf(id);
    return pageOf(
      rows,
      limit,
      (row) => toQuarantineResponse(row, shown),
      ({ line_number }) => [line_number],
    );
  }

  /** All rows that were set aside, as a sheet for those who mend them, page by page. */
  async *sheet(viewer: Viewer, id: string): AsyncGenerator<string> {
    yield quarantineHeader();
    let cursor: string | undefined;
    do {
      const page = await this.quarantine(viewer, id, { ...(cursor !== undefined && { cursor }) });
      yield page.items.map(quarantineLine).join('');
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  private async columnsOf(id: string): Promise<FileColumns> {
    const [batch]: { feed: string; contract_version_id: number | null; layout: string[] | null }[] =
      await this.db.query('select feed, contract_version_id, layout from batch where id = $1', [id]);
    const contract = await this.contracts.ofBatch(batch!);
    const headers = new Map(columnsOf(contract).map(({ name, header }) => [name, header]));
    return { headers, layout: batch!.layout ?? [] };
  }

  private feedsOf(viewer: Viewer): string[] {
    return this.contracts.visibleTo(viewer).map(({ feed }) => feed);
  }
}
