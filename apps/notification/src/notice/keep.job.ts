import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { keepDays } from './plan.rules.js';

/** So many at a time keep a statement short; a round goes on until there are no more. */
const atOnce = 5_000;

const old: readonly string[] = [
  `delete from notice where (person_id, number) in (select person_id, number from notice where told_at < $1 limit ${atOnce})`,
  `delete from delivery where id in (select id from delivery where digest_day is not null and created_at < $1 limit ${atOnce})`,
  `delete from webhook_message where id in
     (select id from webhook_message where created_at < $1 and state in ('DELIVERED', 'PARKED') limit ${atOnce})`,
];

/** Forgets what is older than the list keeps. */
@Injectable()
export class KeepJob extends PeriodicJob {
  protected override readonly everyMs = 60 * 60_000;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - keepDays * 86_400_000);
    for (const sql of old) await this.sweep(sql, before);
  }

  private async sweep(sql: string, before: Date): Promise<void> {
    let count = atOnce;
    while (count === atOnce) [, count] = (await this.db.query(sql, [before])) as [unknown, number];
  }
}
