import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Controller, Get } from '@nestjs/common';

import { OperationResponse } from './overview.response.js';
import { Overview } from './overview.service.js';

@Controller('operation')
export class OverviewController {
  constructor(private readonly overview: Overview) {}

  /** Backlog, throughput, lag, pauses and failures of each feed and source, and who works; a source sees its own part. */
  @Get()
  @Allow('source', 'operator', 'regulator')
  get(@CurrentViewer() viewer: Viewer): Promise<OperationResponse> {
    return this.overview.get(viewer);
  }
}
