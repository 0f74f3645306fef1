import { Allow, CurrentViewer, SignedIn, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, PageQuery, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ChangePasswordRequest } from './change-password.request.js';
import { CreatePersonRequest } from './create-person.request.js';
import { findMe } from './me.service.js';
import { OwnPassword } from './own-password.service.js';
import { MeResponse, PersonPage, PersonResponse } from './person.response.js';
import { People } from './person.service.js';

/** 人员: oneself, and the people of an organisation. */
@Controller()
export class PersonController {
  constructor(
    private readonly db: DataSource,
    private readonly people: People,
    private readonly ownPassword: OwnPassword,
  ) {}

  @SignedIn({ beforePasswordChange: true })
  @Get('me')
  me(@CurrentViewer() viewer: Viewer): Promise<MeResponse> {
    return findMe(this.db.manager, viewer.personId);
  }

  /** Ends all other sessions of the person. */
  @SignedIn({ beforePasswordChange: true })
  @HttpCode(204)
  @Post('me/password')
  changePassword(@CurrentCommand() command: Command, @Body() body: ChangePasswordRequest): Promise<void> {
    return this.ownPassword.change(command, body);
  }

  @Allow('operator', 'institution-admin')
  @Post('organisations/:id/people')
  create(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() body: CreatePersonRequest,
  ): Promise<PersonResponse> {
    return this.people.create(command, id, body);
  }

  @Allow('operator', 'institution-admin')
  @Get('organisations/:id/people')
  list(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: PageQuery,
  ): Promise<PersonPage> {
    return this.people.list(viewer, id, query);
  }

  /** The person's sessions end at once. */
  @Allow('operator', 'institution-admin')
  @HttpCode(200)
  @Post('people/:id/suspension')
  suspend(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<PersonResponse> {
    return this.people.suspend(command, id);
  }

  @Allow('operator', 'institution-admin')
  @HttpCode(200)
  @Post('people/:id/reactivation')
  reactivate(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<PersonResponse> {
    return this.people.reactivate(command, id);
  }
}
