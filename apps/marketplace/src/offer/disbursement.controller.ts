import { Allow } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';

import { ReportedDisbursementResponse } from './disbursement.response.js';
import { DisbursementService } from './disbursement.service.js';
import { ReportDisbursementRequest } from './report-disbursement.request.js';

@Controller('grabs/:id/disbursement')
export class DisbursementController {
  constructor(private readonly disbursements: DisbursementService) {}

  /** The bank reports money paid out, or corrects an earlier report by a new one. */
  @Post()
  @HttpCode(200)
  @Allow('account-manager')
  disburse(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Body() request: ReportDisbursementRequest,
  ): Promise<ReportedDisbursementResponse> {
    return this.disbursements.report(command, grabId, request);
  }
}
