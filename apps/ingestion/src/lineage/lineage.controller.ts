import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { PageQuery, UuidPipe } from '@app/service';
import { Controller, Get, Param, Query } from '@nestjs/common';

import { BroughtPage, RecordOriginResponse, RestsOnPage, UsePage } from './lineage.response.js';
import { Lineage } from './lineage.service.js';
import { TraceBatchQuery, TraceRecordQuery, TraceScoreQuery } from './trace-lineage.request.js';

@Controller('lineage')
export class LineageController {
  constructor(private readonly lineage: Lineage) {}

  /** From a record back: row, file, delivery, source, and what people did to it. */
  @Get('record')
  @Allow('operator', 'source', 'enterprise')
  origin(@CurrentViewer() viewer: Viewer, @Query() query: TraceRecordQuery): Promise<RecordOriginResponse> {
    return this.lineage.origin(viewer, query);
  }

  /** From a record forward: every indicator, figure and report line that rests on it, newest first. */
  @Get('uses')
  @Allow('operator', 'source', 'enterprise')
  uses(@CurrentViewer() viewer: Viewer, @Query() query: TraceRecordQuery): Promise<UsePage> {
    return this.lineage.uses(viewer, query);
  }

  /** From a delivery, or one row of it, forward to the records that it brought. */
  @Get('batches/:id')
  @Allow('operator', 'source')
  brought(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: TraceBatchQuery,
  ): Promise<BroughtPage> {
    return this.lineage.brought(viewer, id, query);
  }

  /** From a score, or one indicator of it, back to its records. */
  @Get('score')
  @Allow('operator', 'enterprise')
  score(@CurrentViewer() viewer: Viewer, @Query() query: TraceScoreQuery): Promise<RestsOnPage> {
    return this.lineage.score(viewer, query);
  }

  /** From a report, named by its query, back to the records of its lines. */
  @Get('reports/:queryId')
  @Allow('operator', 'enterprise')
  report(
    @CurrentViewer() viewer: Viewer,
    @Param('queryId', UuidPipe) queryId: string,
    @Query() query: PageQuery,
  ): Promise<RestsOnPage> {
    return this.lineage.report(viewer, queryId, query);
  }
}
