import { type EventEnvelope, marketplaceFollowed, profilingFollowed, supervisionFollowed } from '@app/contracts';
import { EventHandler, type SingleHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

type Followed = NonNullable<(typeof profilingFollowed)['data']>;

/** Keeps what the followers of a rebuild say of their progress. Counts only grow, so that one that comes late says nothing. */
@Injectable()
@EventHandler({ name: 'ingestion.followers', events: [marketplaceFollowed, profilingFollowed, supervisionFollowed] })
export class FollowerConsumer implements SingleHandler<Followed> {
  async handle({ data, at }: EventEnvelope<Followed>, tx: EntityManager): Promise<void> {
    const { runId, follower, heard, done, total, ended } = data;
    await tx.query(
      `update operation_follower set heard = greatest(heard, $3), done = greatest(done, $4), total = coalesce($5, total),
         heard_at = greatest(heard_at, $6), ended_at = case when $7 then coalesce(ended_at, $6::timestamptz) else ended_at end
       where run_id = $1 and follower = $2`,
      [runId, follower, heard, done, total, at, ended],
    );
  }
}
