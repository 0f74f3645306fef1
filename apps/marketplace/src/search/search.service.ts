import type { Viewer } from '@app/auth';
import { dayOf, uuidv7 } from '@app/kernel';
import { type Command, idCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { visibleSql } from '../lead/lead.service.js';
import { LimitService } from '../limit/limit.service.js';
import { refuseOutsiders } from '../product/product.service.js';
import { type LeadRow, toShownLead } from './lead-reader.service.js';
import { SearchNotFound, TooManySearches } from './search.error.js';
import {
  type SearchHitPage,
  type SearchPage,
  type SearchResponse,
  type SearchRow,
  toHitResponse,
  toSearchResponse,
} from './search.response.js';
import type { SearchFilter } from './search.rules.js';
import type { WriteSearchRequest } from './write-search.request.js';

/** Searches of one person take turns, so that two at once cannot both be the last that is allowed. */
const personLockSql = 'select pg_advisory_xact_lock(hashtextextended($1, 7041))';

const columns = `s.id, s.name, s.delivery, s.filter, s.changed_at as "changedAt",
  (select count(*)::integer from search_hit h where h.search_id = s.id) as hits`;

const hitsSql = `
  select h.found_at as "foundAt", n.id as "needId", n.district, n.industry2 as industry, n.tier,
         n.score_band as "scoreBand", n.amount_fen as "amountFen", n.term_months as "termMonths", n.security,
         n.shown_purpose as purpose
  from search_hit h join need n on n.id = h.need_id
  where h.search_id = $6 and h.person_id = $7
    and ${visibleSql({ institutionId: '$1::uuid', institution: '$2', now: '$3', day: '$4::date' })}
    and ($5::uuid is null or n.id < $5)
  order by n.id desc limit $8`;

/** Filters of the lead board that a person keeps, and what they found. */
@Injectable()
export class SearchService {
  constructor(
    private readonly audit: AuditTrail,
    private readonly limits: LimitService,
  ) {}

  /** The person's own, newest first. */
  async list(db: EntityManager, viewer: Viewer, { limit = 50, cursor }: PageQuery): Promise<SearchPage> {
    refuseOutsiders(viewer);
    const rows: SearchRow[] = await db.query(
      `select ${columns} from saved_search s where s.person_id = $1 and ($2::uuid is null or s.id < $2)
       order by s.id desc limit $3`,
      [viewer.personId, idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toSearchResponse, ({ id }) => [id]);
  }

  async save(command: Command, request: WriteSearchRequest): Promise<SearchResponse> {
    const { tx, viewer, now } = command;
    refuseOutsiders(viewer);
    await tx.query(personLockSql, [viewer.personId]);
    const { maxSearchesPerPerson } = await this.limits.policyAt(tx, now);
    const [{ count }]: [{ count: number }] = await tx.query(
      'select count(*)::integer as count from saved_search where person_id = $1',
      [viewer.personId],
    );
    if (count >= maxSearchesPerPerson) throw new TooManySearches(maxSearchesPerPerson);
    const id = uuidv7(now);
    const { organisation } = viewer;
    await tx.query(
      `insert into saved_search (id, person_id, institution_id, institution_code, name, filter, delivery, created_at,
                                 changed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
      [id, viewer.personId, organisation.id, organisation.code, ...valuesOf(request), now],
    );
    return this.tell(command, id, 'SAVED');
  }

  async edit(command: Command, id: string, request: WriteSearchRequest): Promise<SearchResponse> {
    await this.own(command, id);
    await command.tx.query(
      'update saved_search set name = $2, filter = $3, delivery = $4, changed_at = $5 where id = $1',
      [id, ...valuesOf(request), command.now],
    );
    return this.tell(command, id, 'EDITED');
  }

  /** What it found stays known, so that the person is not told again by another search. */
  async remove(command: Command, id: string): Promise<SearchResponse> {
    await this.own(command, id);
    const removed = await this.tell(command, id, 'REMOVED');
    await command.tx.query('delete from saved_search where id = $1', [id]);
    return removed;
  }

  /** Leads that it found and that are still on the board for this bank, newest need first. */
  async hits(
    db: EntityManager,
    viewer: Viewer,
    id: string,
    { limit = 20, cursor }: PageQuery,
    now: Date,
  ): Promise<SearchHitPage> {
    refuseOutsiders(viewer);
    const after = idCursor(cursor);
    if (!(await rowOf(db, id, viewer.personId))) throw new SearchNotFound();
    const { organisation, personId } = viewer;
    const rows: (LeadRow & { foundAt: Date })[] = await db.query(hitsSql, [
      organisation.id,
      organisation.code,
      now,
      dayOf(now),
      after,
      id,
      personId,
      limit + 1,
    ]);
    return pageOf(
      rows,
      limit,
      (row) => toHitResponse(toShownLead(row), row.foundAt),
      ({ needId }) => [needId],
    );
  }

  private async own({ tx, viewer }: Command, id: string): Promise<void> {
    refuseOutsiders(viewer);
    const rows: unknown[] = await tx.query(
      'select 1 from saved_search where id = $1 and person_id = $2 for no key update',
      [id, viewer.personId],
    );
    if (rows.length === 0) throw new SearchNotFound();
  }

  private async tell({ tx, viewer, now }: Command, id: string, act: string): Promise<SearchResponse> {
    await this.audit.record(tx, [{ rootId: id, subject: 'search', subjectId: id, act }], actorOf(viewer), now);
    const row = await rowOf(tx, id, viewer.personId);
    if (!row) throw new SearchNotFound();
    return toSearchResponse(row);
  }
}

async function rowOf(db: EntityManager, id: string, personId: string): Promise<SearchRow | undefined> {
  const [row]: SearchRow[] = await db.query(
    `select ${columns} from saved_search s where s.id = $1 and s.person_id = $2`,
    [id, personId],
  );
  return row;
}

/** Name, filter and delivery. */
function valuesOf(request: WriteSearchRequest): [string, string, string] {
  const filter: SearchFilter = {
    amountBands: request.amountBands ?? [],
    districts: request.districts ?? [],
    industries: request.industries ?? [],
    tiers: request.tiers ?? [],
    scoreBands: request.scoreBands ?? [],
    securities: request.securities ?? [],
    purposeWords: request.purposeWords ?? [],
    families: request.families ?? [],
  };
  return [request.name.trim(), JSON.stringify(filter), request.delivery ?? 'IMMEDIATE'];
}
