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

/** SQL condition over `need n`: the lead is on this bank's board. The terms are expressions of the surrounding query. */
export const seenSql = ({
  institutionId,
  institution,
  now,
  day,
}: Record<'institutionId' | 'institution' | 'now' | 'day', string>): string => `
  n.ended_at is null and n.status in ('PUBLISHED', 'FULL') and n.suspended_at is null and n.closes_at >= ${now}
  and ${institutionId} is not null and ${consentSql({ uscc: 'n.uscc', day, institution })}`;

/** On the board for this bank, or taken by it. */
const oneSql = `
  select exists (
    select 1 from need n
    where n.id = $1 and (
      exists (select 1 from grab g where g.need_id = n.id and g.institution_id = $2)
      or (${seenSql({ institutionId: '$2::uuid', institution: '$3', now: '$4', day: '$5::date' })}))) as seen`;

/** Which leads a bank may ask about. */
@Injectable()
export class LeadRanking {
  async sees(db: EntityManager, looking: Looking): Promise<boolean> {
    const { needId, institutionId, institutionCode, now, day } = looking;
    const [row]: { seen: boolean }[] = await db.query(oneSql, [needId, institutionId, institutionCode, now, day]);
    return row?.seen === true;
  }
}
