import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { NeedDetailResponse, NeedPage, NeedResponse } from './need.response.js';
import { NeedService } from './need.service.js';
import { PublicationService } from './publication.service.js';
import { WithdrawNeedRequest } from './withdraw-need.request.js';
import { WriteNeedRequest } from './write-need.request.js';

@Controller('needs')
export class NeedController {
  constructor(
    private readonly needs: NeedService,
    private readonly publication: PublicationService,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The enterprise's own needs, newest first. */
  @Get()
  @Allow('enterprise')
  list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<NeedPage> {
    return this.needs.list(this.db.manager, viewer, query, this.clock.now());
  }

  /** One own need with the banks that took a place. */
  @Get(':id')
  @Allow('enterprise')
  detail(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<NeedDetailResponse> {
    return this.needs.detail(this.db.manager, viewer, id, this.clock.now());
  }

  /** Drafts a need; nobody else sees it. */
  @Post()
  @Allow('enterprise')
  draft(@CurrentCommand() command: Command, @Body() request: WriteNeedRequest): Promise<NeedResponse> {
    return this.needs.draft(command, request);
  }

  /** Writes a draft anew. */
  @Put(':id')
  @Allow('enterprise')
  edit(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: WriteNeedRequest,
  ): Promise<NeedResponse> {
    return this.needs.edit(command, id, request);
  }

  /** Puts a draft on the lead board. */
  @Post(':id/publication')
  @HttpCode(200)
  @Allow('enterprise')
  publish(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<NeedResponse> {
    return this.publication.publish(command, id);
  }

  /** Drafts the next version of a need that has ended without money, with all that was written in it. */
  @Post(':id/republication')
  @Allow('enterprise')
  repeat(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<NeedResponse> {
    return this.needs.repeat(command, id);
  }

  /** Takes a need back; banks that hold a place are told. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allow('enterprise')
  withdraw(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: WithdrawNeedRequest,
  ): Promise<NeedResponse> {
    return this.publication.withdraw(command, id, request);
  }

  /** Keeps an open need open for longer. */
  @Post(':id/extension')
  @HttpCode(200)
  @Allow('enterprise')
  extend(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<NeedResponse> {
    return this.publication.extend(command, id);
  }
}
