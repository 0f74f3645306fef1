import { MessagingModule } from '@app/messaging';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { database } from './data-source.js';

@Module({
  imports: [ServiceModule.of(database), MessagingModule.forService({ service: 'notification', handlers: [] })],
  controllers: [DeadLetterController],
  providers: [],
})
export class NotificationModule {}
