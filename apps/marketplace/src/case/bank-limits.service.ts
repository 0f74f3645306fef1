import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { everywhere, type Policy } from '../limit/limit.rules.js';
import { LimitService } from '../limit/limit.service.js';

const gradeSql = `
  select grade from institution_grade where institution_id = $1 and effective_from <= $2
  order by effective_from desc limit 1`;

/** The limits that hold for one bank: overrides may name it, or the grade of its service. */
@Injectable()
export class BankLimits {
  constructor(private readonly limits: LimitService) {}

  async at(db: EntityManager, institutionId: string, at: Date): Promise<Policy> {
    const [graded]: [{ grade: string }?] = await db.query(gradeSql, [institutionId, at]);
    return this.limits.policyAt(db, at, { ...everywhere, institution: institutionId, grade: graded?.grade ?? null });
  }
}
