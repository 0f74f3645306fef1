import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Clock } from '@app/kernel';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';
import { DataSource } from 'typeorm';

import { ListEntriesQuery } from './list-entries.request.js';
import { ListingEntries } from './listing-entry.service.js';
import { ListingResultResponse } from './listing-result.response.js';
import { ListingResults } from './listing-result.service.js';
import { ListingEntryPage, ListingPage, ListingResponse } from './listing.response.js';
import { ListingService } from './listing.service.js';
import { WriteListingRequest } from './write-listing.request.js';

@Controller('listings')
export class ListingController {
  constructor(
    private readonly listings: ListingService,
    private readonly entries: ListingEntries,
    private readonly results: ListingResults,
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Directed lists, newest first. */
  @Get()
  @Allow('regulator', 'operator', 'account-manager', 'institution-admin')
  list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<ListingPage> {
    return this.listings.list(this.db.manager, viewer, query);
  }

  @Get(':id')
  @Allow('regulator', 'operator', 'account-manager', 'institution-admin')
  one(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<ListingResponse> {
    return this.listings.one(this.db.manager, viewer, id);
  }

  /** Who is on it; without consent nothing tells who. */
  @Get(':id/entries')
  @Allow('regulator', 'operator', 'account-manager', 'institution-admin')
  page(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: ListEntriesQuery,
  ): Promise<ListingEntryPage> {
    return this.entries.list(this.db.manager, viewer, id, query);
  }

  /** What came of it, for the department that published it. */
  @Get(':id/results')
  @Allow('regulator', 'operator')
  figures(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<ListingResultResponse> {
    return this.results.results(this.db.manager, viewer, id, this.clock.now());
  }

  /** The list as a file that Excel opens, in what one may see. */
  @Get(':id/export')
  @Header('content-type', 'text/csv; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="listing.csv"')
  @ApiProduces('text/csv')
  @Allow('regulator', 'operator', 'account-manager', 'institution-admin')
  export(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<string> {
    return this.results.table(this.db.manager, viewer, id);
  }

  /** A department drafts a list. */
  @Post()
  @Allow('regulator', 'operator')
  draft(@CurrentCommand() command: Command, @Body() request: WriteListingRequest): Promise<ListingResponse> {
    return this.listings.draft(command, request);
  }

  /** Freezes it, and asks the enterprises whether they may be shown. */
  @Post(':id/publication')
  @HttpCode(200)
  @Allow('regulator', 'operator')
  publish(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<ListingResponse> {
    return this.listings.publish(command, id);
  }

  /** Ends it before its last day. */
  @Post(':id/closure')
  @HttpCode(200)
  @Allow('regulator', 'operator')
  close(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<ListingResponse> {
    return this.listings.close(command, id);
  }
}
