import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { Controller, Get, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { LeadRanking } from '../matching/lead-ranking.service.js';
import { LeadPage } from './lead.response.js';
import { LeadService } from './lead.service.js';
import { ListLeadsQuery } from './list-leads.request.js';

@Controller('leads')
export class LeadController {
  constructor(
    private readonly leads: LeadService,
    private readonly ranking: LeadRanking,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Published needs with places left, masked, newest first or by how well they fit the own products. */
  @Get()
  @Allow('account-manager', 'institution-admin')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListLeadsQuery): Promise<LeadPage> {
    const board = query.sort === 'fit' ? this.ranking : this.leads;
    return board.list(this.db.manager, viewer, query, this.clock.now());
  }
}
