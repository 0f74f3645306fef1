import { Allow, CurrentViewer, Public, type Viewer } from '@app/auth';
import { decodeCursor, NotACommand, PageQuery, pageOf, pageRowsMax } from '@app/service';
import { Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOkResponse } from '@nestjs/swagger';

import { ContractHistory } from './contract-history.service.js';
import {
  ContractPage,
  ContractResponse,
  ContractVersionList,
  ReloadResponse,
  SourceList,
  toContractResponse,
  toSourceResponse,
} from './contract.response.js';
import { Contracts } from './contract.service.js';

@Controller()
export class ContractController {
  constructor(
    private readonly contracts: Contracts,
    private readonly history: ContractHistory,
  ) {}

  /** The JSON Schema of a contract. */
  @Get('contracts/schema')
  @Public()
  @Header('cache-control', 'public, max-age=3600')
  @ApiOkResponse({ schema: { type: 'object' } })
  schema(): object {
    return this.contracts.catalogue.schema;
  }

  /** Who supplies what, on which ground and for which use: anybody may know. */
  @Get('sources')
  @Public()
  sources(): SourceList {
    const contracts = this.contracts.all();
    return {
      items: this.contracts.catalogue.sources.map((source) => toSourceResponse(source, contracts)),
      nextCursor: null,
    };
  }

  /** Contracts in force: a source sees its own, operators and regulators see all. */
  @Get('contracts')
  @Allow('source', 'operator', 'regulator')
  list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): ContractPage {
    const limit = query.limit ?? pageRowsMax;
    const after = String(decodeCursor(query.cursor, 1)?.[0] ?? '');
    const contracts = this.contracts
      .visibleTo(viewer)
      .filter(({ feed }) => feed > after)
      .toSorted((a, b) => (a.feed < b.feed ? -1 : 1));
    return pageOf(contracts.slice(0, limit + 1), limit, toContractResponse, ({ feed }) => [feed]);
  }

  @Get('contracts/:feed')
  @Allow('source', 'operator', 'regulator')
  get(@CurrentViewer() viewer: Viewer, @Param('feed') feed: string): ContractResponse {
    return toContractResponse(this.contracts.usedBy(viewer, feed));
  }

  /** Every state that a contract was in, newest first, with what changed. */
  @Get('contracts/:feed/versions')
  @Allow('source', 'operator', 'regulator')
  versions(@CurrentViewer() viewer: Viewer, @Param('feed') feed: string): Promise<ContractVersionList> {
    this.contracts.usedBy(viewer, feed);
    return this.history.of(feed);
  }

  /** Takes up changed contract files at once; they are looked at every half a minute anyway. */
  @Post('contracts/reloads')
  @HttpCode(200)
  @Allow('operator')
  @NotACommand('reads files, and doing it twice is doing it once')
  async reload(): Promise<ReloadResponse> {
    return { reloaded: await this.history.reload(), feeds: this.contracts.all().length };
  }
}
