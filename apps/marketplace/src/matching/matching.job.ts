import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { LimitService } from '../limit/limit.service.js';
import { ProductVersions } from '../product/product-version.service.js';
import type { FitWeights } from './fit.rules.js';
import { MatchingService } from './matching.service.js';

/** A planned version or a changed weight shows on the board within half a minute. */
const roundMs = 30_000;
/** One copy of the service at a time; the others skip the round. */
const leaderSql = 'select pg_try_advisory_xact_lock(hashtextextended($1, 7040)) as mine';

/** What no event tells: the day of a planned version of a product has come, or the weights of the fit have changed. */
@Injectable()
export class MatchingJob extends PeriodicJob {
  protected readonly everyMs = roundMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly versions: ProductVersions,
    private readonly matching: MatchingService,
    private readonly limits: LimitService,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async (tx) => {
      if (!(await leads(tx))) return;
      // The event of each promoted product makes its bank be matched again.
      while ((await this.versions.promoteDue(tx, now)) > 0);
    });
    await this.followWeights(now);
  }

  /** In short transactions; what is cut off begins again, because the weights are written down at the end. */
  private async followWeights(now: Date): Promise<void> {
    const weights = weightsOf(await this.limits.policyAt(this.db.manager, now));
    const [row]: { weights: string }[] = await this.db.query('select weights from match_state');
    if (row?.weights === weights) return;
    let after: string | null = null;
    do {
      const from: string | null = after;
      after = await this.db.transaction(async (tx) =>
        (await leads(tx)) ? this.matching.matchAllAfter(tx, from, now) : elsewhere,
      );
      if (after === elsewhere) return;
    } while (after !== null);
    await this.db.query(
      `insert into match_state (one, weights) values (true, $1)
       on conflict (one) do update set weights = excluded.weights`,
      [weights],
    );
  }
}

/** Another copy of the service is at it. */
const elsewhere = 'elsewhere';

async function leads(tx: EntityManager): Promise<boolean> {
  const [row]: { mine: boolean }[] = await tx.query(leaderSql, ['marketplace.matching']);
  return row?.mine === true;
}

const weightsOf = (policy: FitWeights): string =>
  [
    policy.fitRateWeight,
    policy.fitBandWeight,
    policy.fitAmountWeight,
    policy.fitTermWeight,
    policy.fitFamilyWeight,
  ].join(' ');
