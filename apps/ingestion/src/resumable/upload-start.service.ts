import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Viewer } from '@app/auth';
import { Clock, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { ReferenceReused } from '../batch/batch.error.js';
import type { Heading } from '../batch/upload.service.js';
import { Contracts } from '../contract/contract.service.js';
import { uploadBytesMax, uploadHours, uploadsDir, uploadsOpenMax } from '../ingestion.config.js';
import { UploadQuota, UploadTooLarge } from './resumable.error.js';
import { toUploadResponse, type UploadResponse, type UploadRow } from './resumable.response.js';

/** Any number that no other advisory lock of the house uses; the second half of the key is the organisation. */
const quotaLock = 7_303;

export interface Announced {
  feed: string;
  heading: Heading;
  bytes: number;
  sha256: string | null;
}

/** Opens files that are going to come in pieces, within what an organisation may have open. */
@Injectable()
export class UploadStart {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly contracts: Contracts,
  ) {}

  /** The same announcement again finds the same upload. @throws ReferenceReused, UploadQuota, UploadTooLarge */
  async start(viewer: Viewer, announced: Announced): Promise<UploadResponse> {
    this.contracts.usedBy(viewer, announced.feed);
    if (announced.bytes > uploadBytesMax()) throw new UploadTooLarge(uploadBytesMax());
    const { row, given } = await this.db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1, hashtext($2))', [quotaLock, viewer.organisation.id]);
      const givenUp = await this.clearExpired(tx, announced);
      return { row: await this.find(tx, viewer, announced), given: givenUp };
    });
    for (const id of given) await rm(join(uploadsDir(), id), { force: true });
    return toUploadResponse(row, null);
  }

  private async clearExpired(tx: EntityManager, { feed, heading }: Announced): Promise<string[]> {
    const [rows]: [{ id: string }[], number] = await tx.query(
      `delete from upload where feed = $1 and reference = $2 and batch_id is null and expires_at <= $3 returning id`,
      [feed, heading.reference, this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }

  private async find(tx: EntityManager, viewer: Viewer, announced: Announced): Promise<UploadRow> {
    const { feed, heading, bytes, sha256 } = announced;
    const [known]: UploadRow[] = await tx.query('select * from upload where feed = $1 and reference = $2', [
      feed,
      heading.reference,
    ]);
    if (known) {
      const same =
        Number(known.bytes) === bytes && known.sha256 === sha256 && known.organisation_id === viewer.organisation.id;
      if (!same || known.form !== heading.form) throw new ReferenceReused();
      return known;
    }
    await this.expectRoom(tx, viewer);
    const now = this.clock.now();
    const [made]: UploadRow[] = await tx.query(
      `insert into upload (id, feed, reference, form, charset, bytes, sha256, organisation_id, started_by, started_at,
                           expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning *`,
      [
        uuidv7(now),
        feed,
        heading.reference,
        heading.form,
        heading.charset,
        bytes,
        sha256,
        viewer.organisation.id,
        viewer.personId,
        now,
        new Date(now.getTime() + uploadHours() * 3_600_000),
      ],
    );
    return made!;
  }

  private async expectRoom(tx: EntityManager, viewer: Viewer): Promise<void> {
    const [counted]: { open: number }[] = await tx.query(
      `select count(*)::int as open from upload where organisation_id = $1 and batch_id is null and expires_at > $2`,
      [viewer.organisation.id, this.clock.now()],
    );
    if (counted!.open >= uploadsOpenMax()) throw new UploadQuota(uploadsOpenMax());
  }
}
