import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { OverlayQuery } from './overlay-query.service.js';
import { OverlayPage, OverlayResponse } from './overlay.response.js';
import { Overlays } from './overlay.service.js';
import {
  DecideRequest,
  ListCorrectionsQuery,
  ProposeOverlayRequest,
  TakeBackRequest,
} from './propose-overlay.request.js';

@Controller('corrections')
export class OverlayController {
  constructor(
    private readonly overlays: Overlays,
    private readonly query: OverlayQuery,
  ) {}

  /** Proposes other values for fields of a record; a second person decides. */
  @Post()
  @Allow('source', 'operator')
  propose(@CurrentCommand() command: Command, @Body() request: ProposeOverlayRequest): Promise<OverlayResponse> {
    return this.overlays.propose(command, request);
  }

  @Get()
  @Allow('source', 'operator')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListCorrectionsQuery): Promise<OverlayPage> {
    return this.query.list(viewer, query);
  }

  @Get(':id')
  @Allow('source', 'operator')
  get(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<OverlayResponse> {
    return this.query.get(viewer, id);
  }

  /** Another person than the one who proposed puts it into force, or not. */
  @Post(':id/decision')
  @HttpCode(200)
  @Allow('source', 'operator')
  decide(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: DecideRequest,
  ): Promise<OverlayResponse> {
    return this.overlays.decide(command, id, request);
  }

  /** Proposes to take a correction back; it stays in force until a second person agrees. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  @Allow('source', 'operator')
  takeBack(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: TakeBackRequest,
  ): Promise<OverlayResponse> {
    return this.overlays.takeBack(command, id, request);
  }

  @Post(':id/withdrawal/decision')
  @HttpCode(200)
  @Allow('source', 'operator')
  decideTakingBack(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: DecideRequest,
  ): Promise<OverlayResponse> {
    return this.overlays.decideTakingBack(command, id, request);
  }
}
