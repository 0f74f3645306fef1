import { Readable } from 'node:stream';

import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Intake } from '../batch/intake.service.js';
import { worksOnBatches } from '../ingestion.config.js';
import type { Fault } from '../row/fault.rules.js';

interface OpenAct {
  id: string;
  feed: string;
  contract_version_id: number | null;
  tolerates: Fault[] | null;
  made_by: string;
}

/** Acts delivered in one round. */
const actsMax = 20;

/**
 * Delivers what people mended or accepted. Its reference is the act's, so that a second round, or another copy of the
 * service, finds the delivery of the first; its line n is the act's row n.
 */
@Injectable()
export class MendingJob extends PeriodicJob {
  protected override readonly everyMs = 1_000;

  constructor(
    private readonly db: DataSource,
    private readonly intake: Intake,
  ) {
    super();
  }

  override async run(): Promise<void> {
    if (!worksOnBatches()) return;
    const acts: OpenAct[] = await this.db.query(
      `select id, feed, contract_version_id, tolerates, made_by from settlement_act
       where state = 'SETTLED' and kind <> 'DISMISSAL' and into_batch is null order by id limit $1`,
      [actsMax],
    );
    for (const act of acts) await this.deliver(act);
  }

  private async deliver(act: OpenAct): Promise<void> {
    const rows: { row: object }[] = await this.db.query('select row from settlement where act_id = $1 order by place', [
      act.id,
    ]);
    const delivery = {
      feed: act.feed,
      reference: `workbench-${act.id}`,
      origin: 'WORKBENCH',
      form: 'NDJSON',
      charset: 'utf-8',
      deliveredBy: act.made_by,
      contractVersionId: act.contract_version_id,
      tolerates: act.tolerates,
    } as const;
    const lines = rows.map(({ row }) => `${JSON.stringify(row)}\n`);
    await this.intake.take(delivery, Readable.from(lines), async (tx) => {
      await tx.query(
        `update settlement_act set into_batch = (select id from batch where feed = $2 and reference = $3) where id = $1`,
        [act.id, act.feed, delivery.reference],
      );
    });
  }
}
