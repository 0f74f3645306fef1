import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock, fen } from '@app/kernel';
import { correlationId } from '@app/observe';
import { claimOf, fingerprintOf, NotACommand, UuidPipe } from '@app/service';
import { Body, Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

import { GrabLane } from './grab-lane.service.js';
import { PlacedGrabResponse } from './grab.response.js';
import { PlaceGrabRequest } from './place-grab.request.js';

@Controller('needs/:id/grabs')
export class GrabController {
  constructor(
    private readonly lane: GrabLane,
    private readonly clock: Clock,
  ) {}

  /** Takes one of the places of a need; the answer opens name, code, contact and exact amount. */
  @Post()
  @Allow('account-manager')
  @NotACommand('the lane keeps the idempotency of grabs itself, in the transaction of their batch')
  async place(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) needId: string,
    @Body() request: PlaceGrabRequest,
    @Req() http: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PlacedGrabResponse> {
    const { answer, replayed } = await this.lane.place({
      claim: claimOf(http),
      fingerprint: fingerprintOf(http),
      viewer,
      needId,
      intendedFen: fen(request.intendedFen),
      now: this.clock.now(),
      correlationId: correlationId(),
    });
    if (replayed) void reply.header('idempotency-replayed', 'true');
    return answer;
  }
}
