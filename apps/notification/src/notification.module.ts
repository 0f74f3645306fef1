import { MessagingModule } from '@app/messaging';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { database } from './data-source.js';
import { Deliveries } from './delivery/deliveries.service.js';
import { DeliveryContent } from './delivery/delivery-content.service.js';
import { DeliveryLog } from './delivery/delivery-log.service.js';
import { DeliveryQueue } from './delivery/delivery-queue.service.js';
import { DeliveryController } from './delivery/delivery.controller.js';
import { DeliveryJob } from './delivery/delivery.job.js';
import { MailSender, SmtpMail } from './delivery/mail-sender.driver.js';
import { ConsoleSms, SmsSender } from './delivery/sms-sender.driver.js';
import { KeepJob } from './notice/keep.job.js';
import { Mailbox } from './notice/mailbox.service.js';
import { NoticeController } from './notice/notice.controller.js';
import { Notices } from './notice/notices.service.js';
import { Contacts } from './setting/contacts.service.js';
import { SettingController } from './setting/setting.controller.js';
import { Settings } from './setting/settings.service.js';
import { WishBook } from './setting/wishes.service.js';
import { NoticeListener } from './stream/notice-listener.driver.js';
import { StreamController } from './stream/stream.controller.js';
import { Streams } from './stream/streams.service.js';
import { Audiences } from './telling/audience.service.js';
import { TellingConsumer } from './telling/telling.consumer.js';
import { AddressGuard } from './webhook/address-guard.driver.js';
import { GuardedPost } from './webhook/guarded-post.driver.js';
import { SecretBox } from './webhook/secret-box.driver.js';
import { WebhookLog } from './webhook/webhook-log.service.js';
import { WebhookOutbox } from './webhook/webhook-outbox.service.js';
import { WebhookQueue } from './webhook/webhook-queue.service.js';
import { WebhookController } from './webhook/webhook.controller.js';
import { WebhookJob } from './webhook/webhook.job.js';
import { Webhooks } from './webhook/webhooks.service.js';

const told = [TellingConsumer, Audiences, Notices, Mailbox, KeepJob, NoticeListener, Streams];
const chosen = [WishBook, Settings, Contacts];
const sent = [
  { provide: MailSender, useClass: SmtpMail },
  { provide: SmsSender, useClass: ConsoleSms },
  Deliveries,
  DeliveryQueue,
  DeliveryContent,
  DeliveryLog,
  DeliveryJob,
];
const pushed = [AddressGuard, GuardedPost, SecretBox, WebhookQueue, WebhookOutbox, WebhookJob, Webhooks, WebhookLog];

@Module({
  imports: [
    ServiceModule.of(database),
    MessagingModule.forService({ service: 'notification', handlers: [TellingConsumer] }),
  ],
  controllers: [
    DeadLetterController,
    NoticeController,
    StreamController,
    SettingController,
    DeliveryController,
    WebhookController,
  ],
  providers: [...told, ...chosen, ...sent, ...pushed],
})
export class NotificationModule {}
