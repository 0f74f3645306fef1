import { recordsRetold } from '@app/contracts';
import { Clock } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import { worksOnBatches } from '../ingestion.config.js';
import { NameRegister } from '../resolve/name-register.service.js';
import { onManager } from '../resolve/querying.driver.js';
import { logAct } from './operation-log.driver.js';
import { Replays } from './replays.service.js';
import type { RunRow } from './run.response.js';
import { tellEnd } from './telling.driver.js';

/** So many batches of a feed wait in line at once: fresh deliveries come between those of a replay. */
const waitingMax = 10;
/** While so many facts wait to leave, a rebuild adds none. */
const outboxMax = 5_000;
const stepMs = 1_000;

type Step = Pick<RunRow, 'place' | 'done' | 'missing' | 'delivered' | 'told'> & { over: boolean };

/** Does, step by step, what was asked for and approved; a step counts once, whoever dies in the middle. */
@Injectable()
export class RunJob extends PeriodicJob {
  protected override readonly everyMs = stepMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly contracts: Contracts,
    private readonly replays: Replays,
    private readonly names: NameRegister,
  ) {
    super();
  }

  /** One step of each running replay and rebuild. */
  override async run(): Promise<void> {
    if (!worksOnBatches()) return;
    const rows: { id: string }[] = await this.db.query(
      `select id from operation_run where state = 'RUNNING' order by id`,
    );
    for (const { id } of rows) await this.step(id);
  }

  private async step(id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      // The weaker lock: batches that a step delivers on another connection point to this row.
      const [run]: RunRow[] = await tx.query(
        `select * from operation_run where id = $1 and state = 'RUNNING' for no key update skip locked`,
        [id],
      );
      const now = this.clock.now();
      if (!run || (run.stepped_at !== null && now.getTime() - run.stepped_at.getTime() < stepMs)) return;
      const step = run.kind === 'REBUILD' ? await this.tell(tx, run, now) : await this.replay(run);
      await tx.query(
        `update operation_run set place = $2, done = $3, missing = $4, delivered = $5, stepped_at = $6,
           state = case when $7 then 'DONE' else state end, ended_at = case when $7 then $6::timestamptz end, told = $8
         where id = $1`,
        [id, step.place, step.done, step.missing, step.delivered, now, step.over, step.told],
      );
      if (!step.over) return;
      if (run.kind === 'REBUILD') await this.toldAll(tx, { ...run, ...step }, now);
      const { kind, feed } = run;
      const detail = { done: Number(step.done), missing: Number(step.missing) };
      await logAct(tx, { personId: null, act: `DONE_${kind}`, feeds: [feed], runId: id, reason: 'done', detail }, now);
    });
  }

  private async replay(run: RunRow): Promise<Step> {
    const step = { ...run, over: false };
    if (run.delivered) return { ...step, over: await this.replays.isWorkedOff(run.id) };
    const limit = waitingMax - (await this.replays.waiting(run.feed));
    if (limit <= 0) return step;
    const batches = await this.replays.next(run, run.place, limit);
    let [done, missing] = [Number(run.done), Number(run.missing)];
    for (const batch of batches) {
      if (await this.replays.deliver(run, batch)) done += 1;
      else missing += 1;
    }
    const place = batches.at(-1)?.arrival ?? run.place;
    const delivered = batches.length < limit;
    // Nothing was there to be delivered: there is nothing to wait for.
    return { ...step, place, done: String(done), missing: String(missing), delivered, over: delivered && done === 0 };
  }

  /** Tells of the next records in the order of their keys, as many as a second may have. */
  private async tell(tx: EntityManager, run: RunRow, now: Date): Promise<Step> {
    const step = { ...run, over: false };
    const [{ waiting }]: [{ waiting: number }] = await tx.query(
      `select count(*)::int as waiting from (select from outbox limit ${outboxMax}) o`,
    );
    if (waiting >= outboxMax) return step;
    const limit = run.per_second!;
    const heads: { record_key: string; uscc: string }[] = await tx.query(
      `select record_key, uscc from record_head where feed_id = $1 and record_key > $2 order by record_key limit $3`,
      [this.contracts.idOf(run.feed), run.place, limit],
    );
    const events = [...Map.groupBy(heads, ({ uscc }) => uscc)].map(([uscc, own]) => ({
      uscc: uscc as never,
      feed: run.feed,
      runId: run.id,
      records: own.length,
    }));
    await addManyToOutbox(tx, recordsRetold, events, now);
    // The names of enterprises follow from records as well, and are kept here.
    if (this.names.registers(run.feed))
      await this.names.take(
        onManager(tx),
        run.feed,
        events.map(({ uscc }) => uscc),
      );
    const [place, done] = [heads.at(-1)?.record_key ?? run.place, String(Number(run.done) + heads.length)];
    const over = heads.length < limit;
    return { ...step, place, done, told: String(Number(run.told) + events.length), delivered: over, over };
  }

  /** Followers learn how many events are theirs; the quality of the feed is measured anew at its next look. */
  private async toldAll(tx: EntityManager, run: RunRow, now: Date): Promise<void> {
    await tellEnd(tx, run, now);
    await tx.query(`update quality_feed set rules = $2 where feed_id = $1 and rules <> ''`, [
      this.contracts.idOf(run.feed),
      `rebuild ${run.id}`,
    ]);
  }
}
