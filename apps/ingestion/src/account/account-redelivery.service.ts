import { Readable } from 'node:stream';

import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Intake } from '../batch/intake.service.js';
import { Contracts } from '../contract/contract.service.js';
import { accountByField, rowOfRecord } from './account.rules.js';

interface OpenMove {
  number: string;
  feed: string;
  account: string;
  uscc: string | null;
  added_by: string;
}

interface MovingRecord {
  record_key: string;
  uscc: string;
  event_date: string;
  report_date: string;
  fields: Record<string, unknown>;
}

const movesMax = 100;

/** Ten years of a meter that is read each month are 120. */
const recordsMax = 10_000;

/**
 * Records in force that an account brought to those whom it was mapped to before. Rows that carried a code of their own
 * are their source's word and stay. Read enterprise by enterprise: the records of one in one feed.
 */
const movingSql = `
  select r.record_key, r.uscc, r.event_date::text, h.report_date::text, r.fields
  from (select distinct uscc from account_mapping
        where feed = $1 and account = $2 and number < $3 and uscc is not null and uscc is distinct from $4) b
  join record r on r.uscc = b.uscc and r.feed_id = $5
  join record_head h on h.feed_id = r.feed_id and h.record_key = r.record_key and h.version = r.version
  where not h.withdrawn and r.fields @> $6::jsonb
    and exists (select from mapped_row m where m.batch_id = r.batch_id and m.line_number = r.line_number)
  order by r.record_key limit ${recordsMax}`;

/** Carries out that an account was never whose it was said to be: its records are delivered once more, as any delivery is. */
@Injectable()
export class AccountRedelivery {
  constructor(
    private readonly db: DataSource,
    private readonly intake: Intake,
    private readonly contracts: Contracts,
    private readonly clock: Clock,
  ) {}

  /** Once all that came under the old mapping has been worked off. */
  async run(): Promise<number> {
    const open: OpenMove[] = await this.db.query(
      `select m.number, m.feed, m.account, m.uscc, m.added_by from account_mapping m
       where m.moves and m.carried_out_at is null
         and not exists (select from batch b where b.feed = m.feed and b.status in ('RECEIVED', 'RUNNING')
                           and b.received_at <= m.added_at)
       order by m.number limit $1`,
      [movesMax],
    );
    for (const move of open) await this.carryOut(move);
    return open.length;
  }

  private async carryOut(move: OpenMove): Promise<void> {
    const { number, feed } = move;
    const reference = `account-${feed}-${number}`;
    const [before]: { id: string }[] = await this.db.query('select id from batch where feed = $1 and reference = $2', [
      feed,
      reference,
    ]);
    const id = before?.id ?? (await this.deliver(move, reference));
    await this.db.query(
      'update account_mapping set carried_out_at = $3, redelivery_id = $4 where feed = $1 and number = $2',
      [feed, number, this.clock.now(), id],
    );
  }

  private async deliver(move: OpenMove, reference: string): Promise<string | null> {
    const { feed, account, uscc, number, added_by: deliveredBy } = move;
    const contract = this.contracts.of(feed);
    const named = accountByField(contract.accountBy ?? [], account);
    const records: MovingRecord[] = await this.db.query(movingSql, [
      feed,
      account,
      number,
      uscc,
      this.contracts.idOf(feed),
      JSON.stringify(named),
    ]);
    if (records.length === 0) return null;
    const lines = records.map((record) => {
      const { record_key, event_date, report_date } = record;
      // Without a code they go where the account goes by now; a withdrawal says from whom.
      const whose = uscc === null ? { uscc: record.uscc, op: 'D' } : { op: 'U' };
      return JSON.stringify({ record_key, event_date, report_date, ...whose, ...rowOfRecord(contract, record.fields) });
    });
    const delivery = { feed, reference, origin: 'RESOLVE', form: 'NDJSON', charset: 'utf-8', deliveredBy } as const;
    const taken = await this.intake.take(delivery, Readable.from([`${lines.join('\n')}\n`]));
    return taken.id;
  }
}
