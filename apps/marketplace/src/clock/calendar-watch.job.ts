import { calendarEnding } from '@app/contracts';
import { chineseCalendar, Clock, dayOf } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { isEnding, knownTo } from './calendar.rules.js';

const roundMs = 3_600_000;

/**
 * The State Council announces a year's holidays in November of the year before. From then until the year is in the
 * calendar, deadlines beyond it count weekends only: operators are told once a month, so that nobody finds out from a bank.
 */
@Injectable()
export class CalendarWatch extends PeriodicJob {
  protected readonly everyMs = roundMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    if (!isEnding(chineseCalendar, now)) return;
    const today = dayOf(now);
    await this.db.transaction(async (tx) => {
      const fresh: object[] = await tx.query(
        `insert into calendar_warning (month, at) values (date_trunc('month', $1::date)::date, $2)
         on conflict do nothing returning 1`,
        [today, now],
      );
      if (fresh.length > 0)
        await addToOutbox(tx, calendarEnding, { knownTo: knownTo(chineseCalendar, today), today }, now);
    });
  }
}
