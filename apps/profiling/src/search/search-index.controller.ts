import { Allow } from '@app/auth';
import { SearchLedger, SearchUpkeep } from '@app/search';
import { type Command, CurrentCommand, idCursor, pageOf, PageQuery } from '@app/service';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';

import { RebuildSearchRequest } from './rebuild-search.request.js';
import {
  SearchIndexResponse,
  SearchLogPage,
  SearchRebuildResponse,
  toBuildResponse,
  toLogResponse,
} from './search-index.response.js';

const buildsShown = 10;
const linesDefault = 20;

@Controller('search-index')
export class SearchIndexController {
  constructor(
    private readonly ledger: SearchLedger,
    private readonly upkeep: SearchUpkeep,
  ) {}

  /** How many documents can be found, what has still to be carried over, and the latest builds. */
  @Allow('operator')
  @Get()
  async state(): Promise<SearchIndexResponse> {
    const builds = await this.ledger.builds(buildsShown);
    return { ...(await this.ledger.counts()), builds: builds.map(toBuildResponse) };
  }

  /** Makes the index anew beside the one in use; what is under way already is not begun twice. */
  @Allow('operator')
  @Post('rebuilds')
  @HttpCode(202)
  async rebuild(
    @Body() { reason }: RebuildSearchRequest,
    @CurrentCommand() { tx, viewer }: Command,
  ): Promise<SearchRebuildResponse> {
    const builds = await this.upkeep.rebuild(tx, reason, viewer.personId);
    return { builds: builds.map(toBuildResponse) };
  }

  /** Who did what to the index, how much, and what was found to differ. */
  @Allow('operator')
  @Get('log')
  async log(@Query() { limit = linesDefault, cursor }: PageQuery): Promise<SearchLogPage> {
    const lines = await this.ledger.log(limit + 1, idCursor(cursor));
    return pageOf(lines, limit, toLogResponse, ({ id }) => [id]);
  }
}
