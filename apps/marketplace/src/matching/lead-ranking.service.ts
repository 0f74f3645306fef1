import type { Viewer } from '@app/auth';
import { type Day, InvalidInput } from '@app/kernel';
import { decodeCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type LeadPage, type LeadRow, toLeadResponse } from '../lead/lead.response.js';
import { boardSql, boardTerms, visibleSql } from '../lead/lead.service.js';
import type { ListLeadsQuery } from '../lead/list-leads.request.js';
import { LimitService } from '../limit/limit.service.js';
import { refuseOutsiders } from '../product/product.service.js';

/** One lead, and the bank that asks for it. */
export interface Looking {
  needId: string;
  institutionId: string;
  institutionCode: string;
  now: Date;
  day: Day;
}

/** On the board for this bank, or taken by it. */
const oneSql = `
  select exists (
    select 1 from need n
    where n.id = $1 and (
      exists (select 1 from grab g where g.need_id = n.id and g.institution_id = $2)
      or (${visibleSql({ institutionId: '$2::uuid', institution: '$3', now: '$4', day: '$5::date' })}))) as seen`;

interface FitRow extends LeadRow {
  rank: number;
  outcome: 'FITS' | 'OPEN' | null;
  points: number | null;
  productId: string | null;
}

/** Best first along the index of the bank; of equal ones the older, which closes sooner. */
const fittingSql = boardSql({
  more: ', f.rank, f.outcome, f.points, f.product_id as "productId"',
  join: 'join lead_fit f on f.need_id = n.id and f.institution_id = $3',
  after: '($14::integer is null or (f.rank <= $14 and (f.rank < $14 or f.need_id > $15::uuid)))',
  order: 'f.rank desc, f.need_id limit $16',
});

/** Those that no own product fits come after all others. */
const othersSql = boardSql({
  more: ', 0 as rank, null as outcome, null as points, null as "productId"',
  after: `($14::uuid is null or n.id > $14)
    and not exists (select 1 from lead_fit f where f.need_id = n.id and f.institution_id = $3)`,
  order: 'n.id limit $15',
});

/** The lead board by how well leads fit a bank's products, and which leads a bank may ask about. */
@Injectable()
export class LeadRanking {
  constructor(private readonly limits: LimitService) {}

  async list(db: EntityManager, viewer: Viewer, query: ListLeadsQuery, now: Date): Promise<LeadPage> {
    refuseOutsiders(viewer);
    const { limit = 20 } = query;
    const after = placeOf(query.cursor);
    const book = await this.limits.book(db);
    const terms = boardTerms(viewer, query, book, now);
    const rows: FitRow[] =
      after?.rank === 0 ? [] : await db.query(fittingSql, [...terms, after?.rank, after?.id, limit + 1]);
    if (rows.length <= limit) {
      const from = after?.rank === 0 ? after.id : null;
      rows.push(...(await db.query<FitRow[]>(othersSql, [...terms, from, limit + 1 - rows.length])));
    }
    const page = pageOf(
      rows,
      limit,
      (row) => Object.assign(toLeadResponse(row, now), { fit: fitOf(row) }),
      (row) => [row.rank, row.id],
    );
    return { ...page, limitVersion: book.at(now).version };
  }

  async sees(db: EntityManager, looking: Looking): Promise<boolean> {
    const { needId, institutionId, institutionCode, now, day } = looking;
    const [row]: { seen: boolean }[] = await db.query(oneSql, [needId, institutionId, institutionCode, now, day]);
    return row?.seen === true;
  }
}

const fitOf = ({ outcome, points, productId }: FitRow) =>
  outcome !== null && points !== null && productId !== null ? { outcome, points, productId } : null;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function placeOf(cursor: string | undefined): { rank: number; id: string } | undefined {
  const values = decodeCursor(cursor, 2);
  if (!values) return undefined;
  const [rank, id] = values;
  if (typeof rank === 'number' && rank >= 0 && rank < 10_000 && typeof id === 'string' && uuid.test(id))
    return { rank, id };
  throw new InvalidInput([{ pointer: '/cursor', detail: 'is not a cursor of this list: start again without it' }]);
}
