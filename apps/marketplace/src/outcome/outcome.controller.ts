import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { ComplaintService } from './complaint.service.js';
import { FeedbackService } from './feedback.service.js';
import {
  AnswerComplaintRequest,
  CloseComplaintRequest,
  FileComplaintRequest,
  ListComplaintsQuery,
} from './file-complaint.request.js';
import { GiveFeedbackRequest } from './give-feedback.request.js';
import { ComplaintPage, ComplaintResponse, FeedbackResponse } from './outcome.response.js';

@Controller()
export class OutcomeController {
  constructor(
    private readonly feedback: FeedbackService,
    private readonly complaints: ComplaintService,
    private readonly db: DataSource,
  ) {}

  /** The enterprise rates a bank after its case has ended. */
  @Post('grabs/:id/feedback')
  @Allow('enterprise')
  rate(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Body() request: GiveFeedbackRequest,
  ): Promise<FeedbackResponse> {
    return this.feedback.give(command, grabId, request);
  }

  /** The enterprise complains about a bank, during a case or after it. */
  @Post('grabs/:id/complaints')
  @Allow('enterprise')
  file(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Body() request: FileComplaintRequest,
  ): Promise<ComplaintResponse> {
    return this.complaints.file(command, grabId, request);
  }

  /** Complaints, newest first: one's own, those about one's bank, or all for the operator. */
  @Get('complaints')
  @Allow('enterprise', 'institution-admin', 'operator')
  list(@CurrentViewer() viewer: Viewer, @Query() query: ListComplaintsQuery): Promise<ComplaintPage> {
    return this.complaints.list(this.db.manager, viewer, query);
  }

  /** The bank answers a complaint about it. */
  @Post('complaints/:id/answer')
  @HttpCode(200)
  @Allow('institution-admin')
  answer(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: AnswerComplaintRequest,
  ): Promise<ComplaintResponse> {
    return this.complaints.answer(command, id, request);
  }

  /** An operator closes a complaint, after the answer or when the time for one is over. */
  @Post('complaints/:id/closure')
  @HttpCode(200)
  @Allow('operator')
  close(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Body() request: CloseComplaintRequest,
  ): Promise<ComplaintResponse> {
    return this.complaints.close(command, id, request);
  }
}
