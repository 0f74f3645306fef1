import { createHmac, randomInt } from 'node:crypto';

import type { Viewer } from '@app/auth';
import { Clock, dayOf, InvalidInput, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { MailSender } from '../delivery/mail-sender.driver.js';
import { SmsSender } from '../delivery/sms-sender.driver.js';
import type { NameContactRequest, ProveContactRequest, RemoveContactRequest } from './change-setting.request.js';
import { ChannelClosed, CodeNotSent, CodeTooSoon, CodeWrong } from './setting.error.js';

const codeMinutes = 15;
/** One code a minute: nobody can be flooded through us. */
const pauseMs = 60_000;
/** More than anybody needs to get an address right; a stranger's mailbox is not filled with them. */
const codesPerDayMax = 10;
/** Five guesses at six digits. */
const triesMax = 5;

const column = { EMAIL: 'email', SMS: 'phone' } as const;

/** Addresses that their owner has proved: nothing is ever sent to any other. */
@Injectable()
export class Contacts {
  private readonly log = new Logger('contact');

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly mail: MailSender,
    private readonly sms: SmsSender,
  ) {}

  /** Sends a code to the address. @throws CodeTooSoon, CodeNotSent, ChannelClosed */
  async name({ personId }: Viewer, { channel, address }: NameContactRequest): Promise<void> {
    if (!(channel === 'EMAIL' ? this.mail : this.sms).isOpen()) throw new ChannelClosed(channel);
    if (address.includes('@') !== (channel === 'EMAIL'))
      throw new InvalidInput([{ pointer: '/address', detail: `is not an address for ${channel}` }]);
    const now = this.clock.now();
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const until = new Date(now.getTime() + codeMinutes * 60_000);
    const [rows]: [object[], number] = await this.db.query(
      `update contact_proof set address = $3, code_hash = $4, expires_at = $5, tries = 0,
              sent = case when sent_on = $7 then sent + 1 else 1 end, sent_on = $7
       where person_id = $1 and channel = $2 and expires_at <= $6
         and (sent_on is distinct from $7::date or sent < ${codesPerDayMax}) returning 1`,
      [personId, channel, address, hashOf(personId, code), until, new Date(until.getTime() - pauseMs), dayOf(now)],
    );
    if (rows.length === 0) await this.first(personId, { channel, address }, code, until);
    await this.send(channel, address, code, now);
  }

  /** @throws CodeWrong */
  async prove({ tx, viewer, now }: Command, { channel, code }: ProveContactRequest): Promise<boolean> {
    const [proof]: { address: string; code_hash: string; expires_at: Date; tries: number }[] = await tx.query(
      `select address, code_hash, expires_at, tries from contact_proof where person_id = $1 and channel = $2 for update`,
      [viewer.personId, channel],
    );
    if (!proof || proof.expires_at <= now || proof.tries >= triesMax) throw new CodeWrong();
    if (proof.code_hash !== hashOf(viewer.personId, code)) throw new CountedWrongCode(viewer.personId, channel);
    await tx.query('delete from contact_proof where person_id = $1 and channel = $2', [viewer.personId, channel]);
    await tx.query(
      `insert into setting (person_id, ${column[channel]}) values ($1, $2)
       on conflict (person_id) do update set ${column[channel]} = excluded.${column[channel]}`,
      [viewer.personId, proof.address],
    );
    return true;
  }

  /** From now on nothing goes there, what is queued included. The pause between codes stays, or it would be no pause. */
  async remove({ tx, viewer }: Command, { channel }: RemoveContactRequest): Promise<void> {
    await tx.query(`update setting set ${column[channel]} = null where person_id = $1`, [viewer.personId]);
    await tx.query(`update contact_proof set code_hash = '' where person_id = $1 and channel = $2`, [
      viewer.personId,
      channel,
    ]);
  }

  private async first(personId: string, asked: NameContactRequest, code: string, until: Date): Promise<void> {
    const rows: object[] = await this.db.query(
      `insert into contact_proof (person_id, channel, address, code_hash, expires_at, sent_on)
       values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning 1`,
      [personId, asked.channel, asked.address, hashOf(personId, code), until, dayOf(this.clock.now())],
    );
    if (rows.length === 0) throw new CodeTooSoon(pauseMs / 1_000);
  }

  private async send(channel: 'EMAIL' | 'SMS', to: string, code: string, now: Date): Promise<void> {
    const text = `【信桥】验证码 ${code}，${codeMinutes} 分钟内有效。Your code is ${code}, valid for ${codeMinutes} minutes.`;
    const id = uuidv7(now);
    try {
      if (channel === 'SMS') await this.sms.send({ id, to, text });
      if (channel === 'EMAIL')
        await this.mail.send({ id, to, subject: '信桥：验证码 / your code', text, html: `<p>${text}</p>` });
    } catch (error) {
      this.log.warn(`a code could not be sent by ${channel}: ${(error as Error).name}`);
      throw new CodeNotSent();
    }
  }
}

/** The person belongs to it, so that equal codes have different hashes. */
const hashOf = (personId: string, code: string): string => createHmac('sha256', personId).update(code).digest('hex');

/** A wrong guess counts although nothing else was done. */
class CountedWrongCode extends CodeWrong {
  constructor(
    private readonly personId: string,
    private readonly channel: string,
  ) {
    super();
  }

  async trace(tx: Command['tx']): Promise<void> {
    await tx.query('update contact_proof set tries = tries + 1 where person_id = $1 and channel = $2', [
      this.personId,
      this.channel,
    ]);
  }
}
