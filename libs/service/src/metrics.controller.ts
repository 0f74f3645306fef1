import { Public } from '@app/auth';
import { registry } from '@app/observe';
import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';

import { refuseStrangers } from './metrics-access.js';

@ApiExcludeController()
@Controller('metrics')
export class MetricsController {
  @Public()
  @Get()
  @Header('content-type', registry.contentType)
  metrics(@Req() request: FastifyRequest): Promise<string> {
    refuseStrangers(request);
    return registry.metrics();
  }
}
