import { uuidv7 } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Planned } from '../notice/plan.rules.js';
import { MailSender } from './mail-sender.driver.js';
import { SmsSender } from './sms-sender.driver.js';

export interface NewDelivery extends Planned {
  personId: string;
  noticeId: string;
  urgent: boolean;
}

/** Puts messages into the queue of what goes out. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly mail: MailSender,
    private readonly sms: SmsSender,
  ) {}

  /** The ways that this house can go at all: nothing is queued for a server that nobody has named. */
  open(): ('EMAIL' | 'SMS')[] {
    return [...(this.mail.isOpen() ? (['EMAIL'] as const) : []), ...(this.sms.isOpen() ? (['SMS'] as const) : [])];
  }

  async add(tx: EntityManager, list: readonly NewDelivery[], now: Date): Promise<void> {
    if (list.length === 0) return;
    const rows = list.map(({ personId, noticeId, channel, state, notBefore, urgent }) => ({
      id: uuidv7(now),
      person_id: personId,
      notice_id: noticeId,
      channel,
      state,
      not_before: notBefore,
      urgent,
    }));
    await tx.query(
      `insert into delivery (id, person_id, notice_id, channel, state, not_before, urgent, created_at)
       select id, person_id, notice_id, channel, state, not_before, urgent, $2
       from json_to_recordset($1::json) as heard (id uuid, person_id uuid, notice_id uuid, channel text, state text,
         not_before timestamptz, urgent boolean)`,
      [JSON.stringify(rows), now],
    );
  }
}
