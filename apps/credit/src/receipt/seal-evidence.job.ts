import { sealEntries } from '@app/evidence';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Chains the committed entries of the log. */
@Injectable()
export class SealEvidenceJob extends PeriodicJob {
  /** An entry waits about this long until the chain holds it; its signed receipt binds us meanwhile. */
  protected override readonly everyMs = 1_000;

  constructor(private readonly db: DataSource) {
    super();
  }

  async run(): Promise<void> {
    await sealEntries(this.db);
  }
}
