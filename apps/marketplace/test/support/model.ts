import { dayOf, type Fen } from '@app/kernel';

import { drawOrder, nonceHashOf, seedOf } from '../../src/draw/draw.rules.js';
import { decide, type Grant, type Outcome } from '../../src/grab/grab.rules.js';
import type { GrabRequest, LaneState, LockedCounter, LockedNeed } from '../../src/grab/lane.rules.js';
import type { LimitBook } from '../../src/limit/limit-book.rules.js';
import { placesOf } from '../../src/limit/limit.rules.js';
import { needStatusAfter } from '../../src/need/need.rules.js';
import { refusalOfJoin } from '../../src/waiting/join.rules.js';
import { type Turn, turnsOfDraw, turnsOfLine, type Verdict } from '../../src/waiting/turn.rules.js';
import { aCounter, aNeed, now as start, request } from './batch.js';

export interface ModelGrab {
  id: string;
  grant: Grant;
  ended: ('RELEASED' | 'LAPSED')[];
}

export interface ModelEntry {
  request: GrabRequest;
  status: 'SEALED' | Turn['to'] | 'LEFT';
  lineNo: number;
}

interface Wish {
  bank: number;
  manager: number;
  need: number;
  amount: bigint;
}

/** A whole market in memory: the real rules, and what the services do with what they say. */
export class Model {
  readonly needs = new Map<string, LockedNeed>();
  readonly counters = new Map<string, LockedCounter>();
  readonly grabs: ModelGrab[] = [];
  readonly entries: ModelEntry[] = [];
  readonly consentless = new Set<string>();
  now = start;
  private serial = 0;

  constructor(
    private readonly limits: LimitBook,
    sealed: readonly boolean[],
  ) {
    for (const [index, fair] of sealed.entries()) {
      const sealedUntil = fair ? new Date(start.getTime() + 60_000) : null;
      this.needs.set(`n${index}`, aNeed(`n${index}`, { sealedUntil, commitment: fair ? 'c' : null }));
    }
  }

  batch(wishes: readonly Wish[]): Outcome {
    const requests = wishes.map(({ bank, manager, need, amount }) =>
      this.request(`b${bank}m${manager}`, `n${need}`, amount),
    );
    const outcome = this.apply(requests);
    for (const decision of outcome.decisions)
      if (decision.kind === 'sealed')
        this.entries.push({ request: decision.sealed.request, status: 'SEALED', lineNo: 0 });
    return outcome;
  }

  /** Everything whose window has closed is drawn. */
  draw(): void {
    for (const need of this.needs.values()) {
      if (!need.sealedUntil || need.drawnAt || need.sealedUntil >= this.now) continue;
      const sealed = this.live(need.id, 'SEALED').map((entry) => ({
        entry,
        id: entry.request.grabId,
        nonceHash: nonceHashOf(entry.request.key),
      }));
      const order = drawOrder(seedOf(need.id, 'secret', sealed), sealed).map(({ entry }) => entry);
      const verdicts = this.ask(order, 'DRAW');
      this.settle(need.id, order, turnsOfDraw(verdicts, this.policyOf(need).maxWaitingPerNeed));
      this.needs.get(need.id)!.drawnAt = this.now;
    }
  }

  /** Every line is asked. */
  turn(): void {
    for (const { id, status } of this.needs.values()) {
      const line = this.live(id, 'WAITING');
      if (status !== 'PUBLISHED' || line.length === 0) continue;
      const need = this.needs.get(id)!;
      const places = placesOf(this.policyOf(need));
      const free = places === null ? null : places - need.taken;
      this.settle(id, line, turnsOfLine(this.ask(line, 'LINE'), free));
    }
  }

  join({ bank, manager, need: at, amount }: Wish): void {
    const ask = this.request(`b${bank}m${manager}`, `n${at}`, amount);
    const need = this.needs.get(ask.needId)!;
    if (refusalOfJoin(this.state([ask]), ask)) return;
    if (need.waiting >= this.policyOf(need).maxWaitingPerNeed) return;
    const lineNo = Math.max(
      0,
      ...this.entries.filter(({ request: { needId } }) => needId === need.id).map((e) => e.lineNo),
    );
    this.entries.push({ request: ask, status: 'WAITING', lineNo: lineNo + 1 });
    need.waiting += 1;
  }

  leave(index: number): void {
    const entry = this.entries[index % Math.max(1, this.entries.length)];
    if (entry?.status !== 'WAITING' && entry?.status !== 'SEALED') return;
    if (entry.status === 'WAITING') this.needs.get(entry.request.needId)!.waiting -= 1;
    entry.status = 'LEFT';
  }

  release(index: number): void {
    const grab = this.grabs[index % Math.max(1, this.grabs.length)];
    if (grab?.ended.length === 0) this.end(grab, 'RELEASED');
  }

  /** What the sweeper does, with whatever clock: a case that has ended is not looked at again. */
  sweep(clock: Date): void {
    for (const grab of this.grabs)
      if (grab.ended.length === 0 && grab.grant.contactBy < clock) this.end(grab, 'LAPSED');
  }

  open(needId: string): ModelGrab[] {
    return this.grabs.filter(({ grant, ended }) => grant.request.needId === needId && ended.length === 0);
  }

  live(needId: string, status: 'SEALED' | 'WAITING'): ModelEntry[] {
    return this.entries
      .filter((entry) => entry.request.needId === needId && entry.status === status)
      .toSorted((a, b) => a.lineNo - b.lineNo);
  }

  private request(manager: string, needId: string, amount: bigint): GrabRequest {
    this.serial += 1;
    const id = `k${this.serial}`;
    return request(id, manager, needId, { intendedFen: amount as Fen, now: this.now, grabId: id });
  }

  private ask(order: readonly ModelEntry[], via: 'DRAW' | 'LINE'): Verdict[] {
    const requests = order.map((entry) => {
      this.serial += 1;
      return { ...entry.request, via, now: this.now, claim: `c${this.serial}`, grabId: `k${this.serial}` };
    });
    return this.apply(requests).decisions.map((decision, index) =>
      decision.kind === 'granted'
        ? { code: null, grabId: requests[index]!.grabId }
        : { code: decision.kind === 'refused' ? decision.refusal.code : 'ALREADY_QUEUED' },
    );
  }

  private apply(requests: readonly GrabRequest[]): Outcome {
    const outcome = decide(this.state(requests), requests);
    for (const need of outcome.needs) this.needs.set(need.id, need);
    for (const counter of [...outcome.institutions, ...outcome.managers]) this.counters.set(counter.id, counter);
    for (const decision of outcome.decisions)
      if (decision.kind === 'granted')
        this.grabs.push({ id: decision.grant.request.grabId, grant: decision.grant, ended: [] });
    return outcome;
  }

  private settle(needId: string, order: readonly ModelEntry[], turns: readonly Turn[]): void {
    for (const [index, entry] of order.entries()) {
      const turn = turns[index]!;
      if (entry.status === 'SEALED') entry.lineNo = index + 1;
      entry.status = turn.to;
    }
    this.needs.get(needId)!.waiting = this.live(needId, 'WAITING').length;
  }

  private end(grab: ModelGrab, as: 'RELEASED' | 'LAPSED'): void {
    grab.ended.push(as);
    const { needId, institutionId, managerId, intendedFen } = grab.grant.request;
    const need = this.needs.get(needId)!;
    need.taken -= 1;
    need.intendedFen = (need.intendedFen - intendedFen) as Fen;
    const statuses = this.open(needId).map(() => 'ACTIVE' as const);
    need.status = needStatusAfter(need, statuses, placesOf(this.policyOf(need)), this.now);
    for (const id of [institutionId, managerId]) this.counters.get(id)!.openGrabs -= 1;
  }

  private state(requests: readonly GrabRequest[]): LaneState {
    const counterOf = (id: string): [string, LockedCounter] => {
      if (!this.counters.has(id)) this.counters.set(id, aCounter(id));
      const counter = this.counters.get(id)!;
      return [id, { ...counter, drawnToday: this.drawnToday(id) }];
    };
    for (const need of this.needs.values()) {
      need.heldBy = this.heldBy(need.id);
      need.queuedBy = this.queuedBy(need.id);
    }
    return {
      needs: this.needs,
      institutions: new Map(requests.map(({ institutionId }) => counterOf(institutionId))),
      managers: new Map(requests.map(({ managerId }) => counterOf(managerId))),
      callers: new Map(
        requests.map(({ sessionId, managerId, institutionId }) => [
          sessionId,
          { managerId, institutionId, isManager: true, isMember: true },
        ]),
      ),
      answers: new Map(),
      busy: new Set(),
      limits: this.limits,
      consentOf: ({ needId }) =>
        this.consentless.has(needId)
          ? { granted: false, code: 'NEED_CLOSED' }
          : { granted: true, authorisationId: 'a' },
    };
  }

  private drawnToday(bank: string): number {
    return this.grabs.filter(
      ({ grant: { request: by } }) =>
        by.via === 'DRAW' && by.institutionId === bank && dayOf(by.now) === dayOf(this.now),
    ).length;
  }

  private heldBy(needId: string): Set<string> {
    return new Set(
      this.grabs.filter(({ grant }) => grant.request.needId === needId).map(({ grant }) => grant.request.institutionId),
    );
  }

  private queuedBy(needId: string): Set<string> {
    return new Set(
      [...this.live(needId, 'SEALED'), ...this.live(needId, 'WAITING')].map((entry) => entry.request.institutionId),
    );
  }

  private policyOf({ productId, district }: LockedNeed) {
    return this.limits.at(this.now, { institution: null, product: productId, district, grade: null });
  }
}
