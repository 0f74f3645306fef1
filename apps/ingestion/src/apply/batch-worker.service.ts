import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { dayOf } from '@app/kernel';
import { Injectable, Logger } from '@nestjs/common';
import type { Client } from 'pg';

import { mappedReader } from '../account/account.rules.js';
import type { Charset, Contract, FileForm } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import { FileFault } from '../file/charset.driver.js';
import { Preparation, type ReadableFile } from '../format/preparation.service.js';
import { batchesDir, partRowsMax } from '../ingestion.config.js';
import { Claims } from '../resolve/claims.service.js';
import { onClient } from '../resolve/querying.driver.js';
import { hasPublicityEnd } from '../retention/publicity.rules.js';
import type { Fault } from '../row/fault.rules.js';
import type { FileProblem } from '../row/header.rules.js';
import { type RowContext, rowCheckOf } from '../row/row.rules.js';
import { relaxed } from '../workbench/tolerance.rules.js';
import { type BatchWork, runBatch } from './batch-run.service.js';
import { settleReplayed } from './replay.driver.js';

export interface OpenBatch {
  id: string;
  feed: string;
  form: FileForm;
  charset: Charset | null;
  received_at: Date;
  tries: number;
  /** The contract that was in force when it arrived; null for batches of before that was kept. */
  contract_version_id: number | null;
  /** What two people accepted to be wrong with its rows. */
  tolerates: Fault[] | null;
  /** Of a kept file that is applied again: which delivery it repeats, its place in line, who asked for it. */
  replay_of: string | null;
  replay_arrival: string | null;
  run_id: string | null;
}

/** Failures without a part between them; beyond, somebody must look, and the feed goes on with its next batch. */
const triesMax = 10;
/** Waits 2, 4, 8 … seconds after a failure, at most a minute. */
const waitSecondsMax = 60;

/** Works on one batch: reads what its rows are checked against, runs it, and writes how it ended. */
@Injectable()
export class BatchWorker {
  private readonly logger = new Logger(BatchWorker.name);

  constructor(
    private readonly contracts: Contracts,
    private readonly preparation: Preparation,
    private readonly claims: Claims,
  ) {}

  /** The first open batch of a feed, unless it is waiting after a failure or the feed is paused. */
  async next(client: Client, feed: string): Promise<OpenBatch | undefined> {
    const { rows } = await client.query<OpenBatch & { waiting: boolean }>(
      `select id, feed, form, charset, received_at, tries, contract_version_id, tolerates,
              replay_of, replay_arrival, run_id,
              not_before is not null and not_before > clock_timestamp() as waiting
       from batch
       where feed = $1 and status in ('RECEIVED', 'RUNNING') and not exists (select from paused_feed p where p.feed = $1)
       order by arrival limit 1`,
      [feed],
    );
    return rows[0]?.waiting ? undefined : rows[0];
  }

  async work(
    client: Client,
    batch: OpenBatch,
    control: Pick<BatchWork, 'now' | 'committed' | 'stopping'>,
  ): Promise<void> {
    try {
      await client.query(`update batch set status = 'RUNNING', started_at = coalesce(started_at, $2) where id = $1`, [
        batch.id,
        control.now(),
      ]);
      const done = await runBatch({ ...(await this.workOf(client, batch)), ...control });
      if (done) await this.end(client, batch, control.now());
      if (done) await this.preparation.clear(join(batchesDir(), batch.id));
    } catch (error) {
      await this.fail(client, batch, { error, at: control.now() });
    }
  }

  private async end(client: Client, { id, replay_of, run_id }: OpenBatch, at: Date): Promise<void> {
    await client.query('begin');
    try {
      if (replay_of && run_id) await settleReplayed(client, { id, replay_of, run_id }, at);
      await finish(client, id, { status: 'DONE', at });
      await client.query('commit');
    } catch (error) {
      await client.query('rollback').catch(() => undefined);
      throw error;
    }
  }

  private async workOf(client: Client, batch: OpenBatch) {
    const contract = await this.contracts.ofBatch(batch);
    const path = join(batchesDir(), batch.id);
    if (!existsSync(path))
      throw new FileFault({ code: 'FILE_GONE', zh: '批次文件已不存在', en: 'the file of this batch is gone' });
    const { form, charset } = batch;
    const { file, report } = await this.preparation.of({ path, form, charset, contract });
    await remember(client, batch, { file, report });
    const context = await contextOf(client, batch, contract);
    const claimedBy = await this.claims.prepare(onClient(client), batch, {
      contract,
      file,
      accounts: context.accounts,
    });
    // What is shown and kept goes by the law of today, not of the day of delivery.
    const today = this.contracts.of(batch.feed);
    return {
      client,
      file,
      check: rowCheckOf(relaxed(contract, batch.tolerates ?? []), { ...context, claimedBy }),
      claimedBy,
      isMapped: mappedReader(contract, context.accounts),
      place: {
        batchId: batch.id,
        feed: batch.feed,
        feedId: this.contracts.idOf(batch.feed),
        receivedAt: batch.received_at,
        hiding: hasPublicityEnd(today) ? today : undefined,
        keeping: today,
        replay: batch.replay_arrival === null ? undefined : { arrival: batch.replay_arrival, contract: today },
      },
      partRows: partRowsMax(),
    };
  }

  private async fail(client: Client, batch: OpenBatch, { error, at }: { error: unknown; at: Date }): Promise<void> {
    if (error instanceof FileFault) {
      await this.preparation.clear(join(batchesDir(), batch.id));
      await finish(client, batch.id, { status: 'FAILED', at, problem: error.problem });
      return;
    }
    this.logger.error(error);
    const tries = batch.tries + 1;
    const problem: FileProblem = {
      code: 'FILE_STUCK',
      zh: `处理在第 ${tries} 次尝试后仍失败；已提交的部分保留，请联系运营方`,
      en: `the work failed ${tries} times; parts that were committed stay. Ask the operator`,
    };
    if (tries >= triesMax) {
      await finish(client, batch.id, { status: 'FAILED', at, problem });
      return;
    }
    await client.query(
      `update batch set tries = tries + 1, not_before = clock_timestamp() + make_interval(secs => $2) where id = $1`,
      [batch.id, Math.min(2 ** tries, waitSecondsMax)],
    );
  }
}

/** What was found on the way to the rows: people see it beside the counts. */
async function remember(client: Client, batch: OpenBatch, { file, report }: ReadableFile): Promise<void> {
  const charset = file.form === 'ROWS' ? batch.charset : file.charset;
  await client.query('update batch set charset = $2, layout = $3, notes = $4 where id = $1', [
    batch.id,
    charset,
    JSON.stringify(report.layout),
    JSON.stringify(report.notes),
  ]);
}

/** Everything as it was when the batch arrived: a batch that is resumed tomorrow decides as it did today. */
async function contextOf(client: Client, batch: OpenBatch, contract: Contract): Promise<RowContext> {
  const codes = await client.query<{ uscc: string }>(
    'select uscc from allowed_code where added_at <= $1 and (ended_at is null or ended_at > $1)',
    [batch.received_at],
  );
  const accounts = contract.accountBy
    ? await client.query<{ account: string; uscc: string }>(
        `select account, uscc from (
           select distinct on (account) account, uscc from account_mapping
           where feed = $1 and added_at <= $2 order by account, added_at desc) last
         where uscc is not null`,
        [batch.feed, batch.received_at],
      )
    : { rows: [] };
  return {
    today: dayOf(batch.received_at),
    allowedCodes: new Set(codes.rows.map(({ uscc }) => uscc)),
    accounts: new Map(accounts.rows.map(({ account, uscc }) => [account, uscc])),
  };
}

async function finish(
  client: Client,
  id: string,
  end: { status: 'DONE' | 'FAILED'; at: Date; problem?: FileProblem },
): Promise<void> {
  await client.query('update batch set status = $2, finished_at = $3, problem = $4 where id = $1', [
    id,
    end.status,
    end.at,
    end.problem ? JSON.stringify(end.problem) : null,
  ]);
}
