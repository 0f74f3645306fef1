import { hasRole, type Viewer } from '@app/auth';
import { normaliseUscc } from '@app/kernel';
import { idCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { columnsOf } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { DutyLog } from '../record/duty-log.service.js';
import type { ConflictsRequest, ListFindingsRequest } from './quality.request.js';
import type { ConflictResponse, ConflictSideResponse, FindingResponse } from './quality.response.js';
import type { ConflictSide, FindingDetail } from './quality.rules.js';

interface FindingRow {
  id: string;
  feed: string;
  uscc: string;
  kind: string;
  rule: string;
  field: string;
  subject: string;
  record_keys: string[];
  detail: FindingDetail;
  found_at: Date;
}

const columns = `n.id, f.feed, n.uscc, n.kind, n.rule, n.field, n.subject, n.record_keys, n.detail, n.found_at`;

/** Findings one by one, and contradictions with both sides. What one source keeps is not told to another. */
@Injectable()
export class FindingViews {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly duty: DutyLog,
  ) {}

  async list(viewer: Viewer, query: ListFindingsRequest): Promise<Page<FindingResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const uscc = query.uscc === undefined ? null : normaliseUscc(query.uscc);
    const rows: FindingRow[] = await this.db.query(
      `select ${columns} from finding n join feed f on f.id = n.feed_id
       where f.feed = any($1) and ($2::text is null or f.feed = $2) and ($3::text is null or n.kind = $3)
         and ($4::text is null or n.uscc = $4) and ($5::uuid is null or n.id < $5)
       order by n.id desc limit $6`,
      [this.feedsOf(viewer), query.feed ?? null, query.kind ?? null, uscc, idCursor(query.cursor), limit + 1],
    );
    return pageOf(
      rows,
      limit,
      (row) => this.toFinding(viewer, row),
      ({ id }) => [id],
    );
  }

  /** Of one enterprise. A source sees those in which one of its feeds takes part; that an operator looked is logged. */
  conflicts(viewer: Viewer, query: ConflictsRequest): Promise<Page<ConflictResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const uscc = normaliseUscc(query.uscc);
    return this.duty.reading(viewer, { uscc, act: 'CONFLICTS' }, async (tx) => {
      const rows: FindingRow[] = await tx.query(
        `select ${columns} from finding n join feed f on f.id = n.feed_id
         where n.uscc = $1 and n.kind = 'AGREES' and ($3::uuid is null or n.id < $3)
           and exists (select from jsonb_array_elements(n.detail -> 'sides') side where side ->> 'feed' = any($2))
         order by n.id desc limit $4`,
        [uscc, this.feedsOf(viewer), idCursor(query.cursor), limit + 1],
      );
      return pageOf(
        rows,
        limit,
        (row) => this.toConflict(viewer, row),
        ({ id }) => [id],
      );
    });
  }

  private toFinding(viewer: Viewer, row: FindingRow): FindingResponse {
    const { value = null, other = null, sides } = row.detail;
    const second = sides?.[1];
    return {
      id: row.id,
      feed: row.feed,
      uscc: row.uscc,
      kind: row.kind,
      rule: row.rule,
      field: row.field,
      subject: row.subject,
      recordKeys: row.record_keys,
      value,
      other: second && !this.mayRead(viewer, second.feed) ? null : other,
      foundAt: row.found_at.toISOString(),
    };
  }

  private toConflict(viewer: Viewer, row: FindingRow): ConflictResponse {
    return {
      id: row.id,
      uscc: row.uscc,
      year: row.subject,
      toleranceBp: row.detail.toleranceBp ?? 0,
      sides: (row.detail.sides ?? []).map((side) => this.toSide(viewer, side)),
      foundAt: row.found_at.toISOString(),
    };
  }

  private toSide(viewer: Viewer, { feed, field, value, keys, reportDate }: ConflictSide): ConflictSideResponse {
    const contract = this.contracts.of(feed);
    const shown = this.mayRead(viewer, feed);
    return {
      feed,
      source: contract.sources[0]!,
      sourceName: contract.sourceName,
      field,
      header: columnsOf(contract).find(({ name }) => name === field)?.header ?? field,
      value: shown ? value : null,
      recordKeys: shown ? keys : [],
      reportDate,
    };
  }

  /** Operators see both sides, as they do in the quarantine; a source its own, and what is public. */
  private mayRead(viewer: Viewer, feed: string): boolean {
    const { basis, sources } = this.contracts.of(feed);
    return hasRole(viewer, 'operator') || basis === 'PUBLIC' || sources.includes(viewer.organisation.code);
  }

  private feedsOf(viewer: Viewer): string[] {
    return this.contracts.visibleTo(viewer).map(({ feed }) => feed);
  }
}
