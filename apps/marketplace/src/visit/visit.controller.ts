import { Allow } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';

import { PlanVisitRequest } from './plan-visit.request.js';
import { CancelVisitRequest, ReportVisitRequest } from './report-visit.request.js';
import { VisitResponse } from './visit.response.js';
import { VisitService } from './visit.service.js';

@Controller('grabs/:id/visits')
export class VisitController {
  constructor(private readonly visits: VisitService) {}

  /** Plans a site visit; the enterprise sees when. */
  @Post()
  @Allow('account-manager')
  plan(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Body() request: PlanVisitRequest,
  ): Promise<VisitResponse> {
    return this.visits.plan(command, grabId, request);
  }

  /** Reports a visit that was held: a contact with evidence. */
  @Post(':visitId/report')
  @HttpCode(200)
  @Allow('account-manager')
  report(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Param('visitId', UuidPipe) id: string,
    @Body() request: ReportVisitRequest,
  ): Promise<VisitResponse> {
    return this.visits.report(command, grabId, id, request);
  }

  /** Calls a planned visit off. */
  @Post(':visitId/cancellation')
  @HttpCode(200)
  @Allow('account-manager')
  cancel(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Param('visitId', UuidPipe) id: string,
    @Body() request: CancelVisitRequest,
  ): Promise<VisitResponse> {
    return this.visits.cancel(command, grabId, id, request);
  }
}
