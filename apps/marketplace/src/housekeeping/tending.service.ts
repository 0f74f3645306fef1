import { Injectable } from '@nestjs/common';
import { type EntityManager, In, MoreThan } from 'typeorm';

import { theService } from '../audit/audit.service.js';
import { SuspensionService } from '../consent/suspension.service.js';
import { faultyLapses, suspensionOf } from '../grab/case.rules.js';
import { Grab } from '../grab/grab.entity.js';
import { LimitService } from '../limit/limit.service.js';
import type { NeedFile } from '../need/need-file.service.js';
import { NeedStore } from '../need/need-store.service.js';

const dayMillis = 86_400_000;

/** Looks after one need: ends cases whose deadline has passed, and draws the consequences. */
@Injectable()
export class TendingService {
  constructor(
    private readonly store: NeedStore,
    private readonly limits: LimitService,
    private readonly suspension: SuspensionService,
  ) {}

  /** Does nothing while somebody else is at the need: the next round comes. */
  async tend(tx: EntityManager, needId: string, now: Date): Promise<void> {
    const file = await this.store.tryOpen(tx, needId, true);
    if (!file) return;
    const lapsed = this.lapse(file, now);
    await this.suspension.apply(tx, file, now);
    await this.store.save(tx, file, theService, now);
    await this.suspendBanks(tx, lapsed, now);
  }

  /** Ends what is overdue; the banks whose own fault it was, each once. */
  private lapse(file: NeedFile, now: Date): string[] {
    const guilty = new Set<string>();
    for (const grab of file.grabs) {
      const deadline = file.deadline(grab);
      if (!deadline || deadline.at >= now) continue;
      file.endGrab(grab, 'LAPSED', now, { reason: deadline.lapse });
      if (faultyLapses.includes(deadline.lapse)) guilty.add(grab.institutionId);
    }
    return [...guilty].toSorted();
  }

  /** Their counters are locked already, as each has just lost an open case. */
  private async suspendBanks(tx: EntityManager, institutionIds: readonly string[], now: Date): Promise<void> {
    if (institutionIds.length === 0) return;
    const policy = await this.limits.policyAt(tx, now);
    const since = new Date(now.getTime() - policy.lapseWindowDays * dayMillis);
    for (const institutionId of institutionIds) {
      const lapses = await tx.countBy(Grab, {
        institutionId,
        status: 'LAPSED',
        endedReason: In([...faultyLapses]),
        endedAt: MoreThan(since),
      });
      const until = suspensionOf(lapses, policy, now);
      if (until)
        await tx.query(
          `update institution_counter set suspended_until = greatest(suspended_until, $2::timestamptz) where id = $1`,
          [institutionId, until],
        );
    }
  }
}
