import { Allow } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';

import { PauseCaseRequest } from './pause-case.request.js';
import { PausedCaseResponse } from './pause.response.js';
import { PauseService } from './pause.service.js';

@Controller('grabs/:id')
export class PauseController {
  constructor(private readonly pauses: PauseService) {}

  /** Stops the service clocks with a reason of one's own side; both sides see it. */
  @Post('pause')
  @HttpCode(200)
  @Allow('account-manager', 'enterprise', 'operator')
  pause(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Body() request: PauseCaseRequest,
  ): Promise<PausedCaseResponse> {
    return this.pauses.pause(command, grabId, request);
  }

  /** Lets the clocks run again before the pause ends by itself. */
  @Post('resumption')
  @HttpCode(200)
  @Allow('account-manager', 'enterprise', 'operator')
  resume(@CurrentCommand() command: Command, @Param('id', UuidPipe) grabId: string): Promise<PausedCaseResponse> {
    return this.pauses.resume(command, grabId);
  }
}
