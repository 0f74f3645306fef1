import { Clock, dayOf, uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { afterQuiet, nextAt } from '../setting/quiet.rules.js';
import { digestAtDefault } from '../setting/wishes.service.js';
import { mailRetries, nextTry } from './retry.rules.js';

export interface Claimed {
  id: string;
  person_id: string;
  channel: 'EMAIL' | 'SMS';
  notice_id: string | null;
  urgent: boolean;
  tries: number;
}

/** Longer than any send may take, so that a lease lapses only when its holder has died. */
const leaseMs = 120_000;

/**
 * A message whose sender died may have gone out or not. It is sent again once, so that at most one double arrives and
 * nothing is lost to one crash; after a second one a person decides.
 */
const lapsesMax = 1;
const unknownOutcome = 'the sender died twice while sending: whether it went out is not known';

/** People whose digest is made in one round. */
const digestsMax = 100;

/** The queue of what goes out: who takes a message has it alone, and says how it went. */
@Injectable()
export class DeliveryQueue {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Takes up to `max` messages that are due, and those that a dead sender left behind. */
  async claim(max: number): Promise<Claimed[]> {
    const now = this.clock.now();
    await this.db.query(
      `update delivery set claimed_until = null, lapses = lapses + 1,
              state = case when lapses >= $2 then 'PARKED' else 'QUEUED' end,
              error = case when lapses >= $2 then $3 else error end
       where state = 'SENDING' and claimed_until <= $1`,
      [now, lapsesMax, unknownOutcome],
    );
    const [rows]: [Claimed[], number] = await this.db.query(
      `update delivery d set state = 'SENDING', claimed_until = $2, tries = tries + 1
       from (select id from delivery where state = 'QUEUED' and not_before <= $1
             order by not_before limit $3 for update skip locked) due
       where d.id = due.id returning d.id, d.person_id, d.channel, d.notice_id, d.urgent, d.tries`,
      [now, new Date(now.getTime() + leaseMs), max],
    );
    return rows;
  }

  async sent({ id }: Claimed): Promise<void> {
    await this.end(id, 'SENT', null, `sent_at = $4`, [this.clock.now()]);
  }

  /** Nobody to send it to any more: the address was taken back, or the notice is gone. */
  async skipped({ id }: Claimed, why: string): Promise<void> {
    await this.end(id, 'SKIPPED', why);
  }

  /** It became quiet while the message waited: not a try. */
  async postponed({ id }: Claimed, until: Date): Promise<void> {
    await this.end(id, 'QUEUED', null, 'not_before = $4, tries = tries - 1', [until]);
  }

  async failed({ id, tries }: Claimed, why: string, forGood: boolean): Promise<void> {
    const again = forGood ? null : nextTry(mailRetries, tries, this.clock.now(), Math.random());
    if (again) await this.end(id, 'QUEUED', why, 'not_before = $4', [again]);
    if (!again) await this.end(id, 'PARKED', why);
  }

  /** Makes one message of all that waited for a person's digest; the number of digests. */
  async gatherDigests(): Promise<number> {
    const now = this.clock.now();
    const people: { person_id: string }[] = await this.db.query(
      `select distinct person_id from delivery where state = 'WAITING' and not_before <= $1 limit $2`,
      [now, digestsMax],
    );
    for (const { person_id } of people) await this.db.transaction((tx) => gather(tx, person_id, now));
    return people.length;
  }

  private async end(id: string, state: string, error: string | null, more = '', values: unknown[] = []): Promise<void> {
    await this.db.query(
      `update delivery set state = $2, error = $3, claimed_until = null ${more && `, ${more}`}
       where id = $1 and state = 'SENDING'`,
      [id, state, error?.slice(0, 300) ?? null, ...values],
    );
  }
}

/** One digest a day: what comes after it waits for tomorrow's. */
async function gather(tx: EntityManager, personId: string, now: Date): Promise<void> {
  const waiting: { id: string }[] = await tx.query(
    `select id from delivery where person_id = $1 and state = 'WAITING' and channel = 'EMAIL' and not_before <= $2
     order by id for update skip locked`,
    [personId, now],
  );
  if (waiting.length === 0) return;
  const ids = waiting.map(({ id }) => id);
  const [wish]: { from: number | null; to: number | null; digest_at: number }[] = await tx.query(
    'select quiet_from as from, quiet_to as to, digest_at from setting where person_id = $1',
    [personId],
  );
  const quiet = wish?.from != null && wish.to != null ? { from: wish.from, to: wish.to } : null;
  const [digest]: { id: string }[] = await tx.query(
    `insert into delivery (id, person_id, channel, digest_day, urgent, state, not_before, created_at)
     values ($1, $2, 'EMAIL', $3, false, 'QUEUED', $4, $5) on conflict do nothing returning id`,
    [uuidv7(now), personId, dayOf(now), afterQuiet(now, quiet), now],
  );
  if (digest)
    await tx.query(`update delivery set state = 'DIGESTED', digest_id = $2 where id = any($1)`, [ids, digest.id]);
  if (!digest)
    await tx.query('update delivery set not_before = $2 where id = any($1)', [
      ids,
      nextAt(now, wish?.digest_at ?? digestAtDefault),
    ]);
}
