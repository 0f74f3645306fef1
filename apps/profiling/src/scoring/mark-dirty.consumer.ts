import { type EventEnvelope, recordsChanged, recordsRetold } from '@app/contracts';
import { Clock } from '@app/kernel';
import { type BatchHandler, EventHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { DirtyService } from './dirty.service.js';

type RecordsChanged = NonNullable<(typeof recordsChanged | typeof recordsRetold)['data']>;

/** An event is a nudge: it only marks, and the scoring job reads the records once for all events of an enterprise. */
@Injectable()
@EventHandler({ name: 'profiling.dirty', events: [recordsChanged, recordsRetold], batchMax: 500 })
export class MarkDirtyConsumer implements BatchHandler<RecordsChanged> {
  constructor(
    private readonly dirty: DirtyService,
    private readonly clock: Clock,
  ) {}

  async handle(events: EventEnvelope<RecordsChanged>[], tx: EntityManager): Promise<void> {
    await this.dirty.mark(
      tx,
      events.map(({ data }) => data.uscc),
      this.clock.now(),
    );
  }
}
