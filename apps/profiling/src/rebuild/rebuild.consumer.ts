import { type EventEnvelope, rebuildTold } from '@app/contracts';
import { EventHandler, type SingleHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Rebuilds, type Told } from './rebuilds.service.js';

@Injectable()
@EventHandler({ name: 'profiling.rebuild', events: [rebuildTold] })
export class RebuildConsumer implements SingleHandler<Told> {
  constructor(private readonly rebuilds: Rebuilds) {}

  async handle({ data }: EventEnvelope<Told>, tx: EntityManager): Promise<void> {
    await this.rebuilds.told(tx, data);
  }
}
