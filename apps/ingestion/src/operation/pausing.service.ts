import { hasRole, type Viewer } from '@app/auth';
import { type Command, idCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import { logAct } from './operation-log.driver.js';
import { type OperationActResponse, type OperationActRow, toOperationActResponse } from './operation-log.response.js';
import { AlreadyPaused, NotPaused, SourceUnknown } from './operation.error.js';
import type { ListOperationLogRequest, PauseFlowRequest } from './pause-flow.request.js';
import { type PauseResponse, type PauseRow, type ResumptionResponse, toPauseResponse } from './pause.response.js';

const pauseSql = `
  select scope, name, reason, paused_by, paused_at,
         array(select feed from feed f where (scope = 'FEED' and f.feed = name)
                 or (scope = 'SOURCE' and name = any (f.sources)) order by feed) as feeds
  from pause`;

/** Lets feeds rest and go on. One operator is enough for either: nothing that was delivered is lost by it. */
@Injectable()
export class Pausing {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
  ) {}

  /** A source sees the pauses that hold its own feeds. */
  async list(viewer: Viewer): Promise<PauseResponse[]> {
    const rows: PauseRow[] = await this.db.query(`${pauseSql} order by paused_at, scope, name`);
    const visible = new Set(this.contracts.visibleTo(viewer).map(({ feed }) => feed));
    const showPerson = hasRole(viewer, 'operator', 'regulator');
    return rows
      .map((row) => ({ ...row, feeds: row.feeds.filter((feed) => visible.has(feed)) }))
      .filter(({ feeds }) => feeds.length > 0)
      .map((row) => toPauseResponse(row, { showPerson }));
  }

  /** @throws FeedUnknown, SourceUnknown, AlreadyPaused */
  async pause({ tx, viewer, now }: Command, { scope, name, reason }: PauseFlowRequest): Promise<PauseResponse> {
    if (scope === 'FEED') this.contracts.of(name);
    else if (!this.contracts.all().some(({ sources }) => sources.includes(name))) throw new SourceUnknown();
    const made: unknown[] = await tx.query(
      `insert into pause (scope, name, reason, paused_by, paused_at) values ($1, $2, $3, $4, $5)
       on conflict do nothing returning name`,
      [scope, name, reason, viewer.personId, now],
    );
    if (made.length === 0) throw new AlreadyPaused();
    const row = (await pauseOf(tx, { scope, name }))!;
    await logAct(tx, { personId: viewer.personId, act: 'PAUSE', feeds: row.feeds, scope, name, reason }, now);
    return toPauseResponse(row, { showPerson: true });
  }

  /** What waited is taken up at the next look, within a second. @throws NotPaused */
  async resume({ tx, viewer, now }: Command, { scope, name, reason }: PauseFlowRequest): Promise<ResumptionResponse> {
    const held = await pauseOf(tx, { scope, name });
    if (!held) throw new NotPaused();
    await tx.query('delete from pause where scope = $1 and name = $2', [scope, name]);
    const { feeds } = held;
    await logAct(tx, { personId: viewer.personId, act: 'RESUME', feeds, scope, name, reason }, now);
    const still: { feed: string }[] = await tx.query(
      'select feed from paused_feed where feed = any ($1) order by feed',
      [feeds],
    );
    return { scope, name, stillPaused: still.map(({ feed }) => feed) };
  }

  async log(query: ListOperationLogRequest): Promise<Page<OperationActResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const rows: OperationActRow[] = await this.db.query(
      `select * from operation_log where ($1::text is null or $1 = any (feeds)) and ($2::uuid is null or id < $2)
       order by id desc limit $3`,
      [query.feed ?? null, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toOperationActResponse, ({ id }) => [id]);
  }
}

/** Under its lock: of two who end it at once one is told that it is over. */
async function pauseOf(
  tx: EntityManager,
  { scope, name }: Pick<PauseFlowRequest, 'scope' | 'name'>,
): Promise<PauseRow | undefined> {
  const [row]: PauseRow[] = await tx.query(`${pauseSql} where scope = $1 and name = $2 for update`, [scope, name]);
  return row;
}
