import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { GrabTrace, OfferTrace } from './anomaly.rules.js';

/** More than a city’s month has, and some 30 MB of memory at worst; the newest first. */
const rowsMax = 50_000;

const grabsSql = `
  select g.id as "grabId", g.need_id as "needId", g.institution_code as "institutionCode", g.manager_id as "managerId",
         g.grabbed_at as "grabbedAt", g.contact_by as "contactBy", g.contacted_at as "contactedAt",
         case when g.status in ('RELEASED', 'DECLINED', 'LAPSED') then g.ended_at end as "leftAt",
         case when n.sealed_until is not null then null
              when n.exclusive_institution_id is not null and n.exclusive_institution_id <> g.institution_id
                then greatest(n.published_at, n.exclusive_until)
              else n.published_at end as "openedAt"
  from grab g join need n on n.id = g.need_id
  where g.grabbed_at >= $1 order by g.grabbed_at desc limit ${rowsMax}`;

/** A bank's first offer on a need: what it came up with by itself. */
const offersSql = `
  select distinct on (o.need_id, o.grab_id) o.need_id as "needId", g.institution_code as "institutionCode",
         o.amount_fen as "amountFen", o.annual_rate_bp as "annualRateBp", o.term_months as "termMonths"
  from offer o join grab g on g.need_id = o.need_id and g.id = o.grab_id
  where o.made_at >= $1 order by o.need_id, o.grab_id, o.made_at limit ${rowsMax}`;

/** What the anomaly rules look at. */
@Injectable()
export class AnomalyRows {
  async since(tx: EntityManager, since: Date): Promise<{ grabs: GrabTrace[]; offers: OfferTrace[] }> {
    return { grabs: await tx.query(grabsSql, [since]), offers: await tx.query(offersSql, [since]) };
  }
}
