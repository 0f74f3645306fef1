import { NotFound } from '@app/kernel';
import { instantCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import {
  type DrawPage,
  type DrawResponse,
  type HeldDraw,
  toDrawResponse,
  toDrawSummaryResponse,
} from './draw.response.js';

const columns = `need_id as "needId", opened_at as "openedAt", sealed_until as "sealedUntil", held_at as "heldAt",
  commitment, secret, seed, limit_version as "limitVersion", entries`;
const oneSql = `select ${columns} from draw where need_id = $1 and held_at is not null`;
const listSql = `
  select ${columns} from draw
  where held_at is not null and ($1::timestamptz is null or (held_at, need_id) < ($1, $2::uuid))
  order by held_at desc, need_id desc limit $3`;

export class DrawNotFound extends NotFound {
  override readonly code = 'MARKETPLACE.DRAW_NOT_FOUND';
  constructor() {
    super('draw that has been held');
  }
}

/** Draws that were held. Before that, nothing of a draw is shown but its commitment, which is on the lead. */
@Injectable()
export class DrawQueryService {
  async one(db: EntityManager, needId: string): Promise<DrawResponse> {
    const [draw]: HeldDraw[] = await db.query(oneSql, [needId]);
    if (!draw) throw new DrawNotFound();
    return toDrawResponse(draw);
  }

  /** Latest first. */
  async list(db: EntityManager, { limit = 20, cursor }: PageQuery): Promise<DrawPage> {
    const after = instantCursor(cursor);
    const draws: HeldDraw[] = await db.query(listSql, [after?.at, after?.id, limit + 1]);
    return pageOf(draws, limit, toDrawSummaryResponse, ({ heldAt, needId }) => [heldAt.toISOString(), needId]);
  }
}
