// A process that the crash test kills with -9 in the moment in which the mail server has taken a letter.
import 'reflect-metadata';
import { databaseOptions } from '@app/database';
import { SystemClock } from '@app/kernel';
import { DataSource } from 'typeorm';

import { database } from '../../src/data-source.js';
import { DeliveryContent } from '../../src/delivery/delivery-content.service.js';
import { DeliveryQueue } from '../../src/delivery/delivery-queue.service.js';
import { DeliveryJob } from '../../src/delivery/delivery.job.js';
import { SmtpMail } from '../../src/delivery/mail-sender.driver.js';
import { RecordingSms } from '../../src/delivery/sms-sender.driver.js';

/** Sends, says so, and stays in that moment until the parent kills us. */
class FrozenMail extends SmtpMail {
  override async send(mail: Parameters<SmtpMail['send']>[0]): Promise<void> {
    await super.send(mail);
    process.stdout.write('sent\n');
    await new Promise(() => setInterval(() => undefined, 1_000));
  }
}

const clock = new SystemClock();
const db = await new DataSource(databaseOptions(database)).initialize();
const queue = new DeliveryQueue(db, clock);
await new DeliveryJob(queue, new DeliveryContent(db, clock), new FrozenMail(), new RecordingSms()).run();
