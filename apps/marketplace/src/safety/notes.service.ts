import type { Viewer } from '@app/auth';
import { safetyNoted } from '@app/contracts';
import { uuidv7 } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { idCursor, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { NoteListQuery } from './list-notes.request.js';
import { type NotePage, type NoteRow, toNoteResponse } from './note.response.js';

export type NoteKind = 'EQUAL_NEED' | 'EQUAL_PLEDGE';

/** A case whose bank is told. */
export interface NotedCase {
  need_id: string;
  grab_id: string;
  institution_id: string;
  institution_code: string;
}

/** States in which a bank still has something to lose; `case`s that ended without money are told nothing. */
export const liveCase = `status in ('ACTIVE', 'CONTACTED', 'IN_REVIEW', 'OFFERED', 'ACCEPTED', 'DISBURSED')`;

/** Neutral notes to banks: that something equal is registered elsewhere, and no word of where or whose. */
@Injectable()
export class Notes {
  constructor(private readonly db: DataSource) {}

  /** Once per case and kind of note. */
  async tell(tx: EntityManager, cases: readonly NotedCase[], what: NoteKind, now: Date): Promise<void> {
    if (cases.length === 0) return;
    const rows = cases.map((one) => ({ ...one, id: uuidv7(now) }));
    const fresh: { id: string }[] = await tx.query(
      `insert into safety_note (id, institution_id, need_id, grab_id, what, noted_at)
       select id, institution_id, need_id, grab_id, $2, $3
       from json_to_recordset($1::json) as row (id uuid, institution_id uuid, need_id uuid, grab_id uuid)
       order by grab_id on conflict do nothing returning id`,
      [JSON.stringify(rows), what, now],
    );
    const ids = new Set(fresh.map(({ id }) => id));
    const events = rows
      .filter(({ id }) => ids.has(id))
      .map(({ id, institution_id, institution_code, need_id, grab_id }) => ({
        noteId: id,
        institutionId: institution_id,
        institutionCode: institution_code,
        needId: need_id,
        grabId: grab_id,
        what,
      }));
    await addManyToOutbox(tx, safetyNoted, events, now);
  }

  /** Of the viewer's institution, newest first. */
  async list({ organisation }: Viewer, { limit = pageRowsMax, cursor, grabId }: NoteListQuery): Promise<NotePage> {
    const rows: NoteRow[] = await this.db.query(
      `select id, need_id, grab_id, what, noted_at from safety_note
       where institution_id = $1 and ($2::uuid is null or id < $2) and ($4::uuid is null or grab_id = $4)
       order by id desc limit $3`,
      [organisation.id, idCursor(cursor), limit + 1, grabId ?? null],
    );
    return pageOf(rows, limit, toNoteResponse, ({ id }) => [id]);
  }
}
