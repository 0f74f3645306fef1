import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { idCursor, NotACommand, pageOf, PageQuery } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { asUscc } from '../portrait/portrait.service.js';
import { ReplayScoreRequest } from './replay-score.request.js';
import { ReplayResponse, ScorePage, toScoreResponse } from './score.response.js';
import { ScoreService } from './score.service.js';

const rowsDefault = 20;

@Controller('enterprises')
export class ScoreController {
  constructor(private readonly scores: ScoreService) {}

  /** Every score that the enterprise had, newest first. */
  @Allow('enterprise', 'operator')
  @Get(':uscc/scores')
  async history(
    @CurrentViewer() viewer: Viewer,
    @Param('uscc') uscc: string,
    @Query() { cursor, limit = rowsDefault }: PageQuery,
  ): Promise<ScorePage> {
    const rows = await this.scores.history(viewer, asUscc(uscc), idCursor(cursor), limit);
    return pageOf(rows, limit, toScoreResponse, ({ id }) => [id]);
  }

  /** Computes an older score again and says whether it came out to the bit. */
  @Allow('operator')
  @NotACommand('computes and compares; nothing changes but the log of reads')
  @HttpCode(200)
  @Post(':uscc/replays')
  replay(
    @CurrentViewer() viewer: Viewer,
    @Param('uscc') uscc: string,
    @Body() { scoreId }: ReplayScoreRequest,
  ): Promise<ReplayResponse> {
    return this.scores.replay(viewer, asUscc(uscc), scoreId);
  }
}
