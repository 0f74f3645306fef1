import { Allow } from '@app/auth';
import { type Command, CurrentCommand } from '@app/service';
import { Body, Controller, Param, Post } from '@nestjs/common';

import { AllowCodeRequest, MapAccountRequest } from './add-correction.request.js';
import { AccountResponse, AllowedCodeResponse } from './correction.response.js';
import { Corrections } from './correction.service.js';

@Controller()
export class CorrectionController {
  constructor(private readonly corrections: Corrections) {}

  /** Says whose an account is: rows of it may come without a code from now on. */
  @Post('feeds/:feed/accounts')
  @Allow('operator')
  mapAccount(
    @CurrentCommand() command: Command,
    @Param('feed') feed: string,
    @Body() request: MapAccountRequest,
  ): Promise<AccountResponse> {
    return this.corrections.mapAccount(command, feed, request);
  }

  /** Lets a code pass whose check character is wrong. */
  @Post('allowed-codes')
  @Allow('operator')
  allowCode(@CurrentCommand() command: Command, @Body() request: AllowCodeRequest): Promise<AllowedCodeResponse> {
    return this.corrections.allowCode(command, request);
  }
}
