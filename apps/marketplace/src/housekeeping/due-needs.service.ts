import { dayOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { consentSql } from '../consent/consent.service.js';
import { capsOf, capSql } from '../limit/cap.rules.js';
import { LimitService } from '../limit/limit.service.js';

/** Needs looked up at a time; each is tended in a transaction of its own. */
const needsMax = 200;
/** Open needs held against limits and consent in one statement: some 15 ms, however many are open. */
const pageMax = 2_000;

const dueSql = 'select id from need where next_due < $1 and id <> all($2::uuid[]) order by next_due, id limit $3';

/**
 * One page of the open needs, and of those the ones whose state no longer fits the limits in force or the authorisations
 * of today. The page is taken first and for itself: what it costs follows its size and not that of the market.
 */
const pageSql = `
  with page as materialized (
    select id, product_id, district, uscc, status, taken, suspended_at from need
    where ended_at is null and id > $1::uuid order by id limit $2)
  select (select id from page order by id desc limit 1) as last, (select count(*) from page)::integer as seen,
         array(
           select n.id from page n ${capSql('$3')}
           where n.status in ('PUBLISHED', 'FULL')
             and ((n.status = 'FULL') <> (cap.places is not null and n.taken >= cap.places)
               or (n.suspended_at is null) <> ${consentSql({ uscc: 'cap.uscc', day: '$4::date' })})) as misfits`;

interface Page {
  last: string | null;
  seen: number;
  misfits: string[];
}

/** Before every id. */
export const fromTheFirst = '00000000-0000-0000-0000-000000000000';

/** Finds the needs that housekeeping has to look at. */
@Injectable()
export class DueNeeds {
  constructor(
    private readonly db: DataSource,
    private readonly limits: LimitService,
  ) {}

  /** Those with a deadline that has passed, without those tended already. */
  async due(now: Date, tended: ReadonlySet<string>): Promise<string[]> {
    const past: { id: string }[] = await this.db.query(dueSql, [now, [...tended], needsMax]);
    return past.map(({ id }) => id);
  }

  /** Those of the page after an id whose state does not fit; `next` is null behind the last page. */
  async misfitsAfter(after: string, now: Date): Promise<{ ids: string[]; next: string | null }> {
    const caps = JSON.stringify(capsOf(await this.limits.book(this.db.manager), now));
    const [page]: Page[] = await this.db.query(pageSql, [after, pageMax, caps, dayOf(now)]);
    return { ids: page?.misfits ?? [], next: page && page.seen === pageMax ? page.last : null };
  }

  /**
   * What no act at a need tells: the day, with which authorisations begin and end, and the limits in force. While it stays
   * the same, acts and events keep needs in their state, and the pages only make sure.
   */
  async turnOf(now: Date): Promise<string> {
    const { version } = (await this.limits.book(this.db.manager)).at(now);
    return `${dayOf(now)} ${version}`;
  }
}
