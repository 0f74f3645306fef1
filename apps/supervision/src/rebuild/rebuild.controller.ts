import { Allow } from '@app/auth';
import { type Command, CurrentCommand, pageOf, PageQuery, pageRowsMax } from '@app/service';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';

import { RebuildPage, RebuildResponse, toRebuildResponse } from './rebuild.response.js';
import { Rebuilds } from './rebuild.service.js';
import { RequestRebuildRequest } from './request-rebuild.request.js';

@Controller('rebuilds')
export class RebuildController {
  constructor(private readonly rebuilds: Rebuilds) {}

  /** Accepted at once and done soon after; the old figures are served until then. */
  @Allow('operator')
  @HttpCode(202)
  @Post()
  async request(
    @CurrentCommand() command: Command,
    @Body() { reason }: RequestRebuildRequest,
  ): Promise<RebuildResponse> {
    return toRebuildResponse(await this.rebuilds.request(command, reason));
  }

  @Allow('operator')
  @Get()
  async list(@Query() query: PageQuery): Promise<RebuildPage> {
    const limit = query.limit ?? pageRowsMax;
    const rows = await this.rebuilds.list(query.cursor, limit);
    return pageOf(rows, limit, toRebuildResponse, ({ id }) => [id]);
  }
}
