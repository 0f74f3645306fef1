import { textSetting } from '@app/config';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { Language } from '../kind/kind-shape.rules.js';
import { isKind } from '../kind/kind.rules.js';
import { render, type Rendered, type Variables } from '../kind/text.rules.js';
import { afterQuiet } from '../setting/quiet.rules.js';
import type { Claimed } from './delivery-queue.service.js';

export interface Content {
  address: string;
  language: Language;
  notices: Rendered[];
  /** Set while the person's quiet hours last and the message is not urgent. */
  quietUntil: Date | null;
}

interface Owner {
  language: Language;
  quiet_from: number | null;
  quiet_to: number | null;
  email: string | null;
  phone: string | null;
}

/** Reads what a message says and where it goes at the moment it is sent: an address that was taken back gets nothing. */
@Injectable()
export class DeliveryContent {
  /** Where the links of an e-mail lead. */
  readonly portal = textSetting('PORTAL_URL') ?? null;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Null when there is nobody or nothing left. */
  async of(claimed: Claimed): Promise<Content | null> {
    const [owner]: Owner[] = await this.db.query(
      `select s.language, s.quiet_from, s.quiet_to, s.email, s.phone
       from setting s join identity_api.person_v1 p on p.id = s.person_id and p.status = 'ACTIVE'
       where s.person_id = $1`,
      [claimed.person_id],
    );
    const address = claimed.channel === 'EMAIL' ? owner?.email : owner?.phone;
    if (!owner || !address) return null;
    const notices = await this.notices(claimed, owner.language);
    if (notices.length === 0) return null;
    return { address, language: owner.language, notices, quietUntil: this.quietUntil(claimed, owner) };
  }

  private quietUntil({ urgent }: Claimed, { quiet_from: from, quiet_to: to }: Owner): Date | null {
    if (urgent || from === null || to === null) return null;
    const now = this.clock.now();
    const free = afterQuiet(now, { from, to });
    return free > now ? free : null;
  }

  private async notices({ id, notice_id }: Claimed, language: Language): Promise<Rendered[]> {
    const rows: { kind: string; variables: Variables }[] = await this.db.query(
      notice_id
        ? 'select kind, variables from notice where id = $1'
        : `select n.kind, n.variables from delivery d join notice n on n.id = d.notice_id
           where d.digest_id = $1 order by n.number`,
      [notice_id ?? id],
    );
    return rows.flatMap(({ kind, variables }) => (isKind(kind) ? [render(kind, variables, language)] : []));
  }
}
