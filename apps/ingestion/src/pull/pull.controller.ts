import { Allow } from '@app/auth';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';

import { Contracts } from '../contract/contract.service.js';
import { Pauses } from '../operation/pauses.service.js';
import { PullJob } from './pull.job.js';
import { PullResponse } from './pull.response.js';

@Controller()
export class PullController {
  constructor(
    private readonly contracts: Contracts,
    private readonly job: PullJob,
    private readonly pauses: Pauses,
  ) {}

  /** Asks the source of a feed for what is new, now; 409 while the feed is paused. */
  @Post('feeds/:feed/pulls')
  @HttpCode(202)
  @Allow('operator')
  async start(@Param('feed') feed: string): Promise<PullResponse> {
    this.contracts.of(feed);
    await this.pauses.expectFlowing(feed);
    this.job.start(feed);
    return { feed, status: 'STARTED' };
  }
}
