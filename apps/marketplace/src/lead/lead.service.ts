import type { Viewer } from '@app/auth';
import { dayOf } from '@app/kernel';
import { instantCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { consentSql } from '../consent/consent.service.js';
import { placesOf } from '../limit/limit.rules.js';
import { LimitService } from '../limit/limit.service.js';
import { refuseOutsiders } from '../product/product.service.js';
import { type LeadPage, type LeadRow, toLeadResponse } from './lead.response.js';
import { boundsOf } from './lead.rules.js';
import type { ListLeadsQuery } from './list-leads.request.js';

const columns = `n.id, n.district, n.industry2, n.tier, n.score_band as "scoreBand", n.amount_fen as "amountFen",
  n.term_months as "termMonths", n.shown_purpose as "shownPurpose", n.security, n.taken,
  n.published_at as "publishedAt", n.closes_at as "closesAt"`;

/** Open now, with a place and an amount left, not yet taken by this bank, and carried by a consent that names it. */
const leadsSql = `
  select ${columns} from need n
  where n.ended_at is null and n.status in ('PUBLISHED', 'FULL') and n.suspended_at is null and n.closes_at >= $1
    and ($2::integer is null or n.taken < $2)
    and ($3::bigint is null or n.intended_fen < n.amount_fen::numeric * $3 / 10000)
    and not exists (select 1 from grab g where g.need_id = n.id and g.institution_id = $4)
    and ${consentSql({ uscc: 'n.uscc', day: '$6::date', institution: '$5' })}
    and ($7::bigint is null or n.amount_fen > $7) and ($8::bigint is null or n.amount_fen <= $8)
    and ($9::text is null or n.district = $9) and ($10::text is null or n.industry2 = $10)
    and ($11::text is null or n.tier = $11)
    and ($12::timestamptz is null or (n.published_at, n.id) < ($12, $13::uuid))
  order by n.published_at desc, n.id desc limit $14`;

/** The lead board: what banks see of published needs before they take a place. */
@Injectable()
export class LeadService {
  constructor(private readonly limits: LimitService) {}

  /** Newest publication first. */
  async list(db: EntityManager, viewer: Viewer, query: ListLeadsQuery, now: Date): Promise<LeadPage> {
    refuseOutsiders(viewer);
    const { limit = 20, cursor } = query;
    const after = instantCursor(cursor);
    const policy = await this.limits.policyAt(db, now);
    const rows: LeadRow[] = await db.query(leadsSql, [
      now,
      placesOf(policy),
      policy.amountLimited ? policy.overSubscriptionBp : null,
      viewer.organisation.id,
      viewer.organisation.code,
      dayOf(now),
      ...filtersOf(query),
      after?.at,
      after?.id,
      limit + 1,
    ]);
    return pageOf(
      rows,
      limit,
      (row) => toLeadResponse(row, placesOf(policy)),
      (row) => [row.publishedAt.toISOString(), row.id],
    );
  }
}

/** $7 to $11: bounds of the amount, district, industry, tier. */
function filtersOf({ amountBand, district, industry, tier }: ListLeadsQuery): (string | undefined)[] {
  const bounds = amountBand === undefined ? undefined : boundsOf(amountBand);
  return [bounds?.above.toString(), bounds?.upTo?.toString(), district, industry, tier];
}
