import { CurrentViewer, SignedIn, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { NoticeListQuery } from './list-notices.request.js';
import { Mailbox } from './mailbox.service.js';
import { MarkReadRequest } from './mark-read.request.js';
import { NoticePage, ReadingResponse } from './notice.response.js';

/** 通知: what the signed-in person was told. */
@Controller('notifications')
export class NoticeController {
  constructor(private readonly mailbox: Mailbox) {}

  /** Newest first. */
  @SignedIn()
  @Get()
  list(@CurrentViewer() viewer: Viewer, @Query() query: NoticeListQuery): Promise<NoticePage> {
    return this.mailbox.list(viewer, query);
  }

  /** Marks all as read, or all up to a number. */
  @SignedIn()
  @HttpCode(200)
  @Post('reading')
  async readAll(@CurrentCommand() command: Command, @Body() { upTo }: MarkReadRequest): Promise<ReadingResponse> {
    return { unread: await this.mailbox.markAllRead(command, upTo) };
  }

  @SignedIn()
  @HttpCode(200)
  @Post(':id/reading')
  async read(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<ReadingResponse> {
    return { unread: await this.mailbox.markRead(command, id) };
  }
}
