import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AppliedLimitsQuery } from './applied-limits.request.js';
import { DecideLimitChangeRequest } from './decide-limit-change.request.js';
import { AlertPage } from './headroom.response.js';
import { LimitQueryService } from './limit-query.service.js';
import { AppliedLimitsResponse, LimitChangeResponse, LimitsResponse } from './limit.response.js';
import { LimitService } from './limit.service.js';
import { ListAlertsQuery } from './list-alerts.request.js';
import { ProposeLimitChangeRequest } from './propose-limit-change.request.js';

@Controller('limits')
export class LimitController {
  constructor(
    private readonly limits: LimitService,
    private readonly queries: LimitQueryService,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The limits in force, planned changes and history. */
  @Get()
  @Allow('operator')
  overview(): Promise<LimitsResponse> {
    return this.limits.overview(this.db.manager, this.clock.now());
  }

  /** The limits as they apply to one need: which value, set by which change. For a bank with its own overrides. */
  @Get('applied')
  @Allow('operator', 'account-manager', 'institution-admin')
  applied(@CurrentViewer() viewer: Viewer, @Query() { needId }: AppliedLimitsQuery): Promise<AppliedLimitsResponse> {
    return this.queries.applied(this.db.manager, viewer, needId, this.clock.now());
  }

  /** Limits that were nearly used up, latest first. */
  @Get('alerts')
  @Allow('operator')
  alerts(@Query() query: ListAlertsQuery): Promise<AlertPage> {
    return this.queries.alerts(this.db.manager, query);
  }

  /** Proposes another value for one parameter. */
  @Post('changes')
  @Allow('operator')
  propose(
    @CurrentCommand() command: Command,
    @Body() request: ProposeLimitChangeRequest,
  ): Promise<LimitChangeResponse> {
    return this.limits.propose(command, request);
  }

  /** A second operator puts a change into force. */
  @Post('changes/:id/approval')
  @HttpCode(200)
  @Allow('operator')
  approve(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: DecideLimitChangeRequest,
  ): Promise<LimitChangeResponse> {
    return this.limits.approve(command, id, request.note);
  }

  /** A second operator turns a change down. */
  @Post('changes/:id/rejection')
  @HttpCode(200)
  @Allow('operator')
  reject(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: DecideLimitChangeRequest,
  ): Promise<LimitChangeResponse> {
    return this.limits.reject(command, id, request.note);
  }
}
