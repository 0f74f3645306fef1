import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { NeedResponse } from '../need/need.response.js';
import { AcceptanceService } from './acceptance.service.js';
import { CompareOffersQuery } from './compare-offers.request.js';
import { ComparisonService } from './comparison.service.js';
import { MakeOfferRequest } from './make-offer.request.js';
import { ComparedOffersResponse, OfferResponse, ScheduleResponse } from './offer.response.js';
import { OfferService } from './offer.service.js';
import { WithdrawOfferRequest } from './withdraw-offer.request.js';

@Controller()
export class OfferController {
  constructor(
    private readonly offers: OfferService,
    private readonly acceptance: AcceptanceService,
    private readonly comparison: ComparisonService,
    private readonly db: DataSource,
  ) {}

  /** The bank makes an offer, or replaces its open one by a revised version. */
  @Post('grabs/:id/offers')
  @Allow('account-manager')
  make(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Body() request: MakeOfferRequest,
  ): Promise<OfferResponse> {
    return this.offers.make(command, grabId, request);
  }

  /** The bank takes an open offer back before it is accepted. */
  @Post('offers/:id/withdrawal')
  @HttpCode(200)
  @Allow('account-manager')
  withdraw(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: WithdrawOfferRequest,
  ): Promise<OfferResponse> {
    return this.offers.withdraw(command, id, request);
  }

  /** The offers of an own need, side by side. */
  @Get('needs/:id/offers')
  @Allow('enterprise')
  compare(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) needId: string,
    @Query() { sort }: CompareOffersQuery,
  ): Promise<ComparedOffersResponse> {
    return this.comparison.compare(this.db.manager, viewer, needId, sort ?? 'TOTAL_COST');
  }

  /** The repayment plan of an offer month by month, with its total cost as an annual rate. */
  @Get('offers/:id/schedule')
  @Allow('enterprise', 'account-manager', 'institution-admin', 'operator')
  schedule(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<ScheduleResponse> {
    return this.comparison.schedule(this.db.manager, viewer, id);
  }

  /** The enterprise is content with the part that is accepted; where several banks may lend. */
  @Post('needs/:id/completion')
  @HttpCode(200)
  @Allow('enterprise')
  complete(@CurrentCommand() command: Command, @Param('id', UuidPipe) needId: string): Promise<NeedResponse> {
    return this.acceptance.complete(command, needId);
  }

  /** The enterprise accepts an open offer. */
  @Post('offers/:id/acceptance')
  @HttpCode(200)
  @Allow('enterprise')
  accept(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<OfferResponse> {
    return this.acceptance.accept(command, id);
  }
}
