import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

import { MedianService } from './median.service.js';

@Injectable()
export class MedianJob extends PeriodicJob {
  /** A new house shows its first medians soon; a look that finds nothing due reads a row and counts a small house. */
  protected override readonly everyMs = 10_000;

  constructor(private readonly medians: MedianService) {
    super();
  }

  async run(): Promise<void> {
    await this.medians.takeIfDue();
  }
}
