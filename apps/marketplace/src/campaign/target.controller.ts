import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { OpenTargetResponse, TargetPage, TargetResponse } from './campaign.response.js';
import { RecordVisitRequest } from './record-visit.request.js';
import { TargetReading } from './target-reading.service.js';
import { TargetService } from './target.service.js';

@Controller('first-loan-targets')
export class TargetController {
  constructor(
    private readonly targets: TargetService,
    private readonly reading: TargetReading,
    private readonly db: DataSource,
  ) {}

  /** Enterprises that the bank was given, newest first; who they are opens one by one. */
  @Get()
  @Allow('account-manager', 'institution-admin')
  list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<TargetPage> {
    return this.targets.list(this.db.manager, viewer, query);
  }

  /** Who it is, behind the consent gate; the read is on the record. */
  @Get(':id')
  @Allow('account-manager', 'institution-admin')
  open(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<OpenTargetResponse> {
    return this.reading.open(viewer, id);
  }

  /** Records a visit and what came of it. */
  @Post(':id/visits')
  @Allow('account-manager')
  record(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: RecordVisitRequest,
  ): Promise<TargetResponse> {
    return this.targets.record(command, id, request);
  }
}
