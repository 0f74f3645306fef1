import { type EventEnvelope, recordsChanged, recordsRetold } from '@app/contracts';
import { Clock } from '@app/kernel';
import { type BatchHandler, EventHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type Retold, Rebuilds } from '../rebuild/rebuilds.service.js';
import { DirtyService } from './dirty.service.js';

type RecordsChanged = NonNullable<(typeof recordsChanged | typeof recordsRetold)['data']>;

/** An event is a nudge: it only marks, and the scoring job reads the records once for all events of an enterprise. */
@Injectable()
@EventHandler({ name: 'profiling.dirty', events: [recordsChanged, recordsRetold], batchMax: 500 })
export class MarkDirtyConsumer implements BatchHandler<RecordsChanged> {
  constructor(
    private readonly dirty: DirtyService,
    private readonly clock: Clock,
    private readonly rebuilds: Rebuilds,
  ) {}

  async handle(events: EventEnvelope<RecordsChanged>[], tx: EntityManager): Promise<void> {
    await this.dirty.mark(
      tx,
      events.map(({ data }) => data.uscc),
      this.clock.now(),
    );
    await this.rebuilds.hear(tx, events.flatMap(retoldOf));
  }
}

const retoldOf = ({ data }: EventEnvelope<RecordsChanged>): Retold[] =>
  'runId' in data ? [{ runId: data.runId, uscc: data.uscc }] : [];
