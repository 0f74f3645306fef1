import { Allow } from '@app/auth';
import { Controller, Get } from '@nestjs/common';

import { OverviewResponse } from './overview.response.js';
import { Overview } from './overview.service.js';

@Controller('overview')
export class OverviewController {
  constructor(private readonly overview: Overview) {}

  /** 总览: how much was asked for, taken up, offered and paid this month, with a year of months. */
  @Allow('regulator')
  @Get()
  async read(): Promise<OverviewResponse> {
    return this.overview.read();
  }
}
