import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { claimOf, NotACommand, pageOf, PageQuery, pageRowsMax } from '@app/service';
import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

import { MakeQueryRequest } from './make-query.request.js';
import { QueryLogService } from './query-log.service.js';
import { QueryAttemptPage, QueryResponse, toAttemptResponse } from './query.response.js';
import { QueryService } from './query.service.js';

@Controller('queries')
export class QueryController {
  constructor(
    private readonly queries: QueryService,
    private readonly log: QueryLogService,
  ) {}

  /** A credit report under the enterprise's authorisation; needs an Idempotency-Key like every command. */
  @Allow('account-manager')
  @NotACommand('a repeat passes the consent gate again before it gets the stored report')
  @Post()
  make(
    @CurrentViewer() viewer: Viewer,
    @Body() body: MakeQueryRequest,
    @Req() request: FastifyRequest,
  ): Promise<QueryResponse> {
    return this.queries.make({ viewer, request: body, claim: claimOf(request), address: request.ip });
  }

  /** Who asked, when, for what: about itself to an enterprise, its own attempts to an institution. */
  @Allow('enterprise', 'account-manager', 'institution-admin')
  @Get()
  async list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<QueryAttemptPage> {
    const limit = query.limit ?? pageRowsMax;
    const rows = await this.log.list(viewer, query.cursor, limit);
    const colleague = viewer.organisation.kind !== 'enterprise';
    return pageOf(
      rows,
      limit,
      (row) => toAttemptResponse(row, colleague),
      (row) => [row.id],
    );
  }
}
