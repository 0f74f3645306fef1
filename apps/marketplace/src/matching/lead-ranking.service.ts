import type { Day } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { consentSql } from '../consent/consent.service.js';

/** One lead, and the bank that asks for it. */
export interface Looking {
  needId: string;
  institutionId: string;
  institutionCode: string;
  now: Date;
  day: Day;
}

/** On the board for this bank, or taken by it. */
const seenSql = `
  select exists (
    select 1 from need n
    where n.id = $1 and (
      exists (select 1 from grab g where g.need_id = n.id and g.institution_id = $2)
      or (n.ended_at is null and n.status in ('PUBLISHED', 'FULL') and n.suspended_at is null and n.closes_at >= $4
          and ${consentSql({ uscc: 'n.uscc', day: '$5::date', institution: '$3' })}))) as seen`;

/** How leads are sorted for a bank by how well they fit its products, and which of them it may ask about. */
@Injectable()
export class LeadRanking {
  async sees(db: EntityManager, looking: Looking): Promise<boolean> {
    const { needId, institutionId, institutionCode, now, day } = looking;
    const [row]: { seen: boolean }[] = await db.query(seenSql, [needId, institutionId, institutionCode, now, day]);
    return row?.seen === true;
  }
}
