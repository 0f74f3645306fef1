import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { AccountViews } from './account-view.service.js';
import { AccountMappingPage, AccountsResponse, EndedAccountsResponse } from './account.response.js';
import { Accounts } from './account.service.js';
import { EndMappingsRequest, ListMappingsQuery, MapAccountsRequest } from './map-accounts.request.js';

@Controller('feeds/:feed/accounts')
export class AccountController {
  constructor(
    private readonly accounts: Accounts,
    private readonly views: AccountViews,
  ) {}

  /** Whose accounts are, and were; the latest word first. */
  @Get()
  @Allow('source', 'operator')
  list(
    @CurrentViewer() viewer: Viewer,
    @Param('feed') feed: string,
    @Query() query: ListMappingsQuery,
  ): Promise<AccountMappingPage> {
    return this.views.list(viewer, feed, query);
  }

  /** Says whose accounts are: rows of them may come without a code from now on. */
  @Post()
  @Allow('source', 'operator')
  mapAccounts(
    @CurrentCommand() command: Command,
    @Param('feed') feed: string,
    @Body() request: MapAccountsRequest,
  ): Promise<AccountsResponse> {
    return this.accounts.map(command, feed, request);
  }

  /** Accounts are nobody's any more: rows of them wait for a code from now on. */
  @Post('endings')
  @HttpCode(200)
  @Allow('source', 'operator')
  end(
    @CurrentCommand() command: Command,
    @Param('feed') feed: string,
    @Body() request: EndMappingsRequest,
  ): Promise<EndedAccountsResponse> {
    return this.accounts.end(command, feed, request);
  }
}
