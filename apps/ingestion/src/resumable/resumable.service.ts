import { randomUUID } from 'node:crypto';
import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import type { Viewer } from '@app/auth';
import { hasRole } from '@app/auth';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { DeliveryCut } from '../batch/batch.error.js';
import { Intake, type Taken } from '../batch/intake.service.js';
import type { Charset, FileForm } from '../contract/contract.rules.js';
import { uploadHours, uploadsDir } from '../ingestion.config.js';
import { writePiece } from './piece.driver.js';
import {
  DigestWrong,
  OffsetWrong,
  UploadBusy,
  UploadExpired,
  UploadOverrun,
  UploadUnknown,
} from './resumable.error.js';
import { toUploadResponse, type UploadResponse, type UploadRow } from './resumable.response.js';

const columns = `id, feed, reference, form, charset, bytes, sha256, received, organisation_id, started_by, expires_at,
  batch_id`;
/** Whoever writes says so again with every safe place; one that fell silent for so long is gone. */
const writerSeconds = 30;

/**
 * Files that come in pieces. What is acknowledged is on disk and in the table, so that sender and service can both be
 * killed and go on; one piece at a time is written, and a whole file becomes a delivery like any other.
 */
@Injectable()
export class ResumableUploads {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly intake: Intake,
  ) {}

  async get(viewer: Viewer, id: string): Promise<UploadResponse> {
    const row = await this.mine(viewer, id);
    return toUploadResponse(row, await this.batchOf(row));
  }

  /** Takes one piece; the last one makes the file a delivery. */
  async take(viewer: Viewer, id: string, piece: { offset: number; content: Readable }): Promise<UploadResponse> {
    const row = await this.mine(viewer, id);
    if (row.batch_id) return toUploadResponse(row, await this.batchOf(row));
    if (row.expires_at <= this.clock.now()) throw new UploadExpired();
    const writer = await this.claim(row, piece.offset);
    try {
      await this.write(row, writer, piece);
      const now = await this.mine(viewer, id);
      if (now.received !== now.bytes) return toUploadResponse(now, null);
      return await this.complete(now);
    } finally {
      await this.db.query('update upload set writer = null where id = $1 and writer = $2', [id, writer]);
    }
  }

  async abandon(viewer: Viewer, id: string): Promise<void> {
    const row = await this.mine(viewer, id);
    await this.db.query('delete from upload where id = $1 and batch_id is null', [row.id]);
    if (!row.batch_id) await rm(pathOf(row.id), { force: true });
  }

  private async mine(viewer: Viewer, id: string): Promise<UploadRow> {
    const [row]: UploadRow[] = await this.db.query(
      `select ${columns} from upload where id = $1 and (organisation_id = $2 or $3)`,
      [id, viewer.organisation.id, hasRole(viewer, 'operator')],
    );
    if (!row) throw new UploadUnknown();
    return row;
  }

  /** The right to write from this offset on. @throws OffsetWrong, UploadBusy */
  private async claim({ id }: UploadRow, offset: number): Promise<string> {
    const writer = randomUUID();
    const [[mine]]: [unknown[], number] = await this.db.query(
      `update upload set writer = $2, writer_until = clock_timestamp() + make_interval(secs => $4)
       where id = $1 and received = $3 and (writer is null or writer_until < clock_timestamp()) returning id`,
      [id, writer, offset, writerSeconds],
    );
    if (mine) return writer;
    const [now]: { received: string }[] = await this.db.query('select received from upload where id = $1', [id]);
    if (!now) throw new UploadUnknown();
    throw Number(now.received) === offset ? new UploadBusy() : new OffsetWrong(Number(now.received));
  }

  private async write(row: UploadRow, writer: string, { offset, content }: { offset: number; content: Readable }) {
    const ended = await writePiece({
      path: pathOf(row.id),
      offset,
      end: Number(row.bytes),
      content,
      safe: (at) => this.keepPlace(row.id, writer, at),
    });
    if (ended === 'LOST') throw new UploadBusy();
    if (ended === 'CUT') throw new DeliveryCut();
    if (ended === 'OVERRUN') throw await this.undo(row, writer, offset);
  }

  /** A piece that says more than was announced is not what it says it is: nothing of it counts. */
  private async undo({ id, bytes }: UploadRow, writer: string, offset: number): Promise<UploadOverrun> {
    await this.keepPlace(id, writer, offset);
    await truncate(pathOf(id), offset);
    return new UploadOverrun(Number(bytes));
  }

  private async keepPlace(id: string, writer: string, received: number): Promise<boolean> {
    const expiresAt = new Date(this.clock.now().getTime() + uploadHours() * 3_600_000);
    const [rows]: [unknown[], number] = await this.db.query(
      `update upload set received = $3, expires_at = $4, writer_until = clock_timestamp() + make_interval(secs => $5)
       where id = $1 and writer = $2 returning id`,
      [id, writer, received, expiresAt, writerSeconds],
    );
    return rows.length > 0;
  }

  private async complete(row: UploadRow): Promise<UploadResponse> {
    const delivery = {
      feed: row.feed,
      reference: row.reference,
      origin: 'UPLOAD' as const,
      form: row.form as FileForm,
      charset: row.charset as Charset | null,
      deliveredBy: row.started_by,
    };
    const file = { path: pathOf(row.id), bytes: Number(row.bytes), sha256: row.sha256 };
    const taken = await this.intake.adopt(delivery, file, async (tx, batchId) => {
      await tx.query('update upload set batch_id = $2 where id = $1', [row.id, batchId]);
    });
    if (taken === 'ANOTHER_FILE') {
      await this.db.query('delete from upload where id = $1', [row.id]);
      await rm(pathOf(row.id), { force: true });
      throw new DigestWrong();
    }
    await rm(pathOf(row.id), { force: true });
    return toUploadResponse(row, taken);
  }

  private async batchOf({ batch_id: id }: UploadRow): Promise<Taken | null> {
    if (!id) return null;
    const [row]: { feed: string; reference: string; received_at: Date; bytes: string; sha256: string }[] =
      await this.db.query('select feed, reference, received_at, bytes, sha256 from batch where id = $1', [id]);
    const { feed, reference, received_at: receivedAt, bytes, sha256 } = row!;
    return { id, feed, reference, receivedAt, bytes: Number(bytes), sha256, replayed: true };
  }
}

const pathOf = (id: string): string => join(uploadsDir(), id);
