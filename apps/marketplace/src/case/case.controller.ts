import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ContactService } from '../contact/contact.service.js';
import { RecordContactRequest } from '../contact/record-contact.request.js';
import { CaseListService } from './case-list.service.js';
import { CaseDetailResponse, CasePage, CaseResponse, TeamResponse } from './case.response.js';
import { CaseService } from './case.service.js';
import { DeclineCaseRequest, ReleaseCaseRequest } from './decline-case.request.js';
import { ListCasesQuery } from './list-cases.request.js';
import { TransferCaseRequest } from './transfer-case.request.js';

@Controller('grabs')
export class CaseController {
  constructor(
    private readonly cases: CaseService,
    private readonly lists: CaseListService,
    private readonly contacts: ContactService,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The institution's own cases by deadline, with its load against the limits. */
  @Get()
  @Allow('account-manager', 'institution-admin')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListCasesQuery): Promise<CasePage> {
    return this.lists.list(this.db.manager, viewer, query, this.clock.now());
  }

  /** How many open cases each colleague holds: for spreading work, and for handing a case over. */
  @Get('team')
  @Allow('account-manager', 'institution-admin')
  team(@CurrentViewer() viewer: Viewer): Promise<TeamResponse> {
    return this.lists.team(this.db.manager, viewer, this.clock.now());
  }

  /** One case with its offers, payments and the time line of all acts. */
  @Get(':id')
  @Allow('account-manager', 'institution-admin')
  detail(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<CaseDetailResponse> {
    return this.lists.detail(this.db.manager, viewer, id);
  }

  /** Records a contact with the enterprise. */
  @Post(':id/contact')
  @HttpCode(200)
  @Allow('account-manager')
  contact(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: RecordContactRequest,
  ): Promise<CaseResponse> {
    return this.contacts.record(command, id, request);
  }

  /** Gives the place back. */
  @Post(':id/release')
  @HttpCode(200)
  @Allow('account-manager')
  release(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: ReleaseCaseRequest,
  ): Promise<CaseResponse> {
    return this.cases.release(command, id, request);
  }

  /** Declines with a coded reason. */
  @Post(':id/decline')
  @HttpCode(200)
  @Allow('account-manager')
  decline(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: DeclineCaseRequest,
  ): Promise<CaseResponse> {
    return this.cases.decline(command, id, request);
  }

  /** Hands the case to a colleague, with a reason; the first responder stays on record. */
  @Post(':id/transfer')
  @HttpCode(200)
  @Allow('account-manager', 'institution-admin')
  transfer(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: TransferCaseRequest,
  ): Promise<CaseResponse> {
    return this.cases.transfer(command, id, request);
  }
}
