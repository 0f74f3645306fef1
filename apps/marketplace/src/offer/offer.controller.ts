import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { DisbursementService } from './disbursement.service.js';
import { MakeOfferRequest } from './make-offer.request.js';
import { ComparedOffersResponse, OfferResponse, ReportedDisbursementResponse } from './offer.response.js';
import { OfferService } from './offer.service.js';
import { ReportDisbursementRequest } from './report-disbursement.request.js';

@Controller()
export class OfferController {
  constructor(
    private readonly offers: OfferService,
    private readonly disbursements: DisbursementService,
    private readonly db: DataSource,
  ) {}

  /** The bank makes an offer, or replaces its open one. */
  @Post('grabs/:id/offers')
  @Allow('account-manager')
  make(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Body() request: MakeOfferRequest,
  ): Promise<OfferResponse> {
    return this.offers.make(command, grabId, request);
  }

  /** The offers of an own need, side by side. */
  @Get('needs/:id/offers')
  @Allow('enterprise')
  compare(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) needId: string): Promise<ComparedOffersResponse> {
    return this.offers.compare(this.db.manager, viewer, needId);
  }

  /** The enterprise accepts an open offer. */
  @Post('offers/:id/acceptance')
  @HttpCode(200)
  @Allow('enterprise')
  accept(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<OfferResponse> {
    return this.offers.accept(command, id);
  }

  /** The bank reports money paid out. */
  @Post('grabs/:id/disbursement')
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
