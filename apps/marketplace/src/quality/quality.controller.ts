import { Allow, CurrentViewer, SignedIn, type Viewer } from '@app/auth';
import { type Month, parseMonth } from '@app/kernel';
import { type Command, CurrentCommand } from '@app/service';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ScoreListQuery } from './list-scores.request.js';
import { QualityQuery } from './quality-query.service.js';
import { MonthNotScored } from './quality.error.js';
import { ScoreMonthList, ScoresResponse } from './quality.response.js';
import { QualityService } from './quality.service.js';

/** 服务质量: how well banks serve, month by month. */
@Controller('quality')
export class QualityController {
  constructor(
    private readonly db: DataSource,
    private readonly quality: QualityService,
    private readonly query: QualityQuery,
  ) {}

  /** Published months, newest first; an operator also sees what waits for publication. */
  @SignedIn()
  @Get('months')
  async months(@CurrentViewer() viewer: Viewer): Promise<ScoreMonthList> {
    return { items: await this.query.months(viewer) };
  }

  /** Rank and grade of every bank; the figures behind them for the bank itself, regulators and operators. */
  @SignedIn()
  @Get('scores')
  scores(@CurrentViewer() viewer: Viewer, @Query() { month }: ScoreListQuery): Promise<ScoresResponse> {
    return this.query.scores(this.db.manager, viewer, month);
  }

  /** Makes the scores of a month anew, as long as they are not published. */
  @Allow('operator')
  @HttpCode(200)
  @Post('months/:month/computation')
  async compute(@CurrentCommand() command: Command, @Param('month') month: string): Promise<ScoresResponse> {
    await this.quality.compute(command.tx, monthIn(month), command.now);
    return this.query.scores(command.tx, command.viewer, month);
  }

  /** Freezes the scores, shows them to everybody, and lets limits go by the grades from the next month. */
  @Allow('operator')
  @HttpCode(200)
  @Post('months/:month/publication')
  async publish(@CurrentCommand() command: Command, @Param('month') month: string): Promise<ScoresResponse> {
    await this.quality.publish(command, monthIn(month));
    return this.query.scores(command.tx, command.viewer, month);
  }
}

function monthIn(text: string): Month {
  const month = parseMonth(text);
  if (!month) throw new MonthNotScored('that month');
  return month;
}
