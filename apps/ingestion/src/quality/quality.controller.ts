import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, Header, Param, Post, Query } from '@nestjs/common';
import { ApiProduces } from '@nestjs/swagger';

import { FindingViews } from './finding-view.service.js';
import { LetterViews } from './letter-view.service.js';
import { QualityViews } from './quality-view.service.js';
import {
  ConflictsRequest,
  IssueLetterRequest,
  ListFindingsRequest,
  ListLettersRequest,
  QualityDaysRequest,
} from './quality.request.js';
import {
  ConflictPage,
  EnterpriseQualityResponse,
  FeedQualityPage,
  FindingPage,
  LetterPage,
  LetterTextResponse,
  QualityDaysResponse,
  SourceQualityPage,
} from './quality.response.js';

@Controller()
export class QualityController {
  constructor(
    private readonly views: QualityViews,
    private readonly findings: FindingViews,
    private readonly letters: LetterViews,
  ) {}

  /** Feeds with their score and what it is made of. */
  @Get('quality/feeds')
  @Allow('source', 'operator', 'regulator')
  feeds(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<FeedQualityPage> {
    return this.views.feeds(viewer, query);
  }

  @Get('quality/sources')
  @Allow('source', 'operator', 'regulator')
  sources(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<SourceQualityPage> {
    return this.views.sources(viewer, query);
  }

  /** Feeds by days, at most a quarter: the heat map and the trend. */
  @Get('quality/days')
  @Allow('source', 'operator', 'regulator')
  days(@CurrentViewer() viewer: Viewer, @Query() query: QualityDaysRequest): Promise<QualityDaysResponse> {
    return this.views.days(viewer, query);
  }

  /** How good what is held of one enterprise is; a source sees what its own feeds hold. */
  @Get('quality/enterprises/:uscc')
  @Allow('source', 'operator')
  enterprise(@CurrentViewer() viewer: Viewer, @Param('uscc') uscc: string): Promise<EnterpriseQualityResponse> {
    return this.views.enterprise(viewer, uscc);
  }

  /** What does not fit, newest first. */
  @Get('quality/findings')
  @Allow('source', 'operator')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListFindingsRequest): Promise<FindingPage> {
    return this.findings.list(viewer, query);
  }

  /** Where sources contradict one another about an enterprise: both sides, none preferred. */
  @Get('conflicts')
  @Allow('source', 'operator')
  conflicts(@CurrentViewer() viewer: Viewer, @Query() query: ConflictsRequest): Promise<ConflictPage> {
    return this.findings.conflicts(viewer, query);
  }

  @Get('quality/letters')
  @Allow('source', 'operator')
  listLetters(@CurrentViewer() viewer: Viewer, @Query() query: ListLettersRequest): Promise<LetterPage> {
    return this.letters.list(viewer, query);
  }

  /** Writes the letter of a month that is over and has none. */
  @Post('quality/letters')
  @Allow('operator')
  issueLetter(@CurrentCommand() command: Command, @Body() request: IssueLetterRequest): Promise<LetterTextResponse> {
    return this.letters.issue(command, request);
  }

  @Get('quality/letters/:id')
  @Allow('source', 'operator')
  letter(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<LetterTextResponse> {
    return this.letters.get(viewer, id);
  }

  /** The same letter as a page for reading and printing. */
  @Get('quality/letters/:id/page')
  @Allow('source', 'operator')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', `default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'`)
  @ApiProduces('text/html')
  letterPage(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<string> {
    return this.letters.page(viewer, id);
  }
}
