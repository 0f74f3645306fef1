import { Allow } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import {
  DecideRunRequest,
  ListRunsRequest,
  ProposeRunRequest,
  ReplayBatchRequest,
  StopRunRequest,
} from './run.request.js';
import { RunPage, RunResponse } from './run.response.js';
import { Runs } from './runs.service.js';

@Controller()
export class RunController {
  constructor(private readonly runs: Runs) {}

  /** Applies the kept file of a delivery once more, as a batch of its own; what came later stays as it is. */
  @Post('batches/:id/replays')
  @Allow('operator')
  replay(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: ReplayBatchRequest,
  ): Promise<RunResponse> {
    return this.runs.replayBatch(command, id, request);
  }

  @Get('operation/runs')
  @Allow('operator', 'regulator')
  list(@Query() query: ListRunsRequest): Promise<RunPage> {
    return this.runs.list(query);
  }

  /** Proposes to apply a feed's kept files again, or to tell all that follows from its records of them again. */
  @Post('operation/runs')
  @Allow('operator')
  propose(@CurrentCommand() command: Command, @Body() request: ProposeRunRequest): Promise<RunResponse> {
    return this.runs.propose(command, request);
  }

  @Get('operation/runs/:id')
  @Allow('operator', 'regulator')
  get(@Param('id', UuidPipe) id: string): Promise<RunResponse> {
    return this.runs.get(id);
  }

  /** Another operator than the one who proposed starts it, or not. */
  @Post('operation/runs/:id/decision')
  @HttpCode(200)
  @Allow('operator')
  decide(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: DecideRunRequest,
  ): Promise<RunResponse> {
    return this.runs.decide(command, id, request);
  }

  /** Ends it where it stands, proposed or running. */
  @Post('operation/runs/:id/stop')
  @HttpCode(200)
  @Allow('operator')
  stop(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: StopRunRequest,
  ): Promise<RunResponse> {
    return this.runs.stop(command, id, request);
  }
}
