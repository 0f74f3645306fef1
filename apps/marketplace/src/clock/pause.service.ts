import { clockChanged } from '@app/contracts';
import { dayOf, endOfDay, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf } from '../audit/audit.service.js';
import { CaseAccess } from '../case/case-access.service.js';
import type { OpenedCase } from '../case/case.service.js';
import type { Grab } from '../grab/grab.entity.js';
import { LimitService } from '../limit/limit.service.js';
import { NeedStore } from '../need/need-store.service.js';
import { maskForStrangers } from '../need/purpose-mask.driver.js';
import { CasePause } from './case-pause.entity.js';
import { clockData } from './clock.event.js';
import type { PauseCaseRequest } from './pause-case.request.js';
import { NotPaused, NotYourPause, pauseError } from './pause.error.js';
import { type PausedCaseResponse, toPausedCaseResponse } from './pause.response.js';
import {
  endedOn,
  isRunning,
  type Pause,
  pausedDeadline,
  pausedWorkdays,
  type Pauser,
  pauserOf,
  pauseUntil,
} from './pause.rules.js';

const daysOf = ({ fromDay, toDay }: CasePause): Pause => ({ from: fromDay, to: toDay });

/** Stops and starts the service clocks of a case. A pause that nobody ends runs to its last day by itself. */
@Injectable()
export class PauseService {
  constructor(
    private readonly access: CaseAccess,
    private readonly store: NeedStore,
    private readonly limits: LimitService,
  ) {}

  async pause(command: Command, grabId: string, request: PauseCaseRequest): Promise<PausedCaseResponse> {
    const { tx, viewer, now } = command;
    const { file, grab, side } = await this.access.open(command, grabId);
    if (pauserOf[request.reason] !== side) throw new NotYourPause();
    const earlier = await pausesOf(tx, grab);
    const toDay = await this.lastDay(command, grab, { request, side, earlier });
    await this.endStale(command, { file, grab }, earlier);
    const pause: CasePause = {
      needId: grab.needId,
      id: uuidv7(now),
      grabId,
      institutionId: grab.institutionId,
      side,
      reason: request.reason,
      note: request.note ? maskForStrangers(request.note.trim()) : null,
      fromDay: dayOf(now),
      toDay,
      ...basesOf(grab, earlier),
      pausedBy: viewer.personId,
      pausedAt: now,
      endedAt: null,
      endedBy: null,
    };
    await tx.insert(CasePause, pause);
    return this.settle(command, { file, grab }, pause, [...earlier, pause]);
  }

  /** By the side that paused, or by an operator. */
  async resume(command: Command, grabId: string): Promise<PausedCaseResponse> {
    const { tx, viewer, now } = command;
    const { file, grab, side } = await this.access.open(command, grabId);
    const all = await pausesOf(tx, grab);
    const pause = all.find((one) => isRunning(one, now));
    if (!pause) throw new NotPaused();
    if (pause.side !== side && side !== 'OPERATOR') throw new NotYourPause();
    const ended = { toDay: endedOn(daysOf(pause), now), endedAt: now, endedBy: viewer.personId };
    await tx.update(CasePause, { needId: pause.needId, id: pause.id }, ended);
    return this.settle(command, { file, grab }, Object.assign(pause, ended), all);
  }

  /** Pauses that ran out and that the job has not written down yet: a case has one open row. */
  private async endStale({ tx }: Command, { file, grab }: OpenedCase, earlier: readonly CasePause[]): Promise<void> {
    for (const pause of earlier.filter(({ endedAt }) => endedAt === null)) {
      const ended = { endedAt: endOfDay(pause.toDay) };
      await tx.update(CasePause, { needId: pause.needId, id: pause.id }, ended);
      file.tell(clockChanged, clockData(file.need, grab, Object.assign(pause, ended)));
    }
  }

  private async lastDay(
    { tx, now }: Command,
    grab: Grab,
    ask: { request: PauseCaseRequest; side: Pauser; earlier: readonly CasePause[] },
  ) {
    const policy = await this.limits.policyAt(tx, now);
    const workdaysMax = ask.side === 'OPERATOR' ? policy.maxOperatorPauseWorkdays : policy.maxPauseWorkdays;
    // A pause that ran out counts as ended, also before the job has written it down. One side's does not use up another's.
    const earlier = ask.earlier
      .filter((one) => one.side === ask.side || isRunning(one, now))
      .map((one) => ({ ...daysOf(one), open: isRunning(one, now) }));
    const found = pauseUntil({
      status: grab.status,
      reason: ask.request.reason,
      today: dayOf(now),
      workdays: ask.request.workdays ?? null,
      earlier,
      workdaysMax,
    });
    if ('fault' in found) throw pauseError(found.fault, grab.status, workdaysMax - pausedWorkdays(earlier));
    return found.to;
  }

  /** Reckons the deadlines anew from the days themselves, tells everybody, and saves. */
  private async settle(
    { tx, viewer, now }: Command,
    { file, grab }: OpenedCase,
    pause: CasePause,
    all: readonly CasePause[],
  ): Promise<PausedCaseResponse> {
    const pauses = all.map(daysOf);
    const start = dayOf(grab.grabbedAt);
    const from = (base: CasePause['baseContactOn']) => endOfDay(pausedDeadline(start, base, pauses));
    // A clock whose act has come is over: it does not move any more.
    if (grab.contactedAt === null) grab.contactBy = from(pause.baseContactOn);
    if (grab.evidenceAt === null) grab.evidenceBy = from(pause.baseEvidenceOn);
    grab.decideBy = from(pause.baseDecideOn);
    const change = pause.endedAt === null ? 'PAUSED' : 'RESUMED';
    const { id: pauseId, reason, side, toDay } = pause;
    file.note('grab', grab.id, {
      act: change,
      from: grab.status,
      to: grab.status,
      reason,
      detail: { pauseId, side, toDay, decideBy: grab.decideBy.toISOString() },
    });
    file.tell(clockChanged, clockData(file.need, grab, pause));
    await this.store.save(tx, file, actorOf(viewer), now);
    return toPausedCaseResponse(pause, grab);
  }
}

const pausesOf = (db: EntityManager, { needId, id }: Grab): Promise<CasePause[]> =>
  db.find(CasePause, { where: { needId, grabId: id }, order: { id: 'ASC' } });

/** The deadlines as they were before the first pause. */
const basesOf = (grab: Grab, [first]: readonly CasePause[]) => ({
  baseContactOn: first?.baseContactOn ?? dayOf(grab.contactBy),
  baseEvidenceOn: first?.baseEvidenceOn ?? dayOf(grab.evidenceBy),
  baseDecideOn: first?.baseDecideOn ?? dayOf(grab.decideBy),
});
