import { setTimeout as pause } from 'node:timers/promises';

import { dayOf } from '@app/kernel';

import { Random } from '../../demo-city/src/random.js';
import type { Answer, Caller } from './caller.js';
import { asideDifferences, batchDifferences, type Difference } from './comparison.js';
import { firmDifferences, headDifferences } from './head-check.js';
import { layReady, putDown, speak, type TakenBatch } from './other-ways.js';
import { dayAt, type Delivery, type PlanWish } from './plan.js';
import { Reference } from './reference.js';
import { send, sendCut, sendInPieces, sendOther } from './sending.js';
import type { SourceApi } from './source-api.js';
import type { SourceTopics } from './source-topics.js';

export interface Stage {
  operator: Caller;
  /** By code of the source. */
  officers: ReadonlyMap<string, Caller>;
  wish: PlanWish;
  /** So many times as fast as life; 0: as fast as the platform answers. */
  speed: number;
  /** Feeds that deliver at the same time. */
  lanes: number;
  /** Records that are looked at in the end. */
  sample: number;
  /** The folder that the platform watches, the API that it asks, the topics that it hears, where the plan has such deliveries. */
  dropFolder?: string | undefined;
  api?: SourceApi | undefined;
  topics?: SourceTopics | undefined;
  say: (line: string) => void;
}

const daySeconds = 86_400;

/** Plays a plan against a running platform and compares what comes out of every single file. */
export class Simulation {
  readonly differences: Difference[] = [];
  /** What was sent, by kind. */
  readonly kinds = new Map<string, number>();
  readonly reference = new Reference();
  files = 0;
  rows = 0;
  heads = 0;
  private began = 0;

  constructor(private readonly stage: Stage) {}

  async play(plan: readonly Delivery[]): Promise<void> {
    const { wish, say } = this.stage;
    this.began = performance.now();
    for (let on = 0; on < wish.days; on += 1) {
      const today = plan.filter((delivery) => delivery.on === on);
      await this.playDay(today);
      const sum = `${this.files} files, ${this.rows} rows, differences ${this.differences.length}`;
      say(`day ${on + 1} ${dayAt(wish, on)}: ${today.length} deliveries; so far ${sum}`);
    }
    await this.lookAtRecords();
  }

  private async lookAtRecords(): Promise<void> {
    const { operator, sample, wish } = this.stage;
    const random = new Random(`${wish.seed}/sample`);
    const { checked, differences } = await headDifferences(operator, this.reference, { random, sample });
    this.heads = checked;
    this.differences.push(...differences);
    const firms = { random, sample: Math.ceil(sample / 10), tag: wish.tag };
    this.differences.push(...(await firmDifferences(operator, this.reference, firms)));
  }

  /** Files of one feed one after the other, as what becomes of a file rests on those before; feeds side by side. */
  private async playDay(deliveries: readonly Delivery[]): Promise<void> {
    const feeds = [...Map.groupBy(deliveries, ({ feed }) => feed.feed).values()];
    const worker = async (): Promise<void> => {
      for (let lane = feeds.shift(); lane; lane = feeds.shift())
        for (const delivery of lane) {
          await this.itsTime(delivery);
          await this.playOne(delivery);
        }
    };
    await Promise.all(Array.from({ length: this.stage.lanes }, worker));
  }

  private async itsTime({ on, second }: Delivery): Promise<void> {
    const { speed } = this.stage;
    if (speed === 0) return;
    const dueMs = ((on * daySeconds + second) / speed) * 1_000;
    await pause(Math.max(0, dueMs - (performance.now() - this.began)));
  }

  private async playOne(delivery: Delivery): Promise<void> {
    const { fault } = delivery;
    this.count(fault ?? 'CLEAN');
    if (fault === 'STRANGER') await this.stranger(delivery);
    const { answer: taken, reference } = await this.bring(delivery, delivery.reference);
    if (taken.status !== 202) {
      this.differ(delivery, { what: 'answer', expected: '202', platform: `${taken.status} ${taken.body['code']}` });
      return;
    }
    await this.follow(delivery, reference, taken);
    await this.again(delivery, taken);
  }

  /** By the way of its department. */
  private async bring(delivery: Delivery, name: string): Promise<TakenBatch> {
    const { operator, dropFolder, api, topics } = this.stage;
    this.count(`by ${delivery.way}`);
    if (delivery.way === 'DROP') return putDown(operator, { folder: dropFolder!, delivery, name });
    if (delivery.way === 'PULL') return layReady(operator, { api: api!, delivery, name });
    if (delivery.way === 'TOPIC') return speak(operator, { topics: topics!, delivery });
    const answer =
      name === delivery.reference ? await this.deliver(delivery) : await send(this.officerOf(delivery), delivery, name);
    return { answer, reference: name };
  }

  private async deliver(delivery: Delivery): Promise<Answer> {
    const caller = this.officerOf(delivery);
    if (delivery.fault === 'CUT') return sendCut(caller, delivery);
    if (delivery.fault !== 'IN_PIECES') return send(caller, delivery);
    const { answer, mistakes } = await sendInPieces(caller, delivery);
    for (const platform of mistakes) this.differ(delivery, { what: 'pieces', expected: '409', platform });
    return answer;
  }

  private async stranger(delivery: Delivery): Promise<void> {
    const code = [...this.stage.officers.keys()].find((one) => !delivery.feed.sources.includes(one));
    if (code === undefined) return;
    const { status } = await send(this.stage.officers.get(code)!, delivery);
    if (status !== 403) this.differ(delivery, { what: `of ${code}`, expected: '403', platform: String(status) });
  }

  /** What comes a second time changes nothing; another content under the same reference is refused. */
  private async again(delivery: Delivery, taken: Answer): Promise<void> {
    const caller = this.officerOf(delivery);
    if (delivery.fault === 'SAME_AGAIN') {
      const { status, body } = await send(caller, delivery);
      const expected = `202 ${taken.body['id']}`;
      const platform = `${status} ${body['id']}`;
      if (platform !== expected) this.differ(delivery, { what: 'same again', expected, platform });
    }
    if (delivery.fault === 'REFERENCE_REUSED') {
      const { status, body } = await sendOther(caller, delivery);
      const platform = `${status} ${body['code']}`;
      const expected = '409 INGESTION.REFERENCE_REUSED';
      if (platform !== expected) this.differ(delivery, { what: 'another content', expected, platform });
    }
    if (delivery.fault !== 'REPEATED') return;
    const { answer, reference } = await this.bring(delivery, `${delivery.reference}-again`);
    await this.follow(delivery, reference, answer);
  }

  private async follow(delivery: Delivery, reference: string, taken: Answer): Promise<void> {
    const id = String(taken.body['id']);
    const today = dayOf(new Date(String(taken.body['receivedAt'])));
    const batch = await this.ended(id);
    const expected = this.reference.deliver(delivery, reference, today);
    this.files += 1;
    this.rows += expected.counts.read;
    this.differences.push(...batchDifferences(reference, expected, batch));
    const caller = this.officerOf(delivery);
    const { aside } = expected;
    if (aside.size > 0 || batch['quarantined'] > 0 || batch['refused'] > 0)
      this.differences.push(...(await asideDifferences(caller, { file: reference, id, aside })));
  }

  private async ended(id: string): Promise<Answer['body']> {
    for (let waitMs = 20; ; waitMs = Math.min(waitMs * 1.5, 500)) {
      const { body } = await this.stage.operator.get(`/api/ingestion/batches/${id}`);
      if (body['status'] === 'DONE' || body['status'] === 'FAILED') return body;
      await pause(waitMs);
    }
  }

  private officerOf({ source }: Delivery): Caller {
    return this.stage.officers.get(source)!;
  }

  private differ({ reference }: Delivery, found: Omit<Difference, 'file' | 'line'>): void {
    this.differences.push({ file: reference, line: undefined, ...found });
  }

  private count(kind: string): void {
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
  }
}
