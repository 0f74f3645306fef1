import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { Holds } from './hold.service.js';
import { ListProofsQuery, PlaceHoldRequest, ReleaseHoldRequest } from './place-hold.request.js';
import { HoldPage, HoldResponse, ProofPage } from './retention.response.js';

@Controller('retention')
export class RetentionController {
  constructor(private readonly holds: Holds) {}

  /** Keeps records beyond their term. */
  @Post('holds')
  @Allow('operator')
  place(@CurrentCommand() command: Command, @Body() request: PlaceHoldRequest): Promise<HoldResponse> {
    return this.holds.place(command, request);
  }

  @Get('holds')
  @Allow('operator')
  list(@Query() query: PageQuery): Promise<HoldPage> {
    return this.holds.list(query);
  }

  /** By another operator than the one who placed it. */
  @Post('holds/:id/release')
  @HttpCode(200)
  @Allow('operator')
  release(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: ReleaseHoldRequest,
  ): Promise<HoldResponse> {
    return this.holds.release(command, id, request);
  }

  /** What was deleted and archived; with a record's key: the proof of that one. */
  @Get('proofs')
  @Allow('operator', 'source')
  proofs(@CurrentViewer() viewer: Viewer, @Query() query: ListProofsQuery): Promise<ProofPage> {
    return this.holds.proofs(viewer, query);
  }
}
