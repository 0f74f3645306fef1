import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { UuidPipe } from '@app/service';
import { Controller, Get, Param } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ProgressResponse } from './progress.response.js';
import { ProgressService } from './progress.service.js';

@Controller('grabs/:id/progress')
export class ProgressController {
  constructor(
    private readonly progress: ProgressService,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** How far a case is: deadlines with pauses, contacts, visits, and how it ended; for its bank, its enterprise, an operator. */
  @Get()
  @Allow('enterprise', 'account-manager', 'institution-admin', 'operator')
  of(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) grabId: string): Promise<ProgressResponse> {
    return this.progress.of(this.db.manager, viewer, grabId, this.clock.now());
  }
}
