import { withConsentShared } from '@app/database';
import type { Day, Uscc } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

interface ConsentTerms {
  uscc: string;
  day: string;
  /** Code of the institution that must be named; without it any will do. */
  institution?: string;
}

/**
 * SQL condition: today the enterprise's own authorisations carry a published need, that is, collection and use for a
 * loan. The terms are expressions of the surrounding query. Always asked of credit's view: consent is never copied.
 * `offset 0` keeps PostgreSQL from turning it into a join that reads every authorisation of the city before the first row
 * of a board: it is asked row by row, in the order in which a page wants them.
 */
export const consentSql = ({ uscc, day, institution }: ConsentTerms): string => {
  const active = `a.uscc = ${uscc} and a.revoked_at is null and ${day} between a.valid_from and a.valid_to`;
  const named = institution ? ` and (a.institutions is null or ${institution} = any(a.institutions))` : '';
  return `(
    exists (select 1 from credit_api.authorisation_v1 a
            where ${active} and 'USE' = any(a.limbs) and 'PRE_LOAN' = any(a.purposes)${named} offset 0)
    and exists (select 1 from credit_api.authorisation_v1 a where ${active} and 'COLLECTION' = any(a.limbs) offset 0))`;
};

/** Which authorisation of an enterprise carries its needs. */
@Injectable()
export class ConsentService {
  /**
   * The latest authorisation to query for a loan, when collection is permitted as well; undefined when none carries a
   * need today. From here to the end of the transaction no revocation is acknowledged.
   */
  async carrierOf(tx: EntityManager, uscc: Uscc, today: Day): Promise<string | undefined> {
    await withConsentShared(tx, uscc);
    const [row]: { id: string }[] = await tx.query(
      `select a.id from credit_api.authorisation_v1 a
       where a.uscc = $1 and a.revoked_at is null and $2::date between a.valid_from and a.valid_to
         and 'USE' = any(a.limbs) and 'PRE_LOAN' = any(a.purposes)
         and ${consentSql({ uscc: '$1', day: '$2::date' })}
       order by a.signed_at desc, a.id desc limit 1`,
      [uscc, today],
    );
    return row?.id;
  }

  /** Whether today's authorisations name this bank for a loan; call after carrierOf, which holds the consent's lock. */
  async covers(tx: EntityManager, uscc: Uscc, today: Day, institution: string): Promise<boolean> {
    const named = consentSql({ uscc: '$1', day: '$2::date', institution: '$3' });
    const [row]: { covered: boolean }[] = await tx.query(`select ${named} as covered`, [uscc, today, institution]);
    return row?.covered ?? false;
  }
}
