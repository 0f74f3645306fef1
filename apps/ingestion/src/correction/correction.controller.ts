import { Allow } from '@app/auth';
import { type Command, CurrentCommand } from '@app/service';
import { Body, Controller, Param, Post } from '@nestjs/common';

import { AllowCodeRequest, MapAccountsRequest } from './add-correction.request.js';
import { AccountsResponse, AllowedCodeResponse } from './correction.response.js';
import { Corrections } from './correction.service.js';

@Controller()
export class CorrectionController {
  constructor(private readonly corrections: Corrections) {}

  /** Says whose accounts are: rows of them may come without a code from now on. */
  @Post('feeds/:feed/accounts')
  @Allow('operator')
  mapAccounts(
    @CurrentCommand() command: Command,
    @Param('feed') feed: string,
    @Body() request: MapAccountsRequest,
  ): Promise<AccountsResponse> {
    return this.corrections.mapAccounts(command, feed, request);
  }

  /** Lets a code pass whose check character is wrong. */
  @Post('allowed-codes')
  @Allow('operator')
  allowCode(@CurrentCommand() command: Command, @Body() request: AllowCodeRequest): Promise<AllowedCodeResponse> {
    return this.corrections.allowCode(command, request);
  }
}
