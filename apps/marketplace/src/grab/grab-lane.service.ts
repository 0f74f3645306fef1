import { failureCode, isDatabaseAway, isLostRace } from '@app/database';
import { uuidv7 } from '@app/kernel';
import { Relay } from '@app/messaging';
import { claimText } from '@app/service';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';

import { LaneUnavailable, refusalError } from './grab.error.js';
import { toPlacedGrabResponse, type PlacedGrabResponse } from './grab.response.js';
import { decide, type Outcome } from './grab.rules.js';
import { LaneConnection } from './lane-connection.driver.js';
import { ledgerOf, writeSql } from './lane-ledger.service.js';
import type { GrabRequest, LaneAsk } from './lane.rules.js';

/** More in one transaction would make the last of them wait longer than it gains. */
const batchMax = 256;
/** Beyond it an answer would come too late anyway; at 5 000 grabs a second the last one waits for a second. */
const queueMax = 5_000;
const triesMax = 3;

interface Placed {
  answer: PlacedGrabResponse;
  /** Whether the answer was given before, under the same key. */
  replayed: boolean;
}

interface Waiting {
  ask: LaneAsk;
  request: GrabRequest;
  resolve: (placed: Placed) => void;
  reject: (error: unknown) => void;
}

/**
 * Grabs that arrive together share a transaction: one batch at a time on a connection of its own, without a timer; who
 * comes while a batch is under way goes with the next one. Two trips: lock and read, then write and commit.
 */
@Injectable()
export class GrabLane implements OnApplicationShutdown {
  private readonly connection = new LaneConnection();
  private readonly queue: Waiting[] = [];
  private running: Promise<void> | undefined;

  constructor(private readonly relay: Relay) {}

  /** @throws the named error of the refusal, or LaneUnavailable when nothing could be decided */
  place(ask: LaneAsk): Promise<Placed> {
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

  private async run(): Promise<void> {
    // Requests that are already in the socket buffers may still join the first batch.
    await new Promise(setImmediate);
    while (this.queue.length > 0) await this.work(this.queue.splice(0, batchMax));
    this.running = undefined;
  }

  /** One bad request must not fail the others: a batch that fails for a reason of its own is taken one by one. */
  private async work(batch: Waiting[], tries = 1): Promise<void> {
    try {
      await this.settle(batch);
    } catch (error) {
      await this.connection.rollback();
      if (isOutage(error)) return refuseAll(batch, new LaneUnavailable());
      if (isLostRace(error) && tries < triesMax) return this.work(batch, tries + 1);
      if (batch.length === 1) return refuseAll(batch, error);
      for (const one of batch) await this.work([one]);
    }
  }

  private async settle(batch: Waiting[]): Promise<void> {
    const state = await this.connection.read(batch.map(({ request }) => request));
    const outcome = decide(
      state,
      batch.map(({ request }) => request),
    );
    if (outcome.needs.length === 0) await this.connection.rollback();
    else {
      const asks = batch.map(({ ask }) => ask);
      await this.connection.write(writeSql, ledgerOf(asks, state, outcome));
      this.relay.nudge();
    }
    answer(batch, outcome);
  }
}

function answer(batch: readonly Waiting[], { decisions }: Outcome): void {
  const answerOf = (index: number): PlacedGrabResponse => {
    const decision = decisions[index]!;
    return decision.kind === 'granted' ? toPlacedGrabResponse(decision.grant) : ({} as PlacedGrabResponse);
  };
  for (const [index, { resolve, reject }] of batch.entries()) {
    const decision = decisions[index]!;
    if (decision.kind === 'refused') reject(refusalError(decision.refusal));
    if (decision.kind === 'granted') resolve({ answer: answerOf(index), replayed: false });
    if (decision.kind === 'repeated') resolve({ answer: answerOf(decision.of), replayed: true });
    if (decision.kind === 'replayed') resolve({ answer: decision.answer as PlacedGrabResponse, replayed: true });
  }
}

const requestOf = ({ claim, fingerprint, viewer, needId, intendedFen, now }: LaneAsk): GrabRequest => ({
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
  now,
});

function refuseAll(batch: readonly Waiting[], error: unknown): void {
  for (const { reject } of batch) reject(error);
}

/** Nobody's grab is to blame, and none was decided; a batch that ran into the time-out (57014) is stuck behind a lock. */
const isOutage = (error: unknown): boolean => isDatabaseAway(error) || failureCode(error) === '57014';
