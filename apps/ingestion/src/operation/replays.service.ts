import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { Intake } from '../batch/intake.service.js';
import type { Charset, FileForm } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { batchesDir } from '../ingestion.config.js';
import type { Fault } from '../row/fault.rules.js';
import type { RunRow } from './run.response.js';

interface Kept {
  id: string;
  arrival: string;
  feed: string;
  form: FileForm;
  charset: Charset | null;
  bytes: string;
  tolerates: Fault[] | null;
  /** The last state of the contract's version that it came under. */
  mended_id: number | null;
}

type Wish = Pick<RunRow, 'id' | 'feed' | 'batch_id' | 'contract' | 'received_from' | 'received_before'>;

/** Deliveries that ended, and that no replay made. */
const chosen = `
  feed = $1 and ($2::uuid is null or id = $2) and status in ('DONE', 'FAILED') and replay_of is null
  and ($3::timestamptz is null or received_at >= $3) and ($4::timestamptz is null or received_at < $4)`;

const wishOf = ({ feed, batch_id, received_from, received_before }: Wish): unknown[] => [
  feed,
  batch_id,
  received_from,
  received_before,
];

/**
 * Delivers kept files once more, each as a batch of its own with the place in line of the delivery that it repeats: what
 * came later stays as it is, what is there already is unchanged, and what a mended contract lets pass comes in.
 */
@Injectable()
export class Replays {
  constructor(
    private readonly db: DataSource,
    private readonly intake: Intake,
    private readonly contracts: Contracts,
  ) {}

  isKept(batchId: string): boolean {
    return existsSync(join(batchesDir(), batchId));
  }

  async count(tx: EntityManager, wish: Wish): Promise<number> {
    const [row]: { batches: number }[] = await tx.query(
      `select count(*)::int as batches from batch where ${chosen}`,
      wishOf(wish),
    );
    return row!.batches;
  }

  /** In the order of their arrival, behind a place. */
  async next(wish: Wish, place: string, limit: number): Promise<Kept[]> {
    return this.db.query(
      `select b.id, b.arrival, b.feed, b.form, b.charset, b.bytes, b.tolerates,
              (select l.id from contract_version v
               join contract_version l on l.feed = v.feed and l.version = v.version
               where v.id = b.contract_version_id order by l.revision desc limit 1) as mended_id
       from (select * from batch where ${chosen} and arrival > $5 order by arrival limit $6) b order by b.arrival`,
      [...wishOf(wish), place === '' ? '0' : place, limit],
    );
  }

  /** Batches of the feed that are not worked off yet. */
  async waiting(feed: string): Promise<number> {
    const [row]: { waiting: number }[] = await this.db.query(
      `select count(*)::int as waiting from batch where feed = $1 and status in ('RECEIVED', 'RUNNING')`,
      [feed],
    );
    return row!.waiting;
  }

  async isWorkedOff(runId: string): Promise<boolean> {
    const open: unknown[] = await this.db.query(
      `select from batch where run_id = $1 and status in ('RECEIVED', 'RUNNING') limit 1`,
      [runId],
    );
    return open.length === 0;
  }

  /** False when the file is not kept any more. Doing it again for one run finds the first. */
  async deliver(run: Wish, batch: Kept): Promise<boolean> {
    if (!this.isKept(batch.id)) return false;
    const { feed, form, charset, tolerates } = batch;
    const current = this.contracts.versionIdOf(feed);
    const delivery = {
      feed,
      form,
      charset,
      tolerates,
      origin: 'REPLAY' as const,
      reference: `replay-${batch.id}-${run.id}`,
      deliveredBy: null,
      contractVersionId: run.contract === 'CURRENT' ? current : (batch.mended_id ?? current),
      replay: { of: batch.id, arrival: batch.arrival, runId: run.id },
    };
    const file = { path: join(batchesDir(), batch.id), bytes: Number(batch.bytes), sha256: null };
    await this.intake.adopt(delivery, file, async () => undefined);
    return true;
  }
}
