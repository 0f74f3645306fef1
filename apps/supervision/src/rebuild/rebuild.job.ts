import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

import { Rebuilds } from './rebuild.service.js';

@Injectable()
export class RebuildJob extends PeriodicJob {
  /** An operator waits for it, and looking costs one read of an index. */
  protected override readonly everyMs = 2_000;

  constructor(private readonly rebuilds: Rebuilds) {
    super();
  }

  async run(): Promise<void> {
    await this.rebuilds.work();
  }
}
