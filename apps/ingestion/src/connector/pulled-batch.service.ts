import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { ReferenceReused } from '../batch/batch.error.js';
import { type Delivery, Intake } from '../batch/intake.service.js';

export interface PulledBatch {
  feed: string;
  origin: Delivery['origin'];
  /** Names the rows: the same rows fetched again have the same reference. */
  reference: string;
  /** NDJSON without it. */
  form?: 'NDJSON' | 'TOPIC';
  lines: readonly string[];
}

/** Rows that we fetched become a batch like any other, together with the place that we have reached. */
@Injectable()
export class PulledBatches {
  constructor(private readonly intake: Intake) {}

  async take(
    { feed, origin, reference, form = 'NDJSON', lines }: PulledBatch,
    also: (tx: EntityManager) => Promise<void>,
  ): Promise<void> {
    const text = lines.map((line) => `${line}\n`).join('');
    const take = (name: string) =>
      this.intake.take(
        { feed, origin, reference: name, deliveredBy: null, form, charset: 'utf-8' },
        Readable.from([Buffer.from(text)]),
        also,
      );
    try {
      await take(reference);
    } catch (error) {
      if (!(error instanceof ReferenceReused)) throw error;
      // The source gives other rows for an old place, as after it was set up anew: they are another batch.
      await take(`${reference}-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`);
    }
  }
}
