import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { ClaimDecisions } from './claim-decision.service.js';
import { ClaimViews } from './claim-view.service.js';
import { ClaimDetailResponse, ClaimFiguresResponse, ClaimPage } from './claim.response.js';
import { LinkClaimRequest, ListClaimsRequest, ReasonRequest } from './decide-claim.request.js';

@Controller('claims')
export class ClaimController {
  constructor(
    private readonly views: ClaimViews,
    private readonly decisions: ClaimDecisions,
  ) {}

  /** What rows without a code claim about whom they mean, newest first. */
  @Get()
  @Allow('source', 'operator')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListClaimsRequest): Promise<ClaimPage> {
    return this.views.list(viewer, query);
  }

  @Get('figures')
  @Allow('source', 'operator')
  figures(@CurrentViewer() viewer: Viewer): Promise<ClaimFiguresResponse> {
    return this.views.figures(viewer);
  }

  /** One claim with its candidates side by side, why each scores as it does, and what was decided. */
  @Get(':id')
  @Allow('source', 'operator')
  get(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<ClaimDetailResponse> {
    return this.views.get(viewer, id);
  }

  /** Says who is meant: the rows that wait become records, and records of another link move. */
  @Post(':id/links')
  @Allow('operator')
  async link(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: LinkClaimRequest,
  ): Promise<ClaimDetailResponse> {
    await this.decisions.link(command, id, request);
    return this.views.get(command.viewer, id, command.tx);
  }

  /** Says that no enterprise fits. */
  @Post(':id/nobody')
  @HttpCode(200)
  @Allow('operator')
  async nobody(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: ReasonRequest,
  ): Promise<ClaimDetailResponse> {
    await this.decisions.nobody(command, id, request);
    return this.views.get(command.viewer, id, command.tx);
  }

  /** Takes a link back, the matcher's or a person's: its records leave the enterprise. */
  @Post(':id/undo')
  @HttpCode(200)
  @Allow('operator')
  async undo(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: ReasonRequest,
  ): Promise<ClaimDetailResponse> {
    await this.decisions.undo(command, id, request);
    return this.views.get(command.viewer, id, command.tx);
  }
}
