import { hasRole, type Viewer } from '@app/auth';
import { Clock, monthOf } from '@app/kernel';
import { type Command, idCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import { Letters } from './letter.service.js';
import { LetterIssuedAlready, LetterUnknown, MonthNotOver, SourceUnknown } from './quality.error.js';
import type { IssueLetterRequest, ListLettersRequest } from './quality.request.js';
import { type LetterResponse, type LetterRow, type LetterTextResponse, toLetterResponse } from './quality.response.js';

/** Letters as they were issued; a source reads its own. */
@Injectable()
export class LetterViews {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly letters: Letters,
    private readonly clock: Clock,
  ) {}

  async list(viewer: Viewer, query: ListLettersRequest): Promise<Page<LetterResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const rows: LetterRow[] = await this.db.query(
      `select id, source, month, issued_at, digest from quality_letter
       where ($1::text is null or source = $1) and ($2::text is null or source = $2) and ($3::text is null or month = $3)
         and ($4::uuid is null or id < $4)
       order by id desc limit $5`,
      [ownOf(viewer), query.source ?? null, query.month ?? null, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toLetterResponse, ({ id }) => [id]);
  }

  async get(viewer: Viewer, id: string, db: Pick<EntityManager, 'query'> = this.db): Promise<LetterTextResponse> {
    const row = await this.row(viewer, id, db);
    return { ...toLetterResponse(row), markdown: row.markdown };
  }

  async page(viewer: Viewer, id: string): Promise<string> {
    return (await this.row(viewer, id, this.db)).page;
  }

  /** For a month that was left out, such as one before this service looked at quality. */
  async issue({ tx, viewer }: Command, { source, month }: IssueLetterRequest): Promise<LetterTextResponse> {
    if (month >= monthOf(this.clock.today())) throw new MonthNotOver();
    if (!this.contracts.catalogue.sources.some(({ code }) => code === source)) throw new SourceUnknown();
    const held: unknown[] = await tx.query('select 1 from quality_letter where source = $1 and month = $2', [
      source,
      month,
    ]);
    if (held.length > 0) throw new LetterIssuedAlready();
    const id = await this.letters.issue(tx, { source, month, issuedBy: viewer.personId });
    return this.get(viewer, id, tx);
  }

  private async row(viewer: Viewer, id: string, db: Pick<EntityManager, 'query'>): Promise<LetterRow> {
    const rows: LetterRow[] = await db.query(
      'select * from quality_letter where id = $1 and ($2::text is null or source = $2)',
      [id, ownOf(viewer)],
    );
    if (!rows[0]) throw new LetterUnknown();
    return rows[0];
  }
}

const ownOf = (viewer: Viewer): string | null => (hasRole(viewer, 'operator') ? null : viewer.organisation.code);
