import { idCursor, pageOf, pageRowsMax, type Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { DeliveryNotFound, NotParked } from './delivery.error.js';
import { type DeliveryPage, type DeliveryResponse, type DeliveryRow, toDeliveryResponse } from './delivery.response.js';
import type { DeliveryListQuery } from './list-deliveries.request.js';

const selected = `
  select d.id, d.channel, n.kind, d.state, d.tries, d.not_before, d.sent_at, d.created_at, d.error
  from delivery d left join notice n on n.id = d.notice_id`;

/** What went out, for the operator. */
@Injectable()
export class DeliveryLog {
  constructor(private readonly db: DataSource) {}

  async list(query: DeliveryListQuery): Promise<DeliveryPage> {
    const limit = query.limit ?? pageRowsMax;
    const rows: DeliveryRow[] = await this.db.query(
      `${selected} where ($1::text is null or d.state = $1) and ($2::uuid is null or d.id < $2)
       order by d.id desc limit $3`,
      [query.state ?? null, idCursor(query.cursor), limit + 1],
    );
    return pageOf(rows, limit, toDeliveryResponse, ({ id }) => [id]);
  }

  /** @throws DeliveryNotFound, NotParked */
  async replay({ tx, now }: Command, id: string): Promise<DeliveryResponse> {
    const before = await this.find(tx, id);
    const [changed]: [object[], number] = await tx.query(
      `update delivery set state = 'QUEUED', tries = 0, lapses = 0, error = null, not_before = $2
       where id = $1 and state = 'PARKED' returning id`,
      [id, now],
    );
    if (changed.length === 0) throw before ? new NotParked() : new DeliveryNotFound();
    return toDeliveryResponse((await this.find(tx, id))!);
  }

  private async find(tx: EntityManager, id: string): Promise<DeliveryRow | undefined> {
    const [row]: DeliveryRow[] = await tx.query(`${selected} where d.id = $1`, [id]);
    return row;
  }
}
