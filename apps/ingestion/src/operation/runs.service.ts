import { rebuildFollowers } from '@app/contracts';
import { InvalidInput, uuidv7 } from '@app/kernel';
import { type Command, idCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { BatchUnknown } from '../batch/batch.error.js';
import { Contracts } from '../contract/contract.service.js';
import { SamePerson } from '../correction/overlay.error.js';
import { logAct } from './operation-log.driver.js';
import { BatchOpen, FileNotKept, RunDecided, RunOpen, RunOver, RunUnknown } from './operation.error.js';
import { Replays } from './replays.service.js';
import type {
  DecideRunRequest,
  ListRunsRequest,
  ProposeRunRequest,
  ReplayBatchRequest,
  StopRunRequest,
} from './run.request.js';
import { type CountedRun, countedRunSql, type RunResponse, type RunRow, toRunResponse } from './run.response.js';
import { tellEnd } from './telling.driver.js';

const perSecondUsual = 500;

type NewRun = Pick<RunRow, 'kind' | 'feed' | 'state' | 'reason'> &
  Partial<Pick<RunRow, 'batch_id' | 'contract' | 'received_from' | 'received_before' | 'per_second'>>;

/** What people ask to be done to what was delivered; RunJob does it. */
@Injectable()
export class Runs {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly replays: Replays,
  ) {}

  async list(query: ListRunsRequest): Promise<Page<RunResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const rows: CountedRun[] = await this.db.query(
      `${countedRunSql} where ($1::text is null or r.state = $1) and ($2::text is null or r.feed = $2)
         and ($3::uuid is null or r.id < $3) order by r.id desc limit $4`,
      [query.state ?? null, query.feed ?? null, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toRunResponse, ({ id }) => [id]);
  }

  async get(id: string): Promise<RunResponse> {
    return answer(this.db.manager, id);
  }

  /** One operator is enough: it changes nothing that came later. @throws BatchUnknown, BatchOpen, FileNotKept */
  async replayBatch(command: Command, batchId: string, request: ReplayBatchRequest): Promise<RunResponse> {
    const { tx, viewer, now } = command;
    const { reason, contract = 'MENDED' } = request;
    const [batch]: { id: string; feed: string; status: string }[] = await tx.query(
      'select o.id, o.feed, b.status from batch b join batch o on o.id = coalesce(b.replay_of, b.id) where b.id = $1',
      [batchId],
    );
    if (!batch) throw new BatchUnknown();
    const { id, feed } = batch;
    if (batch.status === 'RECEIVED' || batch.status === 'RUNNING') throw new BatchOpen();
    if (!this.replays.isKept(id)) throw new FileNotKept();
    const made = await this.make(command, {
      kind: 'REPLAY_BATCH',
      feed,
      state: 'RUNNING',
      batch_id: id,
      contract,
      reason,
    });
    await tx.query('update operation_run set total = 1 where id = $1', [made]);
    const act = { personId: viewer.personId, act: 'REPLAY_BATCH', feeds: [feed], batchId: id, runId: made, reason };
    await logAct(tx, { ...act, detail: { contract } }, now);
    return answer(tx, made);
  }

  /** @throws FeedUnknown, RunOpen, InvalidInput */
  async propose(command: Command, request: ProposeRunRequest): Promise<RunResponse> {
    const { tx, viewer, now } = command;
    const { kind, feed, reason } = request;
    this.contracts.of(feed);
    const wish = kind === 'REBUILD' ? rebuildOf(request) : replayOf(request);
    const id = await this.make(command, { kind, feed, state: 'PROPOSED', reason, ...wish });
    const act = { personId: viewer.personId, act: `PROPOSE_${kind}`, feeds: [feed], runId: id, reason, detail: wish };
    await logAct(tx, act, now);
    return answer(tx, id);
  }

  /** @throws RunUnknown, RunDecided, SamePerson */
  async decide({ tx, viewer, now }: Command, id: string, { approve, note }: DecideRunRequest): Promise<RunResponse> {
    const run = await lockedRun(tx, id);
    if (run.state !== 'PROPOSED') throw new RunDecided();
    if (run.proposed_by === viewer.personId) throw new SamePerson();
    const { kind, feed } = run;
    // What comes after the approval needs no replay.
    const received_before = kind === 'REPLAY_FEED' ? (run.received_before ?? now) : null;
    const total = approve ? await this.totalOf(tx, { ...run, received_before }) : null;
    await tx.query(
      `update operation_run set state = $2, decided_by = $3, decided_at = $4, note = $5, received_before = $6, total = $7,
         ended_at = case when $2 = 'REJECTED' then $4::timestamptz end
       where id = $1`,
      [id, approve ? 'RUNNING' : 'REJECTED', viewer.personId, now, note ?? null, received_before, total],
    );
    if (approve && kind === 'REBUILD') await awaitFollowers(tx, id);
    const act = `${approve ? 'APPROVE' : 'REJECT'}_${kind}`;
    await logAct(tx, { personId: viewer.personId, act, feeds: [feed], runId: id, reason: note ?? '' }, now);
    return answer(tx, id);
  }

  /** By one operator, whoever began it; what is on its way already goes on. @throws RunUnknown, RunOver */
  async stop({ tx, viewer, now }: Command, id: string, { reason }: StopRunRequest): Promise<RunResponse> {
    const run = await lockedRun(tx, id);
    const { state, kind, feed } = run;
    if (state !== 'PROPOSED' && state !== 'RUNNING') throw new RunOver();
    if (kind === 'REBUILD' && state === 'RUNNING') await tellEnd(tx, run, now);
    await tx.query(`update operation_run set state = 'STOPPED', ended_at = $2 where id = $1`, [id, now]);
    await logAct(tx, { personId: viewer.personId, act: `STOP_${kind}`, feeds: [feed], runId: id, reason }, now);
    return answer(tx, id);
  }

  /** Batches to be delivered again; of a rebuild the records in force by the sums of the batches, withdrawn ones come on top. */
  private async totalOf(tx: EntityManager, run: RunRow): Promise<number> {
    if (run.kind !== 'REBUILD') return this.replays.count(tx, run);
    const [row]: { records: string }[] = await tx.query(
      `select greatest(coalesce(sum(live_delta), 0)
                - (select coalesce(sum(live), 0) from retention_proof where feed = $1), 0) as records
       from batch where feed = $1`,
      [run.feed],
    );
    return Number(row!.records);
  }

  private async make({ tx, viewer, now }: Command, run: NewRun): Promise<string> {
    const id = uuidv7(now);
    const made: unknown[] = await tx.query(
      `insert into operation_run (id, kind, feed, state, batch_id, contract, received_from, received_before, per_second,
                                  reason, proposed_by, proposed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing returning id`,
      [
        id,
        run.kind,
        run.feed,
        run.state,
        run.batch_id ?? null,
        run.contract ?? null,
        run.received_from ?? null,
        run.received_before ?? null,
        run.per_second ?? null,
        run.reason,
        viewer.personId,
        now,
      ],
    );
    if (made.length === 0) throw new RunOpen();
    return id;
  }
}

const rebuildOf = ({ perSecond = perSecondUsual }: ProposeRunRequest) => ({ per_second: perSecond });

function replayOf({ contract = 'MENDED', receivedFrom, receivedBefore }: ProposeRunRequest) {
  const [from, before] = [receivedFrom, receivedBefore].map((text) => (text === undefined ? null : new Date(text)));
  if (from && before && from >= before)
    throw new InvalidInput([{ pointer: '/receivedBefore', detail: 'must be after receivedFrom' }]);
  return { contract, received_from: from ?? null, received_before: before ?? null };
}

async function answer(tx: EntityManager, id: string): Promise<RunResponse> {
  const [row]: CountedRun[] = await tx.query(`${countedRunSql} where r.id = $1`, [id]);
  if (!row) throw new RunUnknown();
  return toRunResponse(row);
}

async function lockedRun(tx: EntityManager, id: string): Promise<RunRow> {
  const [row]: RunRow[] = await tx.query('select * from operation_run where id = $1 for no key update', [id]);
  if (!row) throw new RunUnknown();
  return row;
}

async function awaitFollowers(tx: EntityManager, runId: string): Promise<void> {
  await tx.query('insert into operation_follower (run_id, follower) select $1, unnest($2::text[])', [
    runId,
    rebuildFollowers,
  ]);
}
