import { dayOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { consentSql } from '../consent/consent.service.js';
import { capsOf, capSql } from '../limit/cap.rules.js';
import { LimitService } from '../limit/limit.service.js';

/** Needs looked up at a time; each is tended in a transaction of its own. */
const needsMax = 200;

const dueSql = 'select id from need where next_due < $1 and id <> all($2::uuid[]) order by next_due, id limit $3';

/** Needs whose state no longer fits the limits in force, or the authorisations of today. */
const misfitSql = `
  select n.id from need n ${capSql('$2')}
  where n.ended_at is null and n.status in ('PUBLISHED', 'FULL') and n.id <> all($1::uuid[])
    and ((n.status = 'FULL') <> (cap.places is not null and n.taken >= cap.places)
      or (n.suspended_at is null) <> ${consentSql({ uscc: 'n.uscc', day: '$3::date' })})
  order by n.id limit $4`;

/** Finds the needs that housekeeping has to look at. */
@Injectable()
export class DueNeeds {
  constructor(
    private readonly db: DataSource,
    private readonly limits: LimitService,
  ) {}

  /** Those with a deadline that has passed first, then those whose state does not fit; without those tended already. */
  async due(now: Date, tended: ReadonlySet<string>): Promise<string[]> {
    const past: { id: string }[] = await this.db.query(dueSql, [now, [...tended], needsMax]);
    if (past.length > 0) return past.map(({ id }) => id);
    const caps = capsOf(await this.limits.book(this.db.manager), now);
    const misfits: { id: string }[] = await this.db.query(misfitSql, [
      [...tended],
      JSON.stringify(caps),
      dayOf(now),
      needsMax,
    ]);
    return misfits.map(({ id }) => id);
  }
}
