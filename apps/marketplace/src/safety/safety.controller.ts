import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { DecideFlagRequest, FlagListQuery } from './decide-flag.request.js';
import { FlagPage, FlagResponse } from './flag.response.js';
import { Flags } from './flags.service.js';
import { NoteListQuery, PledgeListQuery } from './list-notes.request.js';
import { NotePage } from './note.response.js';
import { Notes } from './notes.service.js';
import { PledgeList, PledgeResponse } from './pledge.response.js';
import { Pledges } from './pledges.service.js';
import { RegisterPledgeRequest } from './register-pledge.request.js';

/** 市场安全: equal needs and pledges, and what looks odd. */
@Controller('safety')
export class SafetyController {
  constructor(
    private readonly flags: Flags,
    private readonly notes: Notes,
    private readonly pledges: Pledges,
    private readonly db: DataSource,
  ) {}

  /** Registers an asset that is pledged for a case of one's own; the answer says whether an equal one is elsewhere. */
  @Allow('account-manager', 'institution-admin')
  @Post('pledges')
  register(@CurrentCommand() command: Command, @Body() body: RegisterPledgeRequest): Promise<PledgeResponse> {
    return this.pledges.register(command, body);
  }

  @Allow('account-manager', 'institution-admin')
  @HttpCode(200)
  @Post('pledges/:id/release')
  release(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<PledgeResponse> {
    return this.pledges.release(command, id);
  }

  /** The pledges of a case of one's own. */
  @Allow('account-manager', 'institution-admin')
  @Get('pledges')
  listPledges(@CurrentViewer() viewer: Viewer, @Query() { grabId }: PledgeListQuery): Promise<PledgeList> {
    return this.pledges.ofCase(this.db.manager, viewer, grabId);
  }

  /** What one's institution was told; newest first. */
  @Allow('account-manager', 'institution-admin')
  @Get('notes')
  listNotes(@CurrentViewer() viewer: Viewer, @Query() query: NoteListQuery): Promise<NotePage> {
    return this.notes.list(viewer, query);
  }

  /** Newest first. */
  @Allow('operator')
  @Get('flags')
  listFlags(@Query() query: FlagListQuery): Promise<FlagPage> {
    return this.flags.list(query);
  }

  /** Explains a flag or confirms it. Nothing else follows by itself. */
  @Allow('operator')
  @HttpCode(200)
  @Post('flags/:id/decision')
  decide(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() body: DecideFlagRequest,
  ): Promise<FlagResponse> {
    return this.flags.decide(command, id, body);
  }
}
