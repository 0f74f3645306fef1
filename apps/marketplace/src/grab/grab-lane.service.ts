import { failureCode, isDatabaseAway, isLostRace } from '@app/database';
import { uuidv7 } from '@app/kernel';
import { Relay } from '@app/messaging';
import { counter } from '@app/observe';
import { claimText } from '@app/service';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import { everywhere } from '../limit/limit.rules.js';
import { RefusalLog } from '../refusal/refusal-log.job.js';
import { LaneUnavailable, refusalError, TooManyRequests } from './grab.error.js';
import {
  type PlacedGrabResponse,
  type SealedEntryResponse,
  toPlacedGrabResponse,
  toSealedEntryResponse,
} from './grab.response.js';
import { decide, type Outcome } from './grab.rules.js';
import { LaneConnection } from './lane-connection.driver.js';
import { enterSql, entriesOf, ledgerOf, writeSql } from './lane-ledger.service.js';
import type { GrabRequest, LaneAsk } from './lane.rules.js';
import { SecondCounter } from './throttle.rules.js';

/** More in one transaction would make the last of them wait longer than it gains. */
const batchMax = 256;
/** Beyond it an answer would come too late anyway; at 5 000 grabs a second the last one waits for a second. */
const queueMax = 5_000;
const triesMax = 3;
/** So many always go together. Of more, half stay for the next batch: this process answers and reads while PostgreSQL works. */
const batchLeast = 32;
const shareOf = (waiting: number): number => Math.min(batchMax, Math.max(batchLeast, Math.ceil(waiting / 2)));

const grabs = counter('marketplace_grabs_total', 'Grabs by how they ended: granted, sealed, or a refusal.', [
  'outcome',
]);

type GrabAnswer = PlacedGrabResponse | SealedEntryResponse;

interface Placed {
  answer: GrabAnswer;
  /** Whether the answer was given before, under the same key. */
  replayed: boolean;
}

interface Waiting {
  ask: LaneAsk;
  request: GrabRequest;
  resolve: (placed: Placed) => void;
  reject: (error: unknown) => void;
}

/** Tells everybody of a batch how it ended: once, however often it is called. */
type Answering = () => void;

/**
 * A batch is answered while PostgreSQL writes the next one, its longest stretch of work: answers, and the requests that follow
 * them, take this process as long. Should the next one wait for a lock, nobody waits with it for longer than this.
 */
const answerWithinMs = 10;

/**
 * Grabs that arrive together share a transaction: one batch at a time on a connection of its own, without a timer; who
 * comes while a batch is under way goes with the next one. Two trips: lock and read, then write and commit.
 */
@Injectable()
export class GrabLane implements OnApplicationShutdown {
  private readonly connection = new LaneConnection();
  private readonly queue: Waiting[] = [];
  private readonly senders = new SecondCounter();
  private running: Promise<void> | undefined;

  constructor(
    private readonly relay: Relay,
    private readonly refusals: RefusalLog,
  ) {}

  /** @throws the named error of the refusal, or LaneUnavailable when nothing could be decided */
  place(ask: LaneAsk): Promise<Placed> {
    this.throttle(ask);
    if (this.queue.length >= queueMax) throw new LaneUnavailable();
    return new Promise((resolve, reject) => {
      this.queue.push({ ask, request: requestOf(ask), resolve, reject });
      this.running ??= this.run();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.running;
    await this.connection.close();
  }

  /** Under the limits that the latest batch read: nobody is looked up before a request may cost anything. */
  private throttle({ viewer, now }: LaneAsk): void {
    const { id, code } = viewer.organisation;
    const policy = this.connection.limits?.at(now, { ...everywhere, institution: id });
    if (!policy) return;
    const { institutionRequestsPerSecond, personRequestsPerSecond } = policy;
    const bank = this.senders.admits(id, institutionRequestsPerSecond, now);
    const person = this.senders.admits(viewer.personId, personRequestsPerSecond, now);
    if (bank && person) return;
    this.refusals.count(id, code, 'TOO_MANY_REQUESTS', now);
    grabs.inc({ outcome: 'TOO_MANY_REQUESTS' });
    throw bank
      ? new TooManyRequests('you', personRequestsPerSecond)
      : new TooManyRequests('your institution', institutionRequestsPerSecond);
  }

  private async run(): Promise<void> {
    // Requests that are already in the socket buffers may still join the first batch.
    await new Promise(setImmediate);
    let answerLast: Answering = () => undefined;
    while (this.queue.length > 0) {
      const late = setTimeout(answerLast, answerWithinMs);
      const answerNext = await this.work(this.queue.splice(0, shareOf(this.queue.length)), answerLast);
      clearTimeout(late);
      answerLast();
      answerLast = answerNext;
    }
    answerLast();
    this.running = undefined;
  }

  /** One bad request must not fail the others: a batch that fails for a reason of its own is taken one by one. */
  private async work(batch: Waiting[], meanwhile: Answering, tries = 1): Promise<Answering> {
    try {
      return once(await this.settle(batch, meanwhile));
    } catch (error) {
      await this.connection.rollback();
      if (isOutage(error)) return once(() => refuseAll(batch, new LaneUnavailable()));
      if (isLostRace(error) && tries < triesMax) return this.work(batch, meanwhile, tries + 1);
      if (batch.length === 1) return once(() => refuseAll(batch, error));
      for (const one of batch) (await this.work([one], meanwhile))();
      return () => undefined;
    }
  }

  private async settle(batch: Waiting[], meanwhile: Answering): Promise<Answering> {
    const state = await this.connection.read(batch.map(({ request }) => request));
    const outcome = decide(
      state,
      batch.map(({ request }) => request),
    );
    const asks = batch.map(({ ask }) => ask);
    const entries = entriesOf(asks, outcome);
    if (outcome.needs.length === 0 && !entries) await this.connection.rollback();
    else {
      const write = { name: 'write', sql: writeSql, values: ledgerOf(asks, state, outcome) };
      const enter = entries ? [{ name: 'enter', sql: enterSql, values: [entries] }] : [];
      const written = this.connection.write([write, ...enter]);
      meanwhile();
      await written;
      this.relay.nudge();
    }
    return () => {
      answer(batch, outcome);
      this.trace(batch, outcome);
    };
  }

  private trace(batch: readonly Waiting[], { decisions }: Outcome): void {
    const outcomes = new Map<string, number>();
    for (const [index, { request }] of batch.entries()) {
      const decision = decisions[index]!;
      const ended = decision.kind === 'refused' ? decision.refusal.code : decision.kind;
      outcomes.set(ended, (outcomes.get(ended) ?? 0) + 1);
      if (decision.kind !== 'refused') continue;
      this.refusals.count(request.institutionId, request.institutionCode, decision.refusal.code, request.now);
    }
    // Once a batch: labels cost more than everything else here.
    for (const [outcome, count] of outcomes) grabs.inc({ outcome }, count);
  }
}

function answer(batch: readonly Waiting[], { decisions }: Outcome): void {
  const answerOf = (index: number): GrabAnswer | undefined => {
    const decision = decisions[index]!;
    if (decision.kind === 'granted') return toPlacedGrabResponse(decision.grant);
    return decision.kind === 'sealed' ? toSealedEntryResponse(decision.sealed) : undefined;
  };
  for (const [index, { resolve, reject }] of batch.entries()) {
    const decision = decisions[index]!;
    if (decision.kind === 'refused') reject(refusalError(decision.refusal));
    else if (decision.kind === 'replayed') resolve({ answer: decision.answer as GrabAnswer, replayed: true });
    else if (decision.kind === 'repeated') resolve({ answer: answerOf(decision.of)!, replayed: true });
    else resolve({ answer: answerOf(index)!, replayed: false });
  }
}

const requestOf = ({ claim, fingerprint, viewer, needId, intendedFen, limitVersion, now }: LaneAsk): GrabRequest => ({
  via: 'GRAB',
  claim: claimText(claim),
  route: claim.route,
  key: claim.key,
  fingerprint,
  grabId: uuidv7(now),
  needId,
  sessionId: viewer.sessionId,
  institutionId: viewer.organisation.id,
  institutionCode: viewer.organisation.code,
  institutionName: viewer.organisation.name,
  managerId: viewer.personId,
  intendedFen,
  limitVersion,
  now,
});

function once(act: () => void): Answering {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}

function refuseAll(batch: readonly Waiting[], error: unknown): void {
  for (const { reject } of batch) reject(error);
}

/** Nobody's grab is to blame, and none was decided; a batch that ran into the time-out (57014) is stuck behind a lock. */
const isOutage = (error: unknown): boolean => isDatabaseAway(error) || failureCode(error) === '57014';
