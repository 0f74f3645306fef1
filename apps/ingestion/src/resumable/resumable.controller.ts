import { Readable } from 'node:stream';

import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { NotACommand, UuidPipe } from '@app/service';
import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  type OnModuleInit,
  Param,
  Patch,
  Post,
  Req,
  Res,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { ApiBody, ApiConsumes, ApiHeader } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { announcedHeading } from '../batch/upload.service.js';
import { OffsetMissing } from './resumable.error.js';
import { UploadResponse } from './resumable.response.js';
import { ResumableUploads } from './resumable.service.js';
import { StartUploadRequest } from './start-upload.request.js';
import { UploadStart } from './upload-start.service.js';

const pieceType = 'application/offset+octet-stream';

/** Large files in pieces: announce, send, ask where it stands, go on. */
@Controller()
export class ResumableController implements OnModuleInit {
  private readonly bodies = new WeakMap<FastifyRequest, Readable>();

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly opening: UploadStart,
    private readonly uploads: ResumableUploads,
  ) {}

  /** Teaches the server to hand pieces on as they come. */
  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.addContentTypeParser(pieceType, (request, payload, done) => {
      this.bodies.set(request, payload);
      done(null);
    });
  }

  /** Announces a file; the same announcement again answers where it stands. */
  @Post('feeds/:feed/uploads')
  @Allow('source', 'operator')
  @NotACommand('an upload is known by its Batch-Reference, size and hash')
  @ApiHeader({ name: 'Batch-Reference', required: true, description: 'The source’s own name of this file.' })
  async start(
    @CurrentViewer() viewer: Viewer,
    @Param('feed') feed: string,
    @Body() body: StartUploadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadResponse> {
    const heading = announcedHeading(feed, body.contentType, request.headers['batch-reference']);
    const { bytes, sha256 = null } = body;
    const upload = await this.opening.start(viewer, { feed, heading, bytes, sha256 });
    void reply.header('location', `/api/ingestion/uploads/${upload.id}`);
    return told(upload, reply);
  }

  /** Where it stands; HEAD answers the same in its headers. */
  @Get('uploads/:id')
  @Allow('source', 'operator')
  async get(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadResponse> {
    return told(await this.uploads.get(viewer, id), reply);
  }

  /** One piece, from the byte at which the upload stands. The last one makes it a delivery. */
  @Patch('uploads/:id')
  @HttpCode(200)
  @Allow('source', 'operator')
  @NotACommand('a piece is known by its offset')
  @ApiConsumes(pieceType)
  @ApiHeader({ name: 'Upload-Offset', required: true, description: 'The byte at which the piece begins.' })
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  async take(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadResponse> {
    const content = this.bodies.get(request) ?? nothingOf(request);
    const offset = String(request.headers['upload-offset'] ?? '');
    if (!content || !/^\d{1,15}$/.test(offset)) throw new OffsetMissing();
    return told(await this.uploads.take(viewer, id, { offset: Number(offset), content }), reply);
  }

  @Delete('uploads/:id')
  @HttpCode(204)
  @Allow('source', 'operator')
  @NotACommand('what is abandoned twice is abandoned')
  async abandon(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<void> {
    await this.uploads.abandon(viewer, id);
  }
}

/** A piece without bytes: how a sender asks to finish what is whole already. */
const nothingOf = ({ headers }: FastifyRequest): Readable | undefined =>
  headers['content-type'] === pieceType && headers['content-length'] === '0' ? Readable.from([]) : undefined;

function told(upload: UploadResponse, reply: FastifyReply): UploadResponse {
  void reply.headers({
    'upload-offset': String(upload.offset),
    'upload-length': String(upload.bytes),
    'cache-control': 'no-store',
  });
  return upload;
}
