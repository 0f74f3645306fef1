import { Readable } from 'node:stream';

import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Intake } from '../batch/intake.service.js';
import { Contracts } from '../contract/contract.service.js';

interface OpenDecision {
  claim_id: string;
  number: number;
  feed: string;
  uscc: string | null;
  decided_by: string | null;
}

/** Decisions carried out in one round, and rows read at once. */
const decisionsMax = 100;
const pageRows = 1_000;

/**
 * Keys of a claim that are its own to move: nobody holds them, or their version in force came from a row of this claim,
 * or from taking it back. A record that the source itself gave to somebody since then is left alone.
 */
const ownKeys = `
  select k.record_key, h.uscc, h.version, h.withdrawn, h.report_date::text, r.event_date::text
  from (select distinct record_key from claimed_row where claim_id = $1) k
  left join record_head h on h.feed_id = $2 and h.record_key = k.record_key
  left join record r on r.uscc = h.uscc and r.feed_id = h.feed_id and r.record_key = h.record_key
    and r.version = h.version
  where h.record_key is null
     or exists (select from claimed_row c
                where c.batch_id = r.batch_id and c.line_number = r.line_number and c.claim_id = $1)
     or exists (select from claim_decision d where d.claim_id = $1 and d.redelivery_id = r.batch_id)`;

/**
 * Carries decisions out: the rows of a claim are delivered once more, as any delivery is, so that lateness, order,
 * counts and events are those of every row. Rows of a link that was undone are withdrawn in the same way.
 */
@Injectable()
export class Redelivery {
  constructor(
    private readonly db: DataSource,
    private readonly intake: Intake,
    private readonly contracts: Contracts,
    private readonly clock: Clock,
  ) {}

  /** Decisions whose claim's rows have all arrived: batches of before them are over. */
  async run(): Promise<number> {
    const open: OpenDecision[] = await this.db.query(
      `select d.claim_id, d.number, c.feed, d.uscc, d.decided_by
       from claim_decision d join claim c on c.id = d.claim_id
       where d.carried_out_at is null
         and not exists (select from claim_decision later where later.claim_id = d.claim_id and later.number > d.number)
         and not exists (select from batch b where b.feed = c.feed and b.status in ('RECEIVED', 'RUNNING')
                           and b.received_at <= d.decided_at)
       order by d.decided_at limit $1`,
      [decisionsMax],
    );
    for (const decision of open) await this.carryOut(decision);
    return open.length;
  }

  private async carryOut(decision: OpenDecision): Promise<void> {
    const { claim_id: claimId, number, feed } = decision;
    const reference = `resolve-${claimId}-${number}`;
    const [before]: { id: string }[] = await this.db.query('select id from batch where feed = $1 and reference = $2', [
      feed,
      reference,
    ]);
    const id = before?.id ?? (await this.deliver(decision, reference));
    // Decisions that were overtaken before their turn are over with this one.
    await this.db.query(
      `update claim_decision set carried_out_at = $3, redelivery_id = case when number = $2 then $4::uuid end
       where claim_id = $1 and number <= $2 and carried_out_at is null`,
      [claimId, number, this.clock.now(), id],
    );
  }

  private async deliver({ claim_id, feed, uscc, decided_by }: OpenDecision, reference: string): Promise<string | null> {
    const lines = uscc === null ? this.withdrawals(claim_id, feed) : this.rows(claim_id, feed);
    const first = await lines.next();
    if (first.done === true) return null;
    const taken = await this.intake.take(
      { feed, reference, origin: 'RESOLVE', form: 'NDJSON', charset: 'utf-8', deliveredBy: decided_by },
      Readable.from(linesOf(first.value, lines)),
    );
    return taken.id;
  }

  /** The last row of each key and report date, in the order of their coming. */
  private async *rows(claimId: string, feed: string): AsyncGenerator<string> {
    for (let after = '0'; ;) {
      const rows: { place: string; row: object }[] = await this.db.query(
        `with own as (${ownKeys})
         select c.place, c.row from claimed_row c
         where c.claim_id = $1 and c.place > $3 and c.record_key in (select record_key from own)
           and not exists (select from claimed_row later
                           where later.claim_id = $1 and later.record_key = c.record_key and later.place > c.place
                             and later.row ->> 'report_date' = c.row ->> 'report_date')
         order by c.place limit $4`,
        [claimId, this.contracts.idOf(feed), after, pageRows],
      );
      for (const { row } of rows) yield JSON.stringify(row);
      if (rows.length < pageRows) return;
      after = rows.at(-1)!.place;
    }
  }

  private async *withdrawals(claimId: string, feed: string): AsyncGenerator<string> {
    const rows: { record_key: string; uscc: string; report_date: string; event_date: string }[] = await this.db.query(
      `select record_key, uscc, report_date, event_date from (${ownKeys}) own where not withdrawn order by record_key`,
      [claimId, this.contracts.idOf(feed)],
    );
    for (const row of rows) yield JSON.stringify({ ...row, op: 'D' });
  }
}

async function* linesOf(first: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield `${first}\n`;
  for await (const line of rest) yield `${line}\n`;
}
