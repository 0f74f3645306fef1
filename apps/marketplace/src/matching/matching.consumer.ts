import { type EventEnvelope, needChanged, type NeedStatus, productChanged, profileUpdated } from '@app/contracts';
import { Clock } from '@app/kernel';
import { type BatchHandler, EventHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { MatchingService } from './matching.service.js';

interface NeedMoved {
  needId: string;
  from: NeedStatus | null;
  to: NeedStatus;
}

const onBoard = (status: NeedStatus | null): boolean => status === 'PUBLISHED' || status === 'FULL';

/** Matches again what an event has made out of date: a need, a bank's products, or the profile of an enterprise. */
@Injectable()
@EventHandler({ name: 'marketplace.matching.needs', events: [needChanged], batchMax: 200 })
export class NeedMatchConsumer implements BatchHandler<NeedMoved> {
  constructor(
    private readonly matching: MatchingService,
    private readonly clock: Clock,
  ) {}

  /** The event is a nudge: which of the needs are open is read from their rows. Full or not changes no match. */
  async handle(events: EventEnvelope<NeedMoved>[], tx: EntityManager): Promise<void> {
    const moved = events.filter(({ data }) => !(onBoard(data.from) && onBoard(data.to)));
    const ids = [...new Set(moved.map(({ data }) => data.needId))];
    if (ids.length === 0) return;
    const open = await openAmong(tx, ids);
    await this.matching.matchNeeds(tx, open, this.clock.now());
    await this.matching.forget(
      tx,
      ids.filter((id) => !open.includes(id)),
    );
  }
}

@Injectable()
@EventHandler({ name: 'marketplace.matching.products', events: [productChanged], batchMax: 200 })
export class ProductMatchConsumer implements BatchHandler<{ institutionId: string }> {
  constructor(
    private readonly matching: MatchingService,
    private readonly clock: Clock,
  ) {}

  /** A bank that edits ten products in a row is matched once. */
  async handle(events: EventEnvelope<{ institutionId: string }>[], tx: EntityManager): Promise<void> {
    const institutions = [...new Set(events.map(({ data }) => data.institutionId))].toSorted();
    for (const id of institutions) await this.matching.matchBank(tx, id, this.clock.now());
  }
}

@Injectable()
@EventHandler({ name: 'marketplace.matching.profiles', events: [profileUpdated], batchMax: 500 })
export class ProfileMatchConsumer implements BatchHandler<{ uscc: string }> {
  constructor(
    private readonly matching: MatchingService,
    private readonly clock: Clock,
  ) {}

  /** Most enterprises have no open need: one look-up answers for all of a batch. */
  async handle(events: EventEnvelope<{ uscc: string }>[], tx: EntityManager): Promise<void> {
    const rows: { id: string }[] = await tx.query(
      `select id from need where uscc = any($1) and ended_at is null and status in ('PUBLISHED', 'FULL') order by id`,
      [events.map(({ data }) => data.uscc)],
    );
    await this.matching.matchNeeds(
      tx,
      rows.map(({ id }) => id),
      this.clock.now(),
    );
  }
}

async function openAmong(tx: EntityManager, ids: readonly string[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `select id from need where id = any($1::uuid[]) and ended_at is null and status in ('PUBLISHED', 'FULL')
     order by id`,
    [ids],
  );
  return rows.map(({ id }) => id);
}
