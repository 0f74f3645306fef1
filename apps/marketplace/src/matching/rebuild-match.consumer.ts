import { type EventEnvelope, profilingFollowed } from '@app/contracts';
import { EventHandler, type SingleHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

type Followed = NonNullable<(typeof profilingFollowed)['data']>;

/** A rebuild of records has made the profiles anew: what open needs are matched by is read once more, whoever was told of what. */
@Injectable()
@EventHandler({ name: 'marketplace.rebuild', events: [profilingFollowed] })
export class RebuildMatchConsumer implements SingleHandler<Followed> {
  async handle({ data, at }: EventEnvelope<Followed>, tx: EntityManager): Promise<void> {
    if (data.follower !== 'profiling.profiles' || !data.ended) return;
    await tx.query('insert into rebuild_match (run_id, heard_at) values ($1, $2) on conflict do nothing', [
      data.runId,
      at,
    ]);
  }
}
