import { choiceSetting } from '@app/config';
import { Injectable, Logger } from '@nestjs/common';

export interface Sms {
  id: string;
  to: string;
  text: string;
}

/** Sends one SMS; throws like MailSender. A provider is one more class like the two below. */
export abstract class SmsSender {
  abstract isOpen(): boolean;
  abstract send(sms: Sms): Promise<void>;
}

/** For operation without a provider: says in the log that something would have been sent, without number or text. */
@Injectable()
export class ConsoleSms extends SmsSender {
  private readonly log = new Logger('sms');
  private readonly driver = choiceSetting('SMS_DRIVER', ['none', 'console'], 'none');

  isOpen(): boolean {
    return this.driver === 'console';
  }

  async send({ id, to }: Sms): Promise<void> {
    this.log.log(`SMS ${id} to ${to.slice(0, 3)}****${to.slice(-4)} (no provider: not sent)`);
    await Promise.resolve();
  }
}

/** Keeps what it was given, for tests; fails as often as it is told to. */
export class RecordingSms extends SmsSender {
  readonly sent: Sms[] = [];
  private failures: Error[] = [];

  isOpen(): boolean {
    return true;
  }

  failWith(...failures: Error[]): void {
    this.failures = failures;
  }

  async send(sms: Sms): Promise<void> {
    const failure = this.failures.shift();
    if (failure) throw failure;
    this.sent.push(sms);
    await Promise.resolve();
  }
}
