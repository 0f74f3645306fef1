import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { SearchHitPage, SearchPage, SearchResponse } from './search.response.js';
import { SearchService } from './search.service.js';
import { WriteSearchRequest } from './write-search.request.js';

@Controller('searches')
export class SearchController {
  constructor(
    private readonly searches: SearchService,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** The own saved searches, newest first. */
  @Get()
  @Allow('account-manager', 'institution-admin')
  list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<SearchPage> {
    return this.searches.list(this.db.manager, viewer, query);
  }

  /** Leads that one of them found and that are still on the board, masked. */
  @Get(':id/hits')
  @Allow('account-manager', 'institution-admin')
  hits(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<SearchHitPage> {
    return this.searches.hits(this.db.manager, viewer, id, query, this.clock.now());
  }

  /** Keeps a filter of the lead board; its person is told of each need once. */
  @Post()
  @Allow('account-manager', 'institution-admin')
  save(@CurrentCommand() command: Command, @Body() request: WriteSearchRequest): Promise<SearchResponse> {
    return this.searches.save(command, request);
  }

  @Put(':id')
  @Allow('account-manager', 'institution-admin')
  edit(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: WriteSearchRequest,
  ): Promise<SearchResponse> {
    return this.searches.edit(command, id, request);
  }

  @Delete(':id')
  @Allow('account-manager', 'institution-admin')
  remove(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<SearchResponse> {
    return this.searches.remove(command, id);
  }
}
