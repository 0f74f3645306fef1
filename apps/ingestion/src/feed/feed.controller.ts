import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { Controller, Get, Query } from '@nestjs/common';

import { FeedList } from './feed.response.js';
import { Feeds } from './feed.service.js';
import { ListFeedsRequest } from './list-feeds.request.js';

@Controller('feeds')
export class FeedController {
  constructor(private readonly feeds: Feeds) {}

  /** A source sees its own feeds, operators and regulators see all. */
  @Get()
  @Allow('source', 'operator', 'regulator')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListFeedsRequest): Promise<FeedList> {
    return this.feeds.list(viewer, query);
  }
}
