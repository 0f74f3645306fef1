import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { DeadLetters } from '@app/messaging';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { DeadLetterListQuery, DiscardLetterRequest } from './dead-letter.request.js';
import { DeadLetterPage, DeadLetterResponse, toDeadLetterResponse } from './dead-letter.response.js';
import { UuidPipe } from './uuid.pipe.js';

/** 死信: events that this service could not take; an operator looks at them, replays or discards. */
@Controller('dead-letters')
export class DeadLetterController {
  constructor(private readonly letters: DeadLetters) {}

  @Allow('operator')
  @Get()
  async list(@Query() query: DeadLetterListQuery): Promise<DeadLetterPage> {
    const { items, nextCursor } = await this.letters.list(query);
    return { items: items.map(toDeadLetterResponse), nextCursor };
  }

  @Allow('operator')
  @HttpCode(200)
  @Post(':id/replay')
  async replay(@Param('id', UuidPipe) id: string, @CurrentViewer() viewer: Viewer): Promise<DeadLetterResponse> {
    return toDeadLetterResponse(await this.letters.replay(id, viewer.personId));
  }

  @Allow('operator')
  @HttpCode(200)
  @Post(':id/discard')
  async discard(
    @Param('id', UuidPipe) id: string,
    @Body() { reason }: DiscardLetterRequest,
    @CurrentViewer() viewer: Viewer,
  ): Promise<DeadLetterResponse> {
    return toDeadLetterResponse(await this.letters.discard(id, viewer.personId, reason));
  }
}
