import { waitingChanged } from '@app/contracts';
import { addManyToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { AuditTrail, theService } from '../audit/audit.service.js';
import type { Need } from '../need/need.entity.js';
import { isOnBoard } from '../need/need.rules.js';
import { Entry } from './entry.entity.js';
import { actOfEntry, waitingData } from './entry.event.js';

/** What a change of a need means for those who wait for it. */
@Injectable()
export class LineService {
  constructor(private readonly audit: AuditTrail) {}

  /**
   * Off the board the line is closed, and every bank in it is told; any other change may have freed a place or an
   * amount, so that the line is to be asked again. Called under the need's lock, before the need is written.
   */
  async settle(tx: EntityManager, need: Need, now: Date): Promise<void> {
    if (need.waiting === 0 && !isUndrawn(need)) return;
    if (isOnBoard(need.status)) {
      need.lineSeenAt = null;
      return;
    }
    const entries = await tx.findBy(Entry, { needId: need.id, status: In(['SEALED', 'WAITING']) });
    const closed = { status: 'CLOSED' as const, endedAt: now, reason: need.status };
    await tx.update(Entry, { needId: need.id, status: In(['SEALED', 'WAITING']) }, closed);
    const moved = entries.map((entry) => ({ from: entry.status, entry: Object.assign(entry, closed) }));
    need.waiting = 0;
    await this.audit.record(
      tx,
      moved.map(({ entry, from }) => actOfEntry(entry, from)),
      theService,
      now,
    );
    const told = moved.map(({ entry, from }) => waitingData(need.uscc, entry, from));
    await addManyToOutbox(tx, waitingChanged, told, now);
  }
}

const isUndrawn = ({ sealedUntil, drawnAt }: Need): boolean => sealedUntil !== null && drawnAt === null;
