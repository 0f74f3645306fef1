import type { Viewer } from '@app/auth';
import type { Command } from '@app/service';
import { decodeCursor, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Language } from '../kind/kind-shape.rules.js';
import type { NoticeListQuery } from './list-notices.request.js';
import { NoticeNotFound } from './notice.error.js';
import { type NoticePage, type NoticeRow, toNoticeResponse } from './notice.response.js';
import { wake } from './notices.service.js';

const columns = 'id, number, kind, variables, at, read_at';

/** A person's own notices. */
@Injectable()
export class Mailbox {
  constructor(private readonly db: DataSource) {}

  /** Newest first. */
  async list({ personId }: Viewer, query: NoticeListQuery): Promise<NoticePage> {
    const [before] = decodeCursor(query.cursor, 1) ?? [];
    const limit = query.limit ?? pageRowsMax;
    const rows: NoticeRow[] = await this.db.query(
      `select ${columns} from notice
       where person_id = $1 and number < coalesce($2::bigint, 9223372036854775807)
         and ($3 = false or read_at is null)
       order by number desc limit $4`,
      [personId, Number.isSafeInteger(before) ? before : null, query.unread === 'true', limit + 1],
    );
    const language = await this.language(personId, query.language);
    const page = pageOf(
      rows,
      limit,
      (row) => toNoticeResponse(row, language),
      ({ number }) => [Number(number)],
    );
    return { ...page, unread: await this.unread(this.db.manager, personId) };
  }

  /** Oldest first, after a number: what a stream has still to show. */
  async after(personId: string, number: number, limit: number): Promise<NoticeRow[]> {
    return this.db.query(
      `select ${columns} from notice where person_id = $1 and number > $2 order by number limit $3`,
      [personId, number, limit],
    );
  }

  async lastNumber(personId: string): Promise<number> {
    const [row]: { last_number: string }[] = await this.db.query(
      'select last_number from mailbox where person_id = $1',
      [personId],
    );
    return Number(row?.last_number ?? 0);
  }

  async unread(db: EntityManager, personId: string): Promise<number> {
    const [row]: { count: string }[] = await db.query(
      'select count(*) from notice where person_id = $1 and read_at is null',
      [personId],
    );
    return Number(row?.count ?? 0);
  }

  unreadOf(personId: string): Promise<number> {
    return this.unread(this.db.manager, personId);
  }

  async language(personId: string, wanted?: Language): Promise<Language> {
    if (wanted) return wanted;
    const [row]: { language: Language }[] = await this.db.query('select language from setting where person_id = $1', [
      personId,
    ]);
    return row?.language ?? 'zh';
  }

  /** @throws NoticeNotFound for somebody else's */
  async markRead({ tx, viewer, now }: Command, id: string): Promise<number> {
    const [rows]: [object[], number] = await tx.query(
      'update notice set read_at = coalesce(read_at, $3) where id = $1 and person_id = $2 returning id',
      [id, viewer.personId, now],
    );
    if (rows.length === 0) throw new NoticeNotFound();
    return this.told(tx, viewer.personId);
  }

  async markAllRead({ tx, viewer, now }: Command, upTo: number | undefined): Promise<number> {
    await tx.query(
      `update notice set read_at = $2
       where person_id = $1 and read_at is null and number <= coalesce($3::bigint, 9223372036854775807)`,
      [viewer.personId, now, upTo ?? null],
    );
    return this.told(tx, viewer.personId);
  }

  /** The person's other windows show the new count. */
  private async told(tx: EntityManager, personId: string): Promise<number> {
    await wake(tx, [personId]);
    return this.unread(tx, personId);
  }
}
