import type { Viewer } from '@app/auth';
import { idCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import {
  type ClaimDetailResponse,
  type ClaimFiguresResponse,
  type ClaimResponse,
  type ClaimRow,
  type DecisionRow,
  type RegisteredRow,
  toCandidateResponse,
  toClaimResponse,
  toDecisionResponse,
} from './claim.response.js';
import type { ListClaimsRequest } from './decide-claim.request.js';
import { ClaimUnknown } from './resolve.error.js';

const columns = `id, feed, state, claimed, uscc, score, candidates, seen_at, matched_at, settings_from::text,
  (select count(*) from claimed_row r where r.claim_id = claim.id) as rows`;

/** What people see of claims; a source sees those of its own feeds. */
@Injectable()
export class ClaimViews {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
  ) {}

  async list(viewer: Viewer, query: ListClaimsRequest): Promise<Page<ClaimResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const rows: ClaimRow[] = await this.db.query(
      `select ${columns} from claim
       where feed = any($1) and state <> 'NEW' and ($2::text is null or state = $2)
         and ($3::text is null or feed = $3) and ($4::uuid is null or id < $4)
       order by id desc limit $5`,
      [this.feedsOf(viewer), query.state ?? null, query.feed ?? null, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toClaimResponse, ({ id }) => [id]);
  }

  async figures(viewer: Viewer): Promise<ClaimFiguresResponse> {
    const [row]: { waiting: number; linked: number; nobody: number; matched: number }[] = await this.db.query(
      `select count(*) filter (where state = 'WAITING')::int as waiting,
              count(*) filter (where state = 'LINKED')::int as linked,
              count(*) filter (where state = 'NOBODY')::int as nobody,
              count(*) filter (where state = 'LINKED' and not exists (
                select from claim_decision d where d.claim_id = claim.id and d.kind <> 'MATCHED'))::int as matched
       from claim where feed = any($1)`,
      [this.feedsOf(viewer)],
    );
    const { waiting, linked, nobody, matched } = row!;
    return { waiting, linked, nobody, matched };
  }

  /** @throws ClaimUnknown also for a claim of somebody else's feed */
  async get(viewer: Viewer, id: string, db: Pick<EntityManager, 'query'> = this.db): Promise<ClaimDetailResponse> {
    const [row]: ClaimRow[] = await db.query(`select ${columns} from claim where id = $1 and feed = any($2)`, [
      id,
      this.feedsOf(viewer),
    ]);
    if (!row) throw new ClaimUnknown();
    const registered = await registeredOf(
      db,
      row.candidates.map(({ uscc }) => uscc),
    );
    const decisions: DecisionRow[] = await db.query(
      'select * from claim_decision where claim_id = $1 order by number desc',
      [id],
    );
    return {
      ...toClaimResponse(row),
      best: row.candidates.map((match) => toCandidateResponse(match, registered.get(match.uscc))),
      decisions: decisions.map(toDecisionResponse),
      settingsFrom: row.settings_from,
    };
  }

  private feedsOf(viewer: Viewer): string[] {
    return this.contracts.visibleTo(viewer).map(({ feed }) => feed);
  }
}

async function registeredOf(db: Pick<EntityManager, 'query'>, usccs: string[]): Promise<Map<string, RegisteredRow>> {
  const rows: RegisteredRow[] = await db.query(
    `select uscc, array_agg(name order by place) as names, array_agg(former order by place) as former,
            max(representative) as representative, max(division) as division, max(address) as address
     from enterprise_name where uscc = any($1) group by uscc`,
    [usccs],
  );
  return new Map(rows.map((row) => [row.uscc, row]));
}
