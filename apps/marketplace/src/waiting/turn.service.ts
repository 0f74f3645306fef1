import { drawHeld, waitingChanged } from '@app/contracts';
import { addManyToOutbox, addToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { AuditTrail, theService } from '../audit/audit.service.js';
import { drawOrder, seedOf } from '../draw/draw.rules.js';
import { decide, type Outcome } from '../grab/grab.rules.js';
import type { GrabRequest, LaneState, LockedNeed } from '../grab/lane.rules.js';
import { placesOf } from '../limit/limit.rules.js';
import { isOnBoard, scopeOfNeed } from '../need/need.rules.js';
import { Entry } from './entry.entity.js';
import { actOfEntry, waitingData } from './entry.event.js';
import { requestOfEntry, TurnStore } from './turn-store.service.js';
import { type Turn, turnsOfDraw, turnsOfLine, type Verdict } from './turn.rules.js';

/** One decision over all entries of a need. */
interface Round {
  need: LockedNeed;
  /** In the order in which they were asked. */
  entries: Entry[];
  turns: Turn[];
  now: Date;
}

/**
 * Gives places to banks that are not there to reach for them: by lot after a fair window, and in their order when they
 * wait in line. Both decide with the rules and under the locks of the lane, in one transaction for each need, so that it
 * may be cut off at any moment, or be tried by several copies at once, and happens once.
 */
@Injectable()
export class TurnService {
  constructor(
    private readonly store: TurnStore,
    private readonly audit: AuditTrail,
  ) {}

  /** Holds the draw of a need whose fair window has closed. */
  async draw(tx: EntityManager, needId: string, now: Date): Promise<void> {
    const need = await this.store.lock(tx, needId);
    if (!need || !isOpen(need, now) || need.drawnAt || !need.sealedUntil || need.sealedUntil >= now) return;
    const [box]: { secret: string }[] = await tx.query('select secret from draw where need_id = $1', [needId]);
    const sealed = (await entriesOf(tx, needId, 'SEALED')).map((entry) =>
      Object.assign(entry, { nonceHash: entry.nonceHash ?? '' }),
    );
    const seed = seedOf(needId, box!.secret, sealed);
    const entries = drawOrder(seed, sealed);
    const requests = entries.map((entry) => requestOfEntry(entry, 'DRAW', now));
    const state = await this.store.state(tx, needId, requests, now);
    const outcome = decide(state, requests);
    const policy = state.limits.at(now, scopeOfNeed(need));
    const turns = turnsOfDraw(verdictsOf(outcome, requests), policy.maxWaitingPerNeed);
    for (const [index, entry] of entries.entries()) entry.drawRank = index + 1;
    const round = { need, entries, turns, now };
    await this.settle(tx, round, { state, requests, outcome });
    await tx.query('update need set drawn_at = $2 where id = $1', [needId, now]);
    await this.publish(tx, round, { seed, limitVersion: policy.version });
  }

  /** Asks the line of a need whose turn has come. */
  async line(tx: EntityManager, needId: string, now: Date): Promise<void> {
    const need = await this.store.lock(tx, needId);
    if (!need || !isOpen(need, now) || need.waiting === 0) return;
    const entries = await entriesOf(tx, needId, 'WAITING');
    const requests = entries.map((entry) => requestOfEntry(entry, 'LINE', now));
    const state = await this.store.state(tx, needId, requests, now);
    const outcome = decide(state, requests);
    const places = placesOf(state.limits.at(now, scopeOfNeed(need)));
    const turns = turnsOfLine(verdictsOf(outcome, requests), places === null ? null : places - need.taken);
    await this.settle(tx, { need, entries, turns, now }, { state, requests, outcome });
  }

  private async settle(
    tx: EntityManager,
    { need, entries, turns, now }: Round,
    decided: { state: LaneState; requests: readonly GrabRequest[]; outcome: Outcome },
  ): Promise<void> {
    await this.store.write(tx, decided.state, decided.requests, decided.outcome);
    const moved = entries.map((entry, index) => moveOf(entry, turns[index]!, now));
    let lineNo = 0;
    for (const { entry, from } of moved) {
      if (from === 'SEALED' && entry.status === 'WAITING') entry.lineNo = lineNo += 1;
      const { status, drawRank, grabId, endedAt, reason } = entry;
      const changed = { status, lineNo: entry.lineNo, drawRank, grabId, endedAt, reason };
      await tx.update(Entry, { needId: need.id, id: entry.id }, changed);
    }
    const waiting = entries.filter(({ status }) => status === 'WAITING').length;
    await tx.query('update need set waiting = $2, line_seen_at = $3 where id = $1', [need.id, waiting, now]);
    await this.tell(tx, need, moved, now);
  }

  private async tell(tx: EntityManager, need: LockedNeed, moved: readonly Move[], now: Date): Promise<void> {
    const changed = moved.filter(({ entry, from }) => entry.status !== from);
    const acts = changed.map(({ entry, from }) => actOfEntry(entry, from));
    await this.audit.record(tx, acts, theService, now);
    const told = changed.map(({ entry, from }) => waitingData(need.uscc, entry, from));
    await addManyToOutbox(tx, waitingChanged, told, now);
  }

  /** What everybody may see of a draw, and recompute. */
  private async publish(
    tx: EntityManager,
    { need, entries, now }: Round,
    { seed, limitVersion }: { seed: string; limitVersion: number },
  ): Promise<void> {
    const shown = entries.map(({ id, nonceHash, status, reason }) => ({ id, nonceHash, outcome: status, reason }));
    await tx.query('update draw set held_at = $2, seed = $3, limit_version = $4, entries = $5 where need_id = $1', [
      need.id,
      now,
      seed,
      limitVersion,
      JSON.stringify(shown),
    ]);
    const count = (status: Entry['status']) => entries.filter((entry) => entry.status === status).length;
    const [placed, waiting] = [count('PLACED'), count('WAITING')];
    const { id: needId, uscc } = need;
    const detail = { entries: entries.length, placed, waiting, seed };
    await this.audit.record(
      tx,
      [{ rootId: needId, subject: 'need', subjectId: needId, act: 'DRAWN', detail }],
      theService,
      now,
    );
    const data = { needId, uscc, entries: entries.length, placed, waiting, commitment: need.commitment ?? '', seed };
    await addToOutbox(tx, drawHeld, { ...data, limitVersion }, now);
  }
}

interface Move {
  entry: Entry;
  from: Entry['status'];
}

function moveOf(entry: Entry, turn: Turn, now: Date): Move {
  const from = entry.status;
  entry.status = turn.to;
  if (turn.to !== 'WAITING') entry.endedAt = now;
  if (turn.to === 'PLACED') entry.grabId = turn.grabId;
  if (turn.to === 'PASSED') entry.reason = turn.reason;
  return { entry, from };
}

const entriesOf = (tx: EntityManager, needId: string, status: 'SEALED' | 'WAITING'): Promise<Entry[]> =>
  tx.find(Entry, { where: { needId, status }, order: { lineNo: 'ASC', id: 'ASC' } });

/** Draws and lines rest while no authorisation carries the need. */
const isOpen = ({ status, suspendedAt, closesAt }: LockedNeed, now: Date): boolean =>
  isOnBoard(status) && !suspendedAt && closesAt !== null && closesAt >= now;

const verdictsOf = ({ decisions }: Outcome, requests: readonly GrabRequest[]): Verdict[] =>
  decisions.map((decision, index) =>
    decision.kind === 'granted'
      ? { code: null, grabId: requests[index]!.grabId }
      : { code: decision.kind === 'refused' ? decision.refusal.code : 'ALREADY_QUEUED' },
  );
