import { searchDigested } from '@app/contracts';
import { Clock, type Day, dayOf, startOfDay } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { LimitService } from '../limit/limit.service.js';

const roundMs = 60_000;
const hourMs = 3_600_000;
/** People per transaction; the rest follow in the same round. */
const peopleMax = 200;
/** More needs than anybody opens from one message; the count tells of all. */
const listedMax = 100;

interface Digest {
  personId: string;
  institutionId: string;
  count: number;
  needIds: string[];
}

/** Marks the day of each person first: of two copies of the service one gets it. */
const claimSql = `
  insert into search_digest (person_id, day)
  select distinct h.person_id, $1::date from search_hit h
  where h.told_at is null and not exists (select 1 from search_digest d where d.person_id = h.person_id and d.day = $1)
  limit $2
  on conflict do nothing returning person_id as "personId"`;

/** What closed in the meantime is marked as told and not mentioned. */
const collectSql = `
  with told as (
    update search_hit set told_at = $2 where told_at is null and person_id = any($1::uuid[])
    returning person_id, institution_id, need_id)
  select t.person_id as "personId", t.institution_id as "institutionId", count(*)::integer as count,
         (array_agg(t.need_id order by t.need_id desc))[1:${listedMax}] as "needIds"
  from told t join need n on n.id = t.need_id
  where n.ended_at is null and n.status in ('PUBLISHED', 'FULL') and n.suspended_at is null
  group by 1, 2 order by 1, 2`;

/** Tells, once a day, what saved searches found and nobody was told of at once. */
@Injectable()
export class SearchDigestJob extends PeriodicJob {
  protected readonly everyMs = roundMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly limits: LimitService,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const { searchDigestHour } = await this.limits.policyAt(this.db.manager, now);
    const day = dayOf(now);
    if (now.getTime() < startOfDay(day).getTime() + searchDigestHour * hourMs) return;
    while (await this.db.transaction((tx) => this.digest(tx, day, now)));
  }

  /** Whether there may be more people. */
  private async digest(tx: EntityManager, day: Day, now: Date): Promise<boolean> {
    const people: { personId: string }[] = await tx.query(claimSql, [day, peopleMax]);
    if (people.length === 0) return false;
    const digests: Digest[] = await tx.query(collectSql, [people.map(({ personId }) => personId), now]);
    await addManyToOutbox(
      tx,
      searchDigested,
      digests.map((digest) => ({ ...digest, day })),
      now,
    );
    return people.length === peopleMax;
  }
}
