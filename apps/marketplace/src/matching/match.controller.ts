import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { UuidPipe } from '@app/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ListMatchesQuery } from './list-matches.request.js';
import { MatchQuery } from './match-query.service.js';
import { LeadMatchResponse, MatchPage } from './match.response.js';

@Controller()
export class MatchController {
  constructor(
    private readonly matches: MatchQuery,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Products for an own need, best first: why this bank, and why not. */
  @Get('needs/:id/matches')
  @Allow('enterprise')
  forNeed(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: ListMatchesQuery,
  ): Promise<MatchPage> {
    return this.matches.forNeed(this.db.manager, viewer, id, query, this.clock.now());
  }

  /** How the own products fit a lead, by nothing but what the lead shows. */
  @Get('leads/:needId/match')
  @Allow('account-manager', 'institution-admin')
  forLead(@CurrentViewer() viewer: Viewer, @Param('needId', UuidPipe) needId: string): Promise<LeadMatchResponse> {
    return this.matches.forLead(this.db.manager, viewer, needId, this.clock.now());
  }
}
