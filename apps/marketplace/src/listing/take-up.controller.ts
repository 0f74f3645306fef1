import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AnswerListingRequest } from './answer-listing.request.js';
import { ListingEntries } from './listing-entry.service.js';
import { InvitationPage, InvitationResponse } from './listing-result.response.js';
import { TakeUpPage, TakeUpResponse } from './listing.response.js';
import { ReportTakeUpRequest } from './report-take-up.request.js';
import { TakeUpService } from './take-up.service.js';

@Controller()
export class TakeUpController {
  constructor(
    private readonly takeUps: TakeUpService,
    private readonly entries: ListingEntries,
    private readonly db: DataSource,
  ) {}

  /** The lists that the enterprise is on, and who has taken it up. */
  @Get('listing-entries')
  @Allow('enterprise')
  mine(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<InvitationPage> {
    return this.entries.mine(this.db.manager, viewer, query);
  }

  /** The enterprise says whether banks may see who it is. */
  @Post('listing-entries/:id/answer')
  @HttpCode(200)
  @Allow('enterprise')
  answer(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: AnswerListingRequest,
  ): Promise<InvitationResponse> {
    return this.entries.answer(command, id, request);
  }

  /** A bank takes an entry up: name and contact open. */
  @Post('listings/:id/entries/:entryId/take-ups')
  @Allow('account-manager')
  takeUp(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Param('entryId', UuidPipe) entryId: string,
  ): Promise<TakeUpResponse> {
    return this.takeUps.takeUp(command, id, entryId);
  }

  /** The bank's own take-ups, newest first. */
  @Get('take-ups')
  @Allow('account-manager', 'institution-admin')
  list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<TakeUpPage> {
    return this.takeUps.list(this.db.manager, viewer, query);
  }

  /** The next step: contacted, offered, lent, or given up. */
  @Post('take-ups/:id/steps')
  @HttpCode(200)
  @Allow('account-manager')
  report(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: ReportTakeUpRequest,
  ): Promise<TakeUpResponse> {
    return this.takeUps.report(command, id, request);
  }
}
