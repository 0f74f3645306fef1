import { type EventEnvelope, rebuildTold } from '@app/contracts';
import { EventHandler, type SingleHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { Rebuilds } from './rebuild.service.js';

type Told = NonNullable<(typeof rebuildTold)['data']>;

/** What a rebuild of records changes reaches the figures too: they are made anew when it has told everything. */
@Injectable()
@EventHandler({ name: 'supervision.rebuild', events: [rebuildTold] })
export class RebuildConsumer implements SingleHandler<Told> {
  constructor(private readonly rebuilds: Rebuilds) {}

  async handle({ data, at }: EventEnvelope<Told>, tx: EntityManager): Promise<void> {
    await this.rebuilds.wish(tx, data, new Date(at));
  }
}
