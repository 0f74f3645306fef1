import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { CampaignProgress } from './campaign-progress.service.js';
import { CampaignPage, CampaignResponse, ProgressOfCampaignResponse } from './campaign.response.js';
import { CampaignService } from './campaign.service.js';
import { WriteCampaignRequest } from './write-campaign.request.js';

@Controller('first-loan-campaigns')
export class CampaignController {
  constructor(
    private readonly campaigns: CampaignService,
    private readonly progress: CampaignProgress,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** First-loan campaigns, newest first. */
  @Get()
  @Allow('regulator', 'operator', 'account-manager', 'institution-admin')
  list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<CampaignPage> {
    return this.campaigns.list(this.db.manager, viewer, query);
  }

  @Get(':id')
  @Allow('regulator', 'operator', 'account-manager', 'institution-admin')
  one(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<CampaignResponse> {
    return this.campaigns.one(this.db.manager, viewer, id);
  }

  /** How it goes, per institution and per district; a bank sees its own line. */
  @Get(':id/progress')
  @Allow('regulator', 'operator', 'account-manager', 'institution-admin')
  cells(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<ProgressOfCampaignResponse> {
    return this.progress.of(this.db.manager, viewer, id, this.clock.now());
  }

  /** An office drafts a campaign. */
  @Post()
  @Allow('regulator', 'operator')
  draft(@CurrentCommand() command: Command, @Body() request: WriteCampaignRequest): Promise<CampaignResponse> {
    return this.campaigns.draft(command, request);
  }

  /** Finds enterprises without a known loan, and gives each to a bank. */
  @Post(':id/opening')
  @HttpCode(200)
  @Allow('regulator', 'operator')
  open(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<CampaignResponse> {
    return this.campaigns.open(command, id);
  }

  /** Ends it before its last day. */
  @Post(':id/closure')
  @HttpCode(200)
  @Allow('regulator', 'operator')
  close(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<CampaignResponse> {
    return this.campaigns.close(command, id);
  }
}
