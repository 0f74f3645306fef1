import { Allow, SignedIn } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { ChangeMembershipsRequest } from './change-memberships.request.js';
import { CreateOrganisationRequest } from './create-organisation.request.js';
import { InstitutionListQuery, OrganisationListQuery } from './list-organisations.request.js';
import { InstitutionPage, OrganisationPage, OrganisationResponse } from './organisation.response.js';
import { Organisations } from './organisation.service.js';

/** 机构: on-boarding by the operator; institutions for everybody who is signed in. */
@Controller()
export class OrganisationController {
  constructor(private readonly organisations: Organisations) {}

  @Allow('operator')
  @Post('organisations')
  create(@CurrentCommand() command: Command, @Body() body: CreateOrganisationRequest): Promise<OrganisationResponse> {
    return this.organisations.create(command, body);
  }

  /** Newest first. */
  @Allow('operator')
  @Get('organisations')
  list(@Query() query: OrganisationListQuery): Promise<OrganisationPage> {
    return this.organisations.list(query);
  }

  @Allow('operator')
  @Get('organisations/:id')
  find(@Param('id', UuidPipe) id: string): Promise<OrganisationResponse> {
    return this.organisations.find(id);
  }

  @Allow('operator')
  @HttpCode(200)
  @Post('organisations/:id/memberships')
  changeMemberships(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() { memberships }: ChangeMembershipsRequest,
  ): Promise<OrganisationResponse> {
    return this.organisations.changeMemberships(command, id, memberships);
  }

  /** By code. */
  @SignedIn()
  @Get('institutions')
  institutions(@Query() query: InstitutionListQuery): Promise<InstitutionPage> {
    return this.organisations.institutions(query);
  }
}
