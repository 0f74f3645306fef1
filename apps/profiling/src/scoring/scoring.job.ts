import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';

import { ScoringService } from './scoring.service.js';

/** Copies of the service share the marks through SKIP LOCKED. */
@Injectable()
export class ScoringJob extends PeriodicJob {
  /** A file touches an enterprise in several parts and feeds: half a second lets them gather into one scoring. */
  protected readonly everyMs = 500;

  constructor(private readonly scoring: ScoringService) {
    super();
  }

  async run(): Promise<void> {
    await this.scoring.catchUp();
  }
}
