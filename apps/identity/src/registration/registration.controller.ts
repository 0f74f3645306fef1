import { Allow, Public } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { Approvals } from './approval.service.js';
import { CreateRegistrationRequest } from './create-registration.request.js';
import { RegistrationListQuery } from './list-registrations.request.js';
import { RegistrationPage, RegistrationResponse } from './registration.response.js';
import { Registrations } from './registration.service.js';
import { RejectRegistrationRequest } from './reject-registration.request.js';

/** 企业注册: an enterprise opens its account. */
@Controller('registrations')
export class RegistrationController {
  constructor(
    private readonly registrations: Registrations,
    private readonly approvals: Approvals,
  ) {}

  @Public()
  @Post()
  register(@CurrentCommand() command: Command, @Body() body: CreateRegistrationRequest): Promise<RegistrationResponse> {
    return this.registrations.register(command, body);
  }

  /** Newest first. */
  @Allow('operator')
  @Get()
  list(@Query() query: RegistrationListQuery): Promise<RegistrationPage> {
    return this.approvals.list(query);
  }

  /** The second approval, by another operator, opens the account. */
  @Allow('operator')
  @HttpCode(200)
  @Post(':id/approval')
  approve(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<RegistrationResponse> {
    return this.approvals.approve(command, id);
  }

  @Allow('operator')
  @HttpCode(200)
  @Post(':id/rejection')
  reject(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() { reason }: RejectRegistrationRequest,
  ): Promise<RegistrationResponse> {
    return this.approvals.reject(command, id, reason);
  }
}
