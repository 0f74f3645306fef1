import { type EventEnvelope, needChanged, type NeedStatus } from '@app/contracts';
import { Clock } from '@app/kernel';
import { type BatchHandler, EventHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { SearchHits } from './search-hits.service.js';

interface NeedMoved {
  needId: string;
  to: NeedStatus;
}

/** Runs the saved searches over needs that came onto the board, or came back to it. */
@Injectable()
@EventHandler({ name: 'marketplace.search', events: [needChanged], batchMax: 200 })
export class SearchConsumer implements BatchHandler<NeedMoved> {
  constructor(
    private readonly hits: SearchHits,
    private readonly clock: Clock,
  ) {}

  async handle(events: EventEnvelope<NeedMoved>[], tx: EntityManager): Promise<void> {
    const ids = events.filter(({ data }) => data.to === 'PUBLISHED').map(({ data }) => data.needId);
    if (ids.length > 0) await this.hits.find(tx, [...new Set(ids)], this.clock.now());
  }
}
