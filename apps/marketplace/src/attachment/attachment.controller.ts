import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { AddAttachmentRequest } from './add-attachment.request.js';
import { AttachmentContentResponse, AttachmentResponse } from './attachment.response.js';
import { AttachmentService } from './attachment.service.js';

@Controller('grabs/:id/attachments')
export class AttachmentController {
  constructor(
    private readonly attachments: AttachmentService,
    private readonly db: DataSource,
  ) {}

  /** Keeps a small file (PDF, PNG or JPEG) as evidence, for contacts and visits to name. */
  @Post()
  @Allow('account-manager')
  add(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) grabId: string,
    @Body() request: AddAttachmentRequest,
  ): Promise<AttachmentResponse> {
    return this.attachments.add(command, grabId, request);
  }

  /** A file with its content; not for the enterprise. */
  @Get(':attachmentId')
  @Allow('account-manager', 'institution-admin', 'operator')
  content(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) grabId: string,
    @Param('attachmentId', UuidPipe) id: string,
  ): Promise<AttachmentContentResponse> {
    return this.attachments.content(this.db.manager, viewer, grabId, id);
  }
}
