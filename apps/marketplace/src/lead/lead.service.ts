import type { Viewer } from '@app/auth';
import { dayOf } from '@app/kernel';
import { instantCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { consentSql } from '../consent/consent.service.js';
import { capsOf, capSql } from '../limit/cap.rules.js';
import type { LimitBook } from '../limit/limit-book.rules.js';
import { LimitService } from '../limit/limit.service.js';
import { refuseOutsiders } from '../product/product.service.js';
import { type LeadPage, type LeadRow, toLeadResponse } from './lead.response.js';
import { boundsOf } from './lead.rules.js';
import type { ListLeadsQuery } from './list-leads.request.js';

const columns = `n.id, n.district, n.industry2, n.tier, n.score_band as "scoreBand", n.amount_fen as "amountFen",
  n.term_months as "termMonths", n.shown_purpose as "shownPurpose", n.security, n.taken,
  n.published_at as "publishedAt", n.closes_at as "closesAt", n.waiting, cap.places,
  n.exclusive_until as "exclusiveUntil", n.sealed_until as "sealedUntil", n.drawn_at as "drawnAt", n.commitment`;

/**
 * SQL condition: a published need that this bank may see now: open, carried by a consent that names the bank, and not
 * another bank's alone. The terms are expressions of the surrounding query over `need n`.
 */
export const visibleSql = ({ now, day, institutionId, institution }: Record<VisibleTerm, string>): string => `
  ${openSql(now, institutionId)} and ${consentSql({ uscc: 'n.uscc', day, institution })}`;
type VisibleTerm = 'now' | 'day' | 'institutionId' | 'institution';

const openSql = (now: string, institutionId: string): string => `
  n.ended_at is null and n.status in ('PUBLISHED', 'FULL') and n.suspended_at is null and n.closes_at >= ${now}
  and (n.exclusive_until is null or n.exclusive_until < ${now} or n.exclusive_institution_id = ${institutionId})`;

const hasRoomSql = `(cap.places is null or n.taken + n.waiting < cap.places)
    and (cap.over_bp is null or n.intended_fen < n.amount_fen::numeric * cap.over_bp / 10000)`;

/**
 * The board in some order: with a place and an amount left, or, on request, without: those have a line. Not yet taken or
 * entered by this bank. $1 to $13 are `boardTerms`; what follows belongs to the order.
 * Consent goes by the code that the cap hands on, so that it is asked after the room: it is two looks at another
 * service's rows, and few needs are without room. Those have a grab at the least, since no limit is below one.
 */
export const boardSql = ({ more = '', join = '', after, order }: BoardOrder): string => `
  select ${columns}${more} from need n ${join} ${capSql('$2')}
  where ${openSql('$1', '$3::uuid')}
    and ($6::boolean or n.taken + n.waiting > 0 or n.intended_fen > 0)
    and (${hasRoomSql}) = $6::boolean
    and ${consentSql({ uscc: 'cap.uscc', day: '$5::date', institution: '$4' })}
    and not exists (select 1 from grab g where g.need_id = n.id and g.institution_id = $3)
    and not exists (select 1 from entry e where e.need_id = n.id and e.institution_id = $3
                    and e.status in ('SEALED', 'WAITING'))
    and ($7::bigint is null or n.amount_fen > $7) and ($8::bigint is null or n.amount_fen <= $8)
    and ($9::text is null or n.district = $9) and ($10::text is null or n.industry2 = $10)
    and ($11::text is null or n.tier = $11)
    and ($12::text is null or n.score_band = $12) and ($13::text is null or n.security = $13)
    and ${after}
  order by ${order}`;

interface BoardOrder {
  /** Further columns, with a comma before them. */
  more?: string;
  join?: string;
  after: string;
  order: string;
}

const newestSql = boardSql({
  after: '($14::timestamptz is null or (n.published_at, n.id) < ($14, $15::uuid))',
  order: 'n.published_at desc, n.id desc limit $16',
});

/** The lead board: what banks see of published needs before they take a place. */
@Injectable()
export class LeadService {
  constructor(private readonly limits: LimitService) {}

  /** Newest publication first. */
  async list(db: EntityManager, viewer: Viewer, query: ListLeadsQuery, now: Date): Promise<LeadPage> {
    refuseOutsiders(viewer);
    const { limit = 20, cursor } = query;
    const after = instantCursor(cursor);
    const book = await this.limits.book(db);
    const rows: LeadRow[] = await db.query(newestSql, [
      ...boardTerms(viewer, query, book, now),
      after?.at,
      after?.id,
      limit + 1,
    ]);
    const page = pageOf(
      rows,
      limit,
      (row) => toLeadResponse(row, now),
      (row) => [row.publishedAt.toISOString(), row.id],
    );
    return { ...page, limitVersion: book.at(now).version };
  }
}

/** $1 to $13 of the board: who asks, when, under which limits, and what for. */
export const boardTerms = (viewer: Viewer, query: ListLeadsQuery, book: LimitBook, now: Date): unknown[] => [
  now,
  JSON.stringify(capsOf(book, now)),
  viewer.organisation.id,
  viewer.organisation.code,
  dayOf(now),
  query.room !== 'FULL',
  ...filtersOf(query),
];

/** $7 to $13: bounds of the amount, district, industry, tier, score band, security. */
function filtersOf(query: ListLeadsQuery): (string | undefined)[] {
  const { amountBand, district, industry, tier, scoreBand, security } = query;
  const bounds = amountBand === undefined ? undefined : boundsOf(amountBand);
  return [bounds?.above.toString(), bounds?.upTo?.toString(), district, industry, tier, scoreBand, security];
}
