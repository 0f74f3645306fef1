import { Allow, SignedIn } from '@app/auth';
import { type Command, CurrentCommand, PageQuery } from '@app/service';
import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { LprQuotePage, LprQuoteResponse } from './lpr.response.js';
import { LprService } from './lpr.service.js';
import { QuoteLprRequest } from './quote-lpr.request.js';

@Controller('lpr')
export class LprController {
  constructor(
    private readonly quotes: LprService,
    private readonly db: DataSource,
  ) {}

  /** Loan prime rates as published, newest first, each marked whether it was compared with the publication. */
  @Get()
  @SignedIn()
  list(@Query() query: PageQuery): Promise<LprQuotePage> {
    return this.quotes.list(this.db.manager, query);
  }

  /** Enters a new quote, or the right one for a day that was entered wrongly. */
  @Post()
  @Allow('operator')
  quote(@CurrentCommand() command: Command, @Body() request: QuoteLprRequest): Promise<LprQuoteResponse> {
    return this.quotes.quote(command, request);
  }
}
