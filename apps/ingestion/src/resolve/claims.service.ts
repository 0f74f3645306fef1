import { createHash } from 'node:crypto';

import { Clock, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';

import type { Contract } from '../contract/contract.rules.js';
import { type FileForReading, rowsOf } from '../file/row.driver.js';
import { accountReader } from '../row/row.rules.js';
import { type Claimed, claimKey, claimReaderOf, type ClaimReader, type KnownClaim } from './claim.rules.js';
import { Matcher } from './matcher.service.js';
import type { Querying } from './querying.driver.js';

/** Claims looked up, and matched, in one go. */
const blockMax = 200;
/** Claims kept in memory for one delivery, about 60 MB; what more of them say waits as before: without a code. */
const claimsMax = 200_000;

export interface ClaimBatch {
  id: string;
  feed: string;
  received_at: Date;
}

export type ClaimedBy = (cells: readonly string[]) => KnownClaim | undefined;

/**
 * Before a delivery is worked on, finds out whom its rows without a code mean: what was decided before it arrived holds,
 * new claims are matched now. What it decides by is kept with the batch, so that a batch that is resumed decides alike.
 */
@Injectable()
export class Claims {
  constructor(
    private readonly matcher: Matcher,
    private readonly clock: Clock,
  ) {}

  /** undefined for feeds whose rows must carry their code. */
  async prepare(
    db: Querying,
    batch: ClaimBatch,
    { contract, file, accounts }: { contract: Contract; file: FileForReading; accounts: ReadonlyMap<string, string> },
  ): Promise<ClaimedBy | undefined> {
    const read = unlessMapped(claimReaderOf(contract), accountReader(contract, { accounts }));
    if (!read) return undefined;
    const known = new Map<string, KnownClaim>();
    let block = new Map<string, Claimed>();
    const lookUp = async () => {
      for (const [key, claim] of await this.known(db, batch, block)) known.set(key, claim);
      block = new Map();
    };
    for await (const rows of rowsOf(file))
      for (const row of rows.filter(({ faults }) => faults.length === 0)) {
        const claimed = read(row.cells);
        const key = claimed && claimKey(claimed);
        if (key === undefined || known.has(key) || known.size + block.size >= claimsMax) continue;
        block.set(key, claimed!);
        if (block.size >= blockMax) await lookUp();
      }
    await lookUp();
    return (cells) => {
      const claimed = read(cells);
      return claimed && known.get(claimKey(claimed));
    };
  }

  private async known(db: Querying, batch: ClaimBatch, block: Map<string, Claimed>): Promise<Map<string, KnownClaim>> {
    if (block.size === 0) return new Map();
    const keys = [...block.keys()];
    const digests = keys.map(digestOf);
    await this.note(
      db,
      batch,
      [...block.values()].map((claimed, at) => ({ claimed, digest: digests[at]! })),
    );
    const fresh = await db.rows<{ id: string; claimed: Claimed }>(
      `select id, claimed from claim where feed = $1 and digest = any($2) and state = 'NEW'`,
      [batch.feed, digests],
    );
    for (const claim of fresh) await this.matcher.match(db, claim, { batchId: batch.id });
    // What a person decides while the batch runs is carried out after it: for the batch the day of its arrival counts.
    const rows = await db.rows<{ id: string; digest: string; uscc: string | null }>(
      `select c.id, c.digest, d.uscc from claim c
       left join lateral (
         select uscc from claim_decision
         where claim_id = c.id and (decided_at <= $3 or batch_id = $4) order by number desc limit 1
       ) d on true
       where c.feed = $1 and c.digest = any($2)`,
      [batch.feed, digests, batch.received_at, batch.id],
    );
    const byDigest = new Map(rows.map((row) => [row.digest, row]));
    return new Map(keys.map((key, at) => [key, byDigest.get(digests[at]!)!]));
  }

  private async note(db: Querying, batch: ClaimBatch, list: { claimed: Claimed; digest: string }[]): Promise<void> {
    const now = this.clock.now();
    const rows = list.map(({ claimed, digest }) => ({ id: uuidv7(now), claimed, digest }));
    await db.rows(
      `insert into claim (id, feed, digest, claimed, state, seen_at, first_batch_id)
       select id, $2, digest, claimed, 'NEW', $3, $4
       from jsonb_to_recordset($1::jsonb) as c (id uuid, digest text, claimed jsonb)
       on conflict (feed, digest) do nothing`,
      [JSON.stringify(rows), batch.feed, now, batch.id],
    );
  }
}

const digestOf = (key: string): string => createHash('sha256').update(key).digest('hex');

/** A mapped account goes before whatever else the row says. */
function unlessMapped(
  read: ClaimReader | undefined,
  accountOf: (cells: readonly string[]) => string | undefined,
): ClaimReader | undefined {
  return read && ((cells) => (cells[1]!.trim() === '' && accountOf(cells) !== undefined ? undefined : read(cells)));
}
