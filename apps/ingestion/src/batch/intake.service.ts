import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { AppError, Clock, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { BatchJob } from '../apply/batch.job.js';
import type { Charset, FileForm } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { batchBytesMax, batchesDir } from '../ingestion.config.js';
import { sha256Of } from '../resumable/piece.driver.js';
import type { Fault } from '../row/fault.rules.js';
import { BatchTooLarge, DeliveryCut, GzipBroken, ReferenceReused } from './batch.error.js';

/**
 * How a delivery came; RESOLVE and WORKBENCH: rows that were mended, delivered once more by the service itself; REPLAY: a
 * kept file applied again.
 */
export type DeliveryOrigin = 'UPLOAD' | 'DROP' | 'PULL' | 'TABLE' | 'TOPIC' | 'RESOLVE' | 'WORKBENCH' | 'REPLAY';

export interface Delivery {
  feed: string;
  reference: string;
  origin: DeliveryOrigin;
  form: FileForm;
  /** null: found out from the bytes. */
  charset: Charset | null;
  /** A person's id; null for the drop folder and the connectors. */
  deliveredBy: string | null;
  /** The state of the contract that it is read under; absent: that of today. */
  contractVersionId?: number | null;
  /** What two people accepted to be wrong with its rows. */
  tolerates?: Fault[] | null;
  /** Which delivery it repeats, its place in line, and who asked for it. */
  replay?: { of: string; arrival: string; runId: string };
}

export interface Taken {
  id: string;
  feed: string;
  reference: string;
  receivedAt: Date;
  bytes: number;
  sha256: string;
  /** The same reference and content were here before. */
  replayed: boolean;
}

interface Spooled {
  bytes: number;
  sha256: string;
}

/**
 * Takes deliveries in, by whichever way they come: to disk with back-pressure, hashed on the way, then one row that
 * makes it a batch. Whoever was told of a batch finds it, and its file, after any crash.
 */
@Injectable()
export class Intake {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly job: BatchJob,
    private readonly contracts: Contracts,
  ) {}

  /**
   * `also` runs in the transaction that makes the batch.
   * @throws ReferenceReused, BatchTooLarge, DeliveryCut
   */
  async take(delivery: Delivery, content: Readable, also?: (tx: EntityManager) => Promise<void>): Promise<Taken> {
    const id = uuidv7(this.clock.now());
    const path = join(batchesDir(), id);
    await mkdir(batchesDir(), { recursive: true });
    try {
      const spooled = await spool(content, `${path}.part`);
      await rename(`${path}.part`, path);
      await syncFolder(path);
      const taken = await this.db.transaction(async (tx) => {
        const made = await this.record(tx, { ...delivery, id }, spooled);
        await also?.(tx);
        return made;
      });
      if (taken.replayed) await rm(path, { force: true });
      this.job.nudge();
      return taken;
    } catch (error) {
      await Promise.all([rm(path, { force: true }), rm(`${path}.part`, { force: true })]);
      throw error;
    }
  }

  /**
   * Takes a file that is on this disk already. It stays where it is until the batch is known: after a crash in between
   * the same file can be taken again.
   * @throws ReferenceReused
   */
  async adopt(
    delivery: Delivery,
    file: { path: string; bytes: number; sha256: string | null },
    also: (tx: EntityManager, batchId: string) => Promise<void>,
  ): Promise<Taken | 'ANOTHER_FILE'> {
    const sha256 = await sha256Of(file.path);
    if (file.sha256 !== null && file.sha256 !== sha256) return 'ANOTHER_FILE';
    const id = uuidv7(this.clock.now());
    const path = join(batchesDir(), id);
    await mkdir(batchesDir(), { recursive: true });
    try {
      await link(file.path, path);
      await syncFolder(path);
      const taken = await this.db.transaction(async (tx) => {
        const made = await this.record(tx, { ...delivery, id }, { bytes: file.bytes, sha256 });
        await also(tx, made.id);
        return made;
      });
      if (taken.replayed) await rm(path, { force: true });
      this.job.nudge();
      return taken;
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  private async record(tx: EntityManager, batch: Delivery & { id: string }, spooled: Spooled): Promise<Taken> {
    const { id, feed, reference } = batch;
    // Two deliveries with one reference meet here: the second waits for the first and then finds it.
    const made: unknown[] = await tx.query(
      `insert into batch (id, feed, reference, origin, form, charset, bytes, sha256, delivered_by, received_at, status,
                          contract_version_id, tolerates, replay_of, replay_arrival, run_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'RECEIVED', $11, $12, $13, $14, $15) on conflict (feed, reference) do nothing
       returning id`,
      [
        id,
        feed,
        reference,
        batch.origin,
        batch.form,
        batch.charset,
        spooled.bytes,
        spooled.sha256,
        batch.deliveredBy,
        this.clock.now(),
        batch.contractVersionId ?? this.contracts.versionIdOf(feed),
        batch.tolerates ? JSON.stringify(batch.tolerates) : null,
        batch.replay?.of ?? null,
        batch.replay?.arrival ?? null,
        batch.replay?.runId ?? null,
      ],
    );
    const [row]: { id: string; sha256: string; bytes: string; received_at: Date }[] = await tx.query(
      'select id, sha256, bytes, received_at from batch where feed = $1 and reference = $2',
      [feed, reference],
    );
    if (!row || row.sha256 !== spooled.sha256) throw new ReferenceReused();
    const { sha256, received_at: receivedAt } = row;
    return { id: row.id, feed, reference, receivedAt, bytes: Number(row.bytes), sha256, replayed: made.length === 0 };
  }
}

async function spool(content: Readable, path: string): Promise<Spooled> {
  const hash = createHash('sha256');
  const bytesMax = batchBytesMax();
  let bytes = 0;
  const measured = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      // What is too much is let run out, within reason: a sender whose connection breaks never learns why.
      if (bytes > bytesMax * 2) return done(new BatchTooLarge(bytesMax));
      if (bytes > bytesMax) return done();
      hash.update(chunk);
      return done(null, chunk);
    },
    flush: (done) => done(bytes > bytesMax ? new BatchTooLarge(bytesMax) : null),
  });
  try {
    await pipeline(content, measured, createWriteStream(path, { flush: true }));
  } catch (error) {
    if (String((error as { code?: unknown }).code).startsWith('Z_')) throw new GzipBroken();
    if (error instanceof AppError || !isCut(error)) throw error;
    throw new DeliveryCut();
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Everything but a full or broken disk is the other end's doing. */
const isCut = (error: unknown): boolean =>
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ABORT_ERR', 'EPIPE'].includes(
    String((error as { code?: unknown }).code),
  ) || (error as Error).message === 'aborted';

/** The file's name is on disk too before anybody is told of the batch. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
