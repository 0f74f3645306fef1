import { Allow, CurrentViewer, SignedIn, type Viewer } from '@app/auth';
import { Clock, must } from '@app/kernel';
import { type Command, CurrentCommand, pageOf, PageQuery, pageRowsMax, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Ip, Param, Post, Query } from '@nestjs/common';

import { textInForce } from './authorisation-text.rules.js';
import {
  AuthorisationPage,
  AuthorisationTextResponse,
  RevokedAuthorisationResponse,
  SignedAuthorisationResponse,
  toAuthorisationResponse,
  toTextResponse,
  withReceipt,
} from './authorisation.response.js';
import { AuthorisationService } from './authorisation.service.js';
import { SignAuthorisationRequest } from './sign-authorisation.request.js';

@Controller()
export class AuthorisationController {
  constructor(
    private readonly authorisations: AuthorisationService,
    private readonly clock: Clock,
  ) {}

  /** The words that are signed, in Chinese and English; what counts is the Chinese text. */
  @SignedIn()
  @Get('authorisation-text')
  text(): AuthorisationTextResponse {
    return toTextResponse(must(textInForce(this.clock.today()), 'a text of authorisations is in force since 2015'));
  }

  @Allow('enterprise')
  @Post('authorisations')
  async sign(
    @CurrentCommand() command: Command,
    @Body() request: SignAuthorisationRequest,
    @Ip() address: string,
  ): Promise<SignedAuthorisationResponse> {
    const { row, receipt } = await this.authorisations.sign(command, request, address);
    return withReceipt(row, this.clock.today(), receipt);
  }

  @Allow('enterprise')
  @Get('authorisations')
  async list(@CurrentViewer() viewer: Viewer, @Query() query: PageQuery): Promise<AuthorisationPage> {
    const limit = query.limit ?? pageRowsMax;
    const rows = await this.authorisations.list(viewer, query.cursor, limit);
    const today = this.clock.today();
    return pageOf(
      rows,
      limit,
      (row) => toAuthorisationResponse(row, today),
      (row) => [row.id],
    );
  }

  /** Takes effect with the answer: no read is served after it. */
  @Allow('enterprise')
  @HttpCode(200)
  @Post('authorisations/:id/revocation')
  async revoke(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Ip() address: string,
  ): Promise<RevokedAuthorisationResponse> {
    const { row, receipt } = await this.authorisations.revoke(command, id, address);
    const today = this.clock.today();
    return receipt ? withReceipt(row, today, receipt) : toAuthorisationResponse(row, today);
  }
}
