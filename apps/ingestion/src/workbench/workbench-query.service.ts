import type { Viewer } from '@app/auth';
import { addDays, Clock, endOfDay, InvalidInput } from '@app/kernel';
import { decodeCursor, idCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import type { FaultCode } from '../row/fault.rules.js';
import type { ListActsQuery, ListSetAsideQuery } from './settle-rows.request.js';
import { allowsFault } from './tolerance.rules.js';
import { ActUnknown, RowUnknown } from './workbench.error.js';
import {
  type ActResponse,
  type ActRow,
  type LookRow,
  type ReasonList,
  type ReasonResponse,
  type RowActRow,
  type RowLookResponse,
  type SetAsideResponse,
  type SetAsideRow,
  toActResponse,
  toRowLookResponse,
  toSetAsideResponse,
} from './workbench.response.js';

const rowsSql = (more: string): string => `
  select q.batch_id, q.line_number, b.feed, b.reference, b.received_at, q.kind, q.code, q.pointer, q.zh, q.en, q.faults,
         q.record_key, q.cells is not null as has_cells, s.act_id, a.kind as act_kind, s.state ${more}
  from quarantine q
  join batch b on b.id = q.batch_id
  left join settlement s on s.batch_id = q.batch_id and s.line_number = q.line_number and s.state <> 'REJECTED'
  left join settlement_act a on a.id = s.act_id`;

/** A delivery of the workbench holds at most 1 000 rows: its versions are found by enterprise and key. */
const actsOfRowSql = `
  select a.*, s.row, s.place, b.status as into_status,
         exists (select from quarantine q where q.batch_id = a.into_batch and q.line_number = s.place) as again,
         exists (select from record r join feed f on f.id = r.feed_id and f.feed = a.feed
                 where r.uscc = s.uscc and r.record_key = s.record_key and r.batch_id = a.into_batch
                   and r.line_number = s.place) as made_version
  from settlement s join settlement_act a on a.id = s.act_id left join batch b on b.id = a.into_batch
  where s.batch_id = $1 and s.line_number = $2 order by a.id`;

/** More reasons than a person settles in a day. */
const reasonsMax = 500;

/** What people see of rows that were set aside; a source sees those of its own feeds. */
@Injectable()
export class WorkbenchQuery {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly contracts: Contracts,
  ) {}

  /** Newest delivery first. */
  async list(viewer: Viewer, query: ListSetAsideQuery): Promise<Page<SetAsideResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const [batch, line] = decodeCursor(query.cursor, 2) ?? [null, null];
    if (batch !== null && !/^[0-9a-f-]{36}$/.test(String(batch))) throw foreignCursor();
    const rows: SetAsideRow[] = await this.db.query(
      `${rowsSql('')}
       where b.feed = any($1) and ($2::text is null or q.code = $2) and ($3::text is null or q.kind = $3)
         and ($4::text is null or coalesce(s.state, 'OPEN') = $4) and ($5::timestamptz is null or b.received_at <= $5)
         and ($6::uuid is null or (q.batch_id, q.line_number) < ($6, $7::int))
       order by q.batch_id desc, q.line_number desc limit $8`,
      [
        this.feedsOf(viewer, query),
        query.code ?? null,
        query.kind ?? null,
        query.state ?? null,
        this.before(query.olderThanDays),
        batch,
        line,
        limit + 1,
      ],
    );
    const show = (row: SetAsideRow) => toSetAsideResponse(row, this.contracts.of(row.feed));
    return pageOf(rows, limit, show, ({ batch_id, line_number }) => [batch_id, line_number]);
  }

  /** The most frequent first. */
  async reasons(viewer: Viewer, query: ListSetAsideQuery): Promise<ReasonList> {
    const rows: (Omit<ReasonResponse, 'oldestReceivedAt' | 'acceptable'> & { code: FaultCode; oldest: Date })[] =
      await this.db.query(
        `select b.feed, q.code, q.pointer, q.kind, min(q.zh) as zh, min(q.en) as en, count(*)::int as open,
              min(b.received_at) as oldest
       from quarantine q join batch b on b.id = q.batch_id
       where b.feed = any($1) and ($2::text is null or q.code = $2) and ($3::text is null or q.kind = $3)
         and ($4::timestamptz is null or b.received_at <= $4)
         and not exists (select from settlement s where s.batch_id = q.batch_id and s.line_number = q.line_number
                           and s.state <> 'REJECTED')
       group by b.feed, q.code, q.pointer, q.kind order by open desc, feed, code, pointer limit ${reasonsMax}`,
        [this.feedsOf(viewer, query), query.code ?? null, query.kind ?? null, this.before(query.olderThanDays)],
      );
    const items = rows.map(({ oldest, ...row }) => ({
      ...row,
      oldestReceivedAt: oldest.toISOString(),
      acceptable: row.kind === 'QUARANTINED' && allowsFault(this.contracts.of(row.feed), row),
    }));
    return { items, nextCursor: null };
  }

  /** @throws RowUnknown also for a row of somebody else's feed */
  async look(viewer: Viewer, batchId: string, line: number): Promise<RowLookResponse> {
    const [row]: (LookRow & { contract_version_id: number | null })[] = await this.db.query(
      `${rowsSql(', q.raw, q.place, q.cells, b.contract_version_id')}
       where q.batch_id = $1 and q.line_number = $2 and b.feed = any($3)`,
      [batchId, line, this.feedsOf(viewer, {})],
    );
    if (!row) throw new RowUnknown();
    const acts: RowActRow[] = await this.db.query(actsOfRowSql, [batchId, line]);
    return toRowLookResponse(row, await this.contracts.ofBatch(row), acts);
  }

  async acts(viewer: Viewer, query: ListActsQuery): Promise<Page<ActResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const rows: ActRow[] = await this.db.query(
      `select * from settlement_act where feed = any($1) and ($2::text is null or state = $2)
         and ($3::uuid is null or id < $3) order by id desc limit $4`,
      [this.feedsOf(viewer, {}), query.state ?? null, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toActResponse, ({ id }) => [id]);
  }

  /** @throws ActUnknown also for one about somebody else's feed */
  async act(tx: EntityManager, viewer: Viewer, id: string): Promise<ActResponse> {
    const [row]: ActRow[] = await tx.query('select * from settlement_act where id = $1 and feed = any($2)', [
      id,
      this.feedsOf(viewer, {}),
    ]);
    if (!row) throw new ActUnknown();
    return toActResponse(row);
  }

  private feedsOf(viewer: Viewer, { feed, source }: Pick<ListSetAsideQuery, 'feed' | 'source'>): string[] {
    return this.contracts
      .visibleTo(viewer)
      .filter((contract) => feed === undefined || contract.feed === feed)
      .filter((contract) => source === undefined || contract.sources.includes(source))
      .map((contract) => contract.feed);
  }

  private before(days: number | undefined): Date | null {
    return days === undefined ? null : endOfDay(addDays(this.clock.today(), -days));
  }
}

const foreignCursor = (): InvalidInput =>
  new InvalidInput([{ pointer: '/cursor', detail: 'is not a cursor of this list: start again without it' }]);
