import type { OutgoingHttpHeaders } from 'node:http';

import { CurrentViewer, SignedIn, type Viewer } from '@app/auth';
import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { StreamQuery } from '../notice/list-notices.request.js';
import { Mailbox } from '../notice/mailbox.service.js';
import { lastEventId } from './event-text.rules.js';
import { Streams } from './streams.service.js';

@Controller('stream')
export class StreamController {
  constructor(
    private readonly streams: Streams,
    private readonly mailbox: Mailbox,
  ) {}

  /**
   * Server-sent events: `notice` (a NoticeResponse, `id` its number) and `unread`. Begins with what came after
   * `Last-Event-ID`, or now without it; ends with `closing` when the session ends.
   */
  @SignedIn()
  @ApiProduces('text/event-stream')
  @Get()
  async open(
    @CurrentViewer() { personId, sessionId }: Viewer,
    @Query() query: StreamQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const asked = lastEventId(request.headers['last-event-id']) ?? lastEventId(query.lastEventId);
    const language = await this.mailbox.language(personId, query.language);
    // A number from before a restore of the database would hide everything until the mailbox has caught up with it.
    const last = await this.mailbox.lastNumber(personId);
    const after = Math.min(asked ?? last, last);
    this.streams.makeRoom(personId);
    reply.hijack();
    reply.raw.writeHead(200, {
      ...(reply.getHeaders() as OutgoingHttpHeaders),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
      // An ended stream is no line to keep: a service that stops would wait for it to time out.
      connection: 'close',
    });
    this.streams.add({ personId, sessionId, language, after }, reply.raw);
  }
}
