import type { Viewer } from '@app/auth';
import { idCursor, type Page, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Contracts } from '../contract/contract.service.js';
import { CorrectionUnknown } from './overlay.error.js';
import { type CorrectionRow, type OverlayResponse, toOverlayResponse } from './overlay.response.js';
import type { ListCorrectionsQuery } from './propose-overlay.request.js';

const rowsSql = 'select c.*, f.feed from correction c join feed f on f.id = c.feed_id';

/** Corrections as people see them; a source sees those of its own feeds. */
@Injectable()
export class OverlayQuery {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
  ) {}

  async list(viewer: Viewer, query: ListCorrectionsQuery): Promise<Page<OverlayResponse>> {
    const limit = query.limit ?? pageRowsMax;
    const rows: CorrectionRow[] = await this.db.query(
      `${rowsSql} where f.feed = any($1) and ($2::text is null or f.feed = $2) and ($3::text is null or c.status = $3)
         and ($4::text is null or c.uscc = $4) and ($5::uuid is null or c.id < $5)
       order by c.id desc limit $6`,
      [
        this.contracts.visibleTo(viewer).map(({ feed }) => feed),
        query.feed ?? null,
        query.status ?? null,
        query.uscc ?? null,
        idCursor(query.cursor),
        limit + 1,
      ],
    );
    return pageOf(rows, limit, toOverlayResponse, ({ id }) => [id]);
  }

  async get(viewer: Viewer, id: string): Promise<OverlayResponse> {
    return toOverlayResponse(await this.row(this.db.manager, viewer, id));
  }

  /** @throws CorrectionUnknown also for one of somebody else's feed */
  async row(tx: EntityManager, viewer: Viewer, id: string): Promise<CorrectionRow> {
    const [row]: CorrectionRow[] = await tx.query(`${rowsSql} where c.id = $1`, [id]);
    if (!row || !this.contracts.visibleTo(viewer).some(({ feed }) => feed === row.feed)) throw new CorrectionUnknown();
    return row;
  }
}
