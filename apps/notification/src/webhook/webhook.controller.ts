import { Allow, CurrentViewer, type Viewer } from '@app/auth';
import { type Command, CurrentCommand, NotACommand, UuidPipe } from '@app/service';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { MessageListQuery, RegisterWebhookRequest } from './register-webhook.request.js';
import { WebhookLog } from './webhook-log.service.js';
import {
  PingResponse,
  WebhookAttemptList,
  WebhookList,
  WebhookMessagePage,
  WebhookMessageResponse,
  WebhookResponse,
  WebhookSecretResponse,
} from './webhook.response.js';
import { Webhooks } from './webhooks.service.js';

/** 推送地址: where an institution's own systems hear what its people hear (docs/webhooks.md). */
@Controller('webhooks')
export class WebhookController {
  constructor(
    private readonly webhooks: Webhooks,
    private readonly log: WebhookLog,
  ) {}

  @Allow('institution-admin')
  @Get()
  async list(@CurrentViewer() viewer: Viewer): Promise<WebhookList> {
    return { items: await this.webhooks.list(viewer) };
  }

  /** The answer holds the secret, this once. */
  @Allow('institution-admin')
  @NotACommand('the answer holds a secret, and stored answers are kept as they are')
  @Post()
  register(@CurrentViewer() viewer: Viewer, @Body() body: RegisterWebhookRequest): Promise<WebhookSecretResponse> {
    return this.webhooks.register(viewer, body);
  }

  /** A new secret; the old one signs beside it for a day. */
  @Allow('institution-admin')
  @NotACommand('the answer holds a secret, and stored answers are kept as they are')
  @HttpCode(200)
  @Post(':id/rotation')
  rotate(@CurrentViewer() viewer: Viewer, @Param('id', UuidPipe) id: string): Promise<WebhookSecretResponse> {
    return this.webhooks.rotate(viewer, id);
  }

  @Allow('institution-admin')
  @HttpCode(200)
  @Post(':id/pause')
  pause(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<WebhookResponse> {
    return this.webhooks.setState(command, id, 'PAUSED');
  }

  @Allow('institution-admin')
  @HttpCode(200)
  @Post(':id/resumption')
  resume(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<WebhookResponse> {
    return this.webhooks.setState(command, id, 'ACTIVE');
  }

  @Allow('institution-admin')
  @HttpCode(204)
  @Delete(':id')
  remove(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<void> {
    return this.webhooks.remove(command, id);
  }

  /** Sends `{"type":"ping"}`; how it went is in the messages. */
  @Allow('institution-admin')
  @HttpCode(202)
  @Post(':id/ping')
  async ping(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<PingResponse> {
    return { messageId: await this.webhooks.ping(command, id) };
  }

  /** Newest first. */
  @Allow('institution-admin')
  @Get(':id/messages')
  messages(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Query() query: MessageListQuery,
  ): Promise<WebhookMessagePage> {
    return this.log.list(viewer, id, query);
  }

  @Allow('institution-admin')
  @Get(':id/messages/:messageId/attempts')
  async attempts(
    @CurrentViewer() viewer: Viewer,
    @Param('id', UuidPipe) id: string,
    @Param('messageId', UuidPipe) messageId: string,
  ): Promise<WebhookAttemptList> {
    return { items: await this.log.attempts(viewer, id, messageId) };
  }

  @Allow('institution-admin')
  @HttpCode(200)
  @Post(':id/messages/:messageId/replay')
  replay(
    @CurrentCommand() command: Command,
    @Param('id', UuidPipe) id: string,
    @Param('messageId', UuidPipe) messageId: string,
  ): Promise<WebhookMessageResponse> {
    return this.log.replay(command, id, messageId);
  }
}
