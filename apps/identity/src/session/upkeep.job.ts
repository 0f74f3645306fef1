import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { registrationLimits, sessionLimits, signInLimits } from '../identity.config.js';
import { SigningKeys } from '../key/signing-key.service.js';

const forgottenAfterSeconds = Math.max(
  signInLimits.forgottenAfterSeconds.value,
  registrationLimits.forgottenAfterSeconds.value,
);

/** Forgets what has served its time: failures of yesterday, sessions of half a year ago, retired private keys. */
@Injectable()
export class Upkeep extends PeriodicJob {
  protected override readonly everyMs = 10 * 60_000;

  constructor(
    private readonly db: DataSource,
    private readonly keys: SigningKeys,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Each statement is harmless when copies of the service run it at the same time. */
  override async run(): Promise<void> {
    await this.db.query(
      `delete from failed_attempt where last_failed_at < $1::timestamptz - make_interval(secs => $2)`,
      [this.clock.now(), forgottenAfterSeconds],
    );
    await this.db.query(`delete from session where expires_at < now() - make_interval(days => $1)`, [
      sessionLimits.keptDays.value,
    ]);
    await this.keys.dropRetired();
  }
}
