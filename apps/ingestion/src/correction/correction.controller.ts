import { Allow } from '@app/auth';
import { type Command, CurrentCommand } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { AllowCodeRequest, EndCodeRequest, ListCodesQuery } from './add-correction.request.js';
import { AllowedCodePage, AllowedCodeResponse } from './correction.response.js';
import { Corrections } from './correction.service.js';

@Controller('allowed-codes')
export class CorrectionController {
  constructor(private readonly corrections: Corrections) {}

  /** Codes that pass although their check character is wrong, the latest first. */
  @Get()
  @Allow('operator', 'regulator')
  listCodes(@Query() query: ListCodesQuery): Promise<AllowedCodePage> {
    return this.corrections.listCodes(query);
  }

  /** Lets a code pass whose check character is wrong. */
  @Post()
  @Allow('operator')
  allowCode(@CurrentCommand() command: Command, @Body() request: AllowCodeRequest): Promise<AllowedCodeResponse> {
    return this.corrections.allowCode(command, request);
  }

  /** Takes a code off the list: rows of it wait again from now on. */
  @Post(':uscc/ending')
  @HttpCode(200)
  @Allow('operator')
  endCode(
    @CurrentCommand() command: Command,
    @Param('uscc') uscc: string,
    @Body() request: EndCodeRequest,
  ): Promise<AllowedCodeResponse> {
    return this.corrections.endCode(command, uscc, request);
  }
}
