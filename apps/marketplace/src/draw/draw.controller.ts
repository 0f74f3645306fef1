import { Allow, SignedIn } from '@app/auth';
import { PageQuery, UuidPipe } from '@app/service';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { DrawQueryService } from './draw-query.service.js';
import { DrawPage, DrawResponse } from './draw.response.js';

@Controller('draws')
export class DrawController {
  constructor(
    private readonly draws: DrawQueryService,
    private readonly db: DataSource,
  ) {}

  /** Draws that were held, latest first. */
  @Get()
  @Allow('operator')
  list(@Query() query: PageQuery): Promise<DrawPage> {
    return this.draws.list(this.db.manager, query);
  }

  /** Everything that it takes to recompute a draw; entries are known by their ids alone. */
  @Get(':needId')
  @SignedIn()
  one(@Param('needId', UuidPipe) needId: string): Promise<DrawResponse> {
    return this.draws.one(this.db.manager, needId);
  }
}
