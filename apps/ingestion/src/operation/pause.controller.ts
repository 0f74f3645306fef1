import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand } from '@app/service';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';

import { OperationLogPage } from './operation-log.response.js';
import { ListOperationLogRequest, PauseFlowRequest } from './pause-flow.request.js';
import { PauseList, PauseResponse, ResumptionResponse } from './pause.response.js';
import { Pausing } from './pausing.service.js';

@Controller('operation')
export class PauseController {
  constructor(private readonly pausing: Pausing) {}

  /** What rests now, why, and since when; a source sees what holds its own feeds. */
  @Get('pauses')
  @Allow('source', 'operator', 'regulator')
  async list(@CurrentViewer() viewer: Viewer): Promise<PauseList> {
    return { pauses: await this.pausing.list(viewer) };
  }

  /** Lets a feed, or all feeds of a source, rest after the part in hand: deliveries are taken and wait, nobody is asked. */
  @Post('pauses')
  @Allow('operator')
  pause(@CurrentCommand() command: Command, @Body() request: PauseFlowRequest): Promise<PauseResponse> {
    return this.pausing.pause(command, request);
  }

  @Post('resumptions')
  @HttpCode(200)
  @Allow('operator')
  resume(@CurrentCommand() command: Command, @Body() request: PauseFlowRequest): Promise<ResumptionResponse> {
    return this.pausing.resume(command, request);
  }

  /** Who did what to the flow, and why, newest first; nobody can change it. */
  @Get('log')
  @Allow('operator', 'regulator')
  log(@Query() query: ListOperationLogRequest): Promise<OperationLogPage> {
    return this.pausing.log(query);
  }
}
