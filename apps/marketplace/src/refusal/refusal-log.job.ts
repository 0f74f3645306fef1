import { uuidv7 } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

interface Counted {
  institutionId: string;
  institutionCode: string;
  code: string;
  minute: Date;
  refusals: number;
}

const minuteMs = 60_000;

const insertSql = `
  insert into grab_refusal (id, minute, institution_id, institution_code, code, refusals)
  select id, minute, institution_id, institution_code, code, refusals
  from json_to_recordset($1::json) as row (
    id uuid, minute timestamptz, institution_id uuid, institution_code text, code text, refusals integer)`;

/**
 * The trace that refused grabs leave: how often each bank was refused for which reason, by the minute. A refusal costs
 * the lane a number in memory; once a second the numbers are written together. A process that is killed loses at most
 * that second of the trace, and no grab.
 */
@Injectable()
export class RefusalLog extends PeriodicJob {
  protected readonly everyMs = 1_000;
  private counted = new Map<string, Counted>();

  constructor(private readonly db: DataSource) {
    super();
  }

  count(institutionId: string, institutionCode: string, code: string, now: Date): void {
    const minute = Math.floor(now.getTime() / minuteMs) * minuteMs;
    const key = `${institutionId} ${code} ${minute}`;
    const known = this.counted.get(key);
    if (known) known.refusals += 1;
    else this.counted.set(key, { institutionId, institutionCode, code, minute: new Date(minute), refusals: 1 });
  }

  async run(): Promise<void> {
    if (this.counted.size === 0) return;
    const taken = this.counted;
    this.counted = new Map();
    const rows = [...taken.values()].map((one) => ({
      id: uuidv7(one.minute),
      minute: one.minute,
      institution_id: one.institutionId,
      institution_code: one.institutionCode,
      code: one.code,
      refusals: one.refusals,
    }));
    try {
      await this.db.query(insertSql, [JSON.stringify(rows)]);
    } catch (error) {
      this.putBack(taken);
      throw error;
    }
  }

  /** What is counted is written before the pool closes. */
  override async beforeApplicationShutdown(): Promise<void> {
    await super.beforeApplicationShutdown();
    await this.run().catch(() => undefined);
  }

  private putBack(taken: ReadonlyMap<string, Counted>): void {
    for (const [key, counted] of taken) {
      const since = this.counted.get(key);
      if (since) since.refusals += counted.refusals;
      else this.counted.set(key, counted);
    }
  }
}
