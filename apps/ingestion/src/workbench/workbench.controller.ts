import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, ParseIntPipe, Post, Query } from '@nestjs/common';

import { DecideRequest } from '../correction/propose-overlay.request.js';
import { ListActsQuery, ListSetAsideQuery, SettleRowsRequest } from './settle-rows.request.js';
import { WorkbenchQuery } from './workbench-query.service.js';
import {
  ActPage,
  ActResponse,
  ReasonList,
  RowLookResponse,
  SetAsidePage,
  SettledResponse,
} from './workbench.response.js';
import { Workbench } from './workbench.service.js';

@Controller('quarantine')
export class WorkbenchController {
  constructor(
    private readonly workbench: Workbench,
    private readonly query: WorkbenchQuery,
  ) {}

  /** Rows that were set aside, over all deliveries, newest first. */
  @Get()
  @Allow('source', 'operator')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListSetAsideQuery): Promise<SetAsidePage> {
    return this.query.list(viewer, query);
  }

  /** Open rows by reason. */
  @Get('reasons')
  @Allow('source', 'operator')
  reasons(@CurrentViewer() viewer: Viewer, @Query() query: ListSetAsideQuery): Promise<ReasonList> {
    return this.query.reasons(viewer, query);
  }

  /** What people did, and what waits for a second person. */
  @Get('acts')
  @Allow('source', 'operator')
  acts(@CurrentViewer() viewer: Viewer, @Query() query: ListActsQuery): Promise<ActPage> {
    return this.query.acts(viewer, query);
  }

  /** A row with its cells, what is wrong with each, and what was decided about it. */
  @Get('rows/:batchId/:line')
  @Allow('source', 'operator')
  look(
    @CurrentViewer() viewer: Viewer,
    @Param('batchId', UuidPipe) batchId: string,
    @Param('line', ParseIntPipe) line: number,
  ): Promise<RowLookResponse> {
    return this.query.look(viewer, batchId, line);
  }

  /** Mends rows: they are checked at once and leave as a delivery of their own. */
  @Post('resubmissions')
  @Allow('source', 'operator')
  resubmit(@CurrentCommand() command: Command, @Body() request: SettleRowsRequest): Promise<SettledResponse> {
    return this.workbench.resubmit(command, request);
  }

  /** Says that nothing is to be done about rows. */
  @Post('dismissals')
  @Allow('source', 'operator')
  dismiss(@CurrentCommand() command: Command, @Body() request: SettleRowsRequest): Promise<SettledResponse> {
    return this.workbench.dismiss(command, request);
  }

  /** Proposes to take rows as they are, where the contract allows it. */
  @Post('acceptances')
  @Allow('source', 'operator')
  propose(@CurrentCommand() command: Command, @Body() request: SettleRowsRequest): Promise<SettledResponse> {
    return this.workbench.propose(command, request);
  }

  /** A second person decides. */
  @Post('acts/:id/decision')
  @HttpCode(200)
  @Allow('source', 'operator')
  decide(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: DecideRequest,
  ): Promise<ActResponse> {
    return this.workbench.decide(command, id, request);
  }
}
