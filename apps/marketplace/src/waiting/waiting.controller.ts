import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Delete, Get, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { EntryPage, EntryResponse } from './entry.response.js';
import { EntryService } from './entry.service.js';
import { JoinLineRequest } from './join-line.request.js';
import { ListEntriesQuery } from './list-entries.request.js';

@Controller()
export class WaitingController {
  constructor(
    private readonly entries: EntryService,
    private readonly db: DataSource,
  ) {}

  /** The institution's own entries for draws and places in lines, newest first. */
  @Get('waiting')
  @Allow('account-manager', 'institution-admin')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListEntriesQuery): Promise<EntryPage> {
    return this.entries.list(this.db.manager, viewer, query);
  }

  /** Joins the line of a need without room; a place that becomes free is given to the first who may have it. */
  @Post('needs/:id/waiting')
  @Allow('account-manager')
  join(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: JoinLineRequest,
  ): Promise<EntryResponse> {
    return this.entries.join(command, id, request.intendedFen);
  }

  /** Leaves the line, or takes a sealed entry back before the draw. */
  @Delete('needs/:id/waiting')
  @Allow('account-manager', 'institution-admin')
  leave(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<EntryResponse> {
    return this.entries.leave(command, id);
  }
}
