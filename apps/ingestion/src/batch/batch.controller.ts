import { Readable } from 'node:stream';

import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { NotACommand, UuidPipe } from '@app/service';
import { Controller, Get, Header, HttpCode, Param, Post, Query, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { BatchPage, BatchResponse, QuarantinePage, TakenResponse, toTakenResponse } from './batch.response.js';
import { Batches } from './batch.service.js';
import { ListBatchesRequest, ListQuarantineRequest } from './list-batches.request.js';
import { mediaTypes } from './upload.rules.js';
import { Upload } from './upload.service.js';

@Controller()
export class BatchController {
  constructor(
    private readonly batches: Batches,
    private readonly upload: Upload,
  ) {}

  /** Takes a delivery; it is worked on in the background. */
  @Post('feeds/:feed/batches')
  @HttpCode(202)
  @Allow('source', 'operator')
  @NotACommand('a delivery is known by its Batch-Reference and content')
  @ApiConsumes(...mediaTypes)
  @ApiHeader({ name: 'Batch-Reference', required: true, description: 'The source’s own name of this file.' })
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async take(
    @CurrentViewer() viewer: Viewer,
    @Param('feed') feed: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TakenResponse> {
    const taken = await this.upload.take(viewer, feed, request);
    if (taken.replayed) void reply.header('idempotency-replayed', 'true');
    return toTakenResponse(taken);
  }

  @Get('batches')
  @Allow('source', 'operator')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListBatchesRequest): Promise<BatchPage> {
    return this.batches.list(viewer, query);
  }

  @Get('batches/:id')
  @Allow('source', 'operator')
  get(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<BatchResponse> {
    return this.batches.get(viewer, id);
  }

  /** Rows that were set aside, with line, reason and the line itself. */
  @Get('batches/:id/quarantine')
  @Allow('source', 'operator')
  quarantine(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: ListQuarantineRequest,
  ): Promise<QuarantinePage> {
    return this.batches.quarantine(viewer, id, query);
  }

  /** The same rows as one CSV file for a spreadsheet; nothing in it is a formula. */
  @Get('batches/:id/quarantine/export')
  @Allow('source', 'operator')
  @Header('content-disposition', 'attachment; filename="quarantine.csv"')
  @ApiProduces('text/csv')
  async quarantineSheet(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<StreamableFile> {
    await this.batches.get(viewer, id);
    return new StreamableFile(Readable.from(this.batches.sheet(viewer, id)), { type: 'text/csv; charset=utf-8' });
  }
}
