import { Allow } from '@app/auth';
import { type Command, CurrentCommand, UuidPipe } from '@app/service';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';

import { DeliveryLog } from './delivery-log.service.js';
import { DeliveryPage, DeliveryResponse } from './delivery.response.js';
import { DeliveryListQuery } from './list-deliveries.request.js';

/** E-mails and SMS that went out or did not. */
@Controller('deliveries')
export class DeliveryController {
  constructor(private readonly log: DeliveryLog) {}

  /** Newest first. */
  @Allow('operator')
  @Get()
  list(@Query() query: DeliveryListQuery): Promise<DeliveryPage> {
    return this.log.list(query);
  }

  /** Sends what is parked once more, with all its tries. */
  @Allow('operator')
  @HttpCode(200)
  @Post(':id/replay')
  replay(@CurrentCommand() command: Command, @Param('id', UuidPipe) id: string): Promise<DeliveryResponse> {
    return this.log.replay(command, id);
  }
}
