import { Allow } from '@app/auth';
import { Controller, Get, Query } from '@nestjs/common';

import { IndicatorsResponse } from './indicator.response.js';
import { Indicators } from './indicator.service.js';
import { ListIndicatorsQuery } from './list-indicators.request.js';

@Controller('indicators')
export class IndicatorController {
  constructor(private readonly indicators: Indicators) {}

  /** One measure along one dimension; figures of fewer than five enterprises are left out. */
  @Allow('regulator')
  @Get()
  async list(@Query() query: ListIndicatorsQuery): Promise<IndicatorsResponse> {
    return this.indicators.list(query);
  }
}
