import { Allow } from '@app/auth';
import { Controller, HttpCode, Param, Post } from '@nestjs/common';

import { Contracts } from '../contract/contract.service.js';
import { PullJob } from './pull.job.js';
import { PullResponse } from './pull.response.js';

@Controller()
export class PullController {
  constructor(
    private readonly contracts: Contracts,
    private readonly job: PullJob,
  ) {}

  /** Asks the source of a feed for what is new, now. */
  @Post('feeds/:feed/pulls')
  @HttpCode(202)
  @Allow('operator')
  start(@Param('feed') feed: string): PullResponse {
    this.contracts.of(feed);
    this.job.start(feed);
    return { feed, status: 'STARTED' };
  }
}
