import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { TooManyAttempts } from './attempt.error.js';
import { type BackOff, waitSeconds } from './back-off.rules.js';

/** What is guarded (`login:ann`, `uscc:9132…`) against whom (a network, or `*` for everybody). */
interface Guarded {
  subject: string;
  network: string;
}

/** Wrong attempts, kept in the database so that a restart or another process forgives nothing. */
@Injectable()
export class Attempts {
  /** @throws TooManyAttempts while the last failures still cost time */
  async check(db: EntityManager, { subject, network }: Guarded, now: Date, limits: BackOff): Promise<void> {
    const [row]: { failures: number; last_failed_at: Date }[] = await db.query(
      'select failures, last_failed_at from failed_attempt where subject = $1 and network = $2',
      [subject, network],
    );
    if (!row) return;
    const wait = waitSeconds({ failures: row.failures, lastFailedAt: row.last_failed_at }, now, limits);
    if (wait > 0) throw new TooManyAttempts(wait);
  }

  async failed(db: EntityManager, { subject, network }: Guarded, now: Date, limits: BackOff): Promise<void> {
    const forgotten = new Date(now.getTime() - limits.forgottenAfterSeconds * 1_000);
    await db.query(
      `insert into failed_attempt as known (subject, network, failures, last_failed_at) values ($1, $2, 1, $3)
       on conflict (subject, network) do update set last_failed_at = excluded.last_failed_at,
         failures = case when known.last_failed_at <= $4 then 1 else known.failures + 1 end`,
      [subject, network, now, forgotten],
    );
  }

  async succeeded(db: EntityManager, { subject, network }: Guarded): Promise<void> {
    await db.query('delete from failed_attempt where subject = $1 and network = $2', [subject, network]);
  }
}
