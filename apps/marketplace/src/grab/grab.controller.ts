import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock, fen } from '@app/kernel';
import { correlationId } from '@app/observe';
import { claimOf, fingerprintOf, NotACommand, UuidPipe } from '@app/service';
import { Body, Controller, HttpStatus, Param, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiCreatedResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { GrabLane } from './grab-lane.service.js';
import { PlacedGrabResponse, SealedEntryResponse } from './grab.response.js';
import { PlaceGrabRequest } from './place-grab.request.js';

@Controller('needs/:id/grabs')
export class GrabController {
  constructor(
    private readonly lane: GrabLane,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes one of the places of a need; the answer opens name, code, contact and exact amount. In a fair window it is
   * 202 and an entry for the draw instead.
   */
  @Post()
  @ApiCreatedResponse({ type: PlacedGrabResponse })
  @ApiAcceptedResponse({ type: SealedEntryResponse })
  @Allow('account-manager')
  @NotACommand('the lane keeps the idempotency of grabs itself, in the transaction of their batch')
  async place(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) needId: string,
    @Body() request: PlaceGrabRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlacedGrabResponse | SealedEntryResponse> {
    const { answer, replayed } = await this.lane.place({
      claim: claimOf(http),
      fingerprint: fingerprintOf(http),
      viewer,
      needId,
      intendedFen: fen(request.intendedFen),
      limitVersion: request.limitVersion,
      now: this.clock.now(),
      correlationId: correlationId(),
    });
    if (replayed) void reply.header('idempotency-replayed', 'true');
    if (answer.status === 'SEALED') void reply.status(HttpStatus.ACCEPTED);
    return answer;
  }
}
