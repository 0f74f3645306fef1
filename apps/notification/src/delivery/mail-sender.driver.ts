import { textSetting } from '@app/config';
import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';

export interface Mail {
  /** The same for every attempt at one message, so that a receiver can see that a second copy is one. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string;
}

/** Sends one e-mail. Throws PermanentFailure when trying again makes no sense, and anything else when it does. */
export abstract class MailSender {
  abstract isOpen(): boolean;
  abstract send(mail: Mail): Promise<void>;
}

/** The server refused the message for good: the address does not exist, or it takes no mail from us. */
export class PermanentFailure extends Error {
  override readonly name = 'PermanentFailure';
}

const timeouts = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };

/** Over SMTP, to the server in SMTP_URL, from MAIL_FROM. Without both nothing is sent, which the log says once. */
@Injectable()
export class SmtpMail extends MailSender implements OnApplicationShutdown {
  private readonly log = new Logger('mail');
  private readonly url = textSetting('SMTP_URL');
  private readonly from = textSetting('MAIL_FROM');
  private transport: Transporter | undefined;

  constructor() {
    super();
    if (!this.isOpen()) this.log.log('no e-mail is sent: SMTP_URL and MAIL_FROM are not both set');
  }

  isOpen(): boolean {
    return this.url !== undefined && this.from !== undefined;
  }

  async send({ id, to, subject, text, html }: Mail): Promise<void> {
    if (!this.url || !this.from) throw new PermanentFailure('no mail server is set');
    this.transport ??= createTransport({ url: this.url, pool: true, maxConnections: 4, ...timeouts });
    const headers = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' };
    const messageId = `<${id}@${hostOf(this.from)}>`;
    try {
      await this.transport.sendMail({ from: this.from, to, subject, text, html, messageId, headers });
    } catch (error) {
      throw isPermanent(error) ? new PermanentFailure(answerOf(error)) : error;
    }
  }

  onApplicationShutdown(): void {
    this.transport?.close();
  }
}

const hostOf = (from: string): string => /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost';

/** 5xx of SMTP are for good; a refused sign-in (535) is our setting's fault, which somebody may mend. */
function isPermanent(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  return code !== 'EAUTH' && responseCode !== undefined && responseCode >= 500;
}

/** A server's answer may repeat the address; the log of deliveries holds none. */
const answerOf = (error: Error): string => error.message.replaceAll(/[^\s<>]+@[^\s<>]+/g, '…').slice(0, 200);
