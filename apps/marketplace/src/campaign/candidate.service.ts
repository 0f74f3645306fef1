import { consentKeyOf } from '@app/database';
import type { Day } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { CampaignSelection } from './campaign.response.js';

/** For this an enterprise signs: to be recommended to institutions. */
export const campaignPurpose = 'RECOMMENDATION';

export interface Candidate {
  uscc: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
  /** Codes of the institutions that may know of it. */
  eligible: string[];
}

export interface Candidates {
  /** Enterprises that the selection means. */
  considered: number;
  /** Of those, without a permission to look: whether they have a loan is not known, and is not asked. */
  unknown: number;
  withLoan: number;
  found: Candidate[];
}

const activeSql = (day: string) => `a.revoked_at is null and ${day} between a.valid_from and a.valid_to`;

/** Collection permitted, and use for recommendations to somebody: $4 is the day. */
const permittedSql = `
  exists (select 1 from credit_api.authorisation_v1 a
          where a.uscc = e.uscc and ${activeSql('$4::date')} and 'COLLECTION' = any(a.limbs))
  and exists (select 1 from credit_api.authorisation_v1 a
              where a.uscc = e.uscc and ${activeSql('$4::date')} and 'USE' = any(a.limbs)
                and '${campaignPurpose}' = any(a.purposes))`;

const selectedSql = `
  from profiling_api.enterprise_v1 e
  where e.status = '存续' and ($1::text[] is null or e.district = any($1))
    and ($2::text[] is null or e.industry2 = any($2)) and ($3::text[] is null or e.tier = any($3))`;

/** Codes of members that an enterprise's authorisations name for recommendations: $2 members, $3 the day. */
const eligibleSql = `
  select w.uscc, array(
    select m.code from unnest($2::text[]) as m (code)
    where exists (select 1 from credit_api.authorisation_v1 a
                  where a.uscc = w.uscc and ${activeSql('$3::date')} and 'COLLECTION' = any(a.limbs))
      and exists (select 1 from credit_api.authorisation_v1 a
                  where a.uscc = w.uscc and ${activeSql('$3::date')} and 'USE' = any(a.limbs)
                    and '${campaignPurpose}' = any(a.purposes)
                    and (a.institutions is null or m.code = any(a.institutions)))
    order by m.code) as eligible
  from unnest($1::text[]) as w (uscc)`;

/** Nothing of it in the feed of loans, and no money through the platform. */
const loansSql = `
  select w.uscc from unnest($1::text[]) as w (uscc)
  where exists (select 1 from ingestion_api.record_v1 r where r.uscc = w.uscc and r.feed = 'finance.loan')
     or exists (select 1 from need n join disbursement d on d.need_id = n.id where n.uscc = w.uscc)`;

/**
 * Finds enterprises without a known loan. The feed of loans is collected under authorisation: of an enterprise that has
 * not signed, or signed for nobody, the platform does not know whether it has a loan, and does not look.
 */
@Injectable()
export class CandidateService {
  async find(
    tx: EntityManager,
    selection: CampaignSelection,
    { members, day, most, seed }: { members: readonly string[]; day: Day; most: number; seed: string },
  ): Promise<Candidates> {
    const terms = [selection.districts, selection.industries, selection.tiers, day];
    const [{ considered, allowed }]: [{ considered: number; allowed: number }] = await tx.query(
      `select count(*)::integer as considered, (count(*) filter (where ${permittedSql}))::integer as allowed ${selectedSql}`,
      terms,
    );
    // Where there are more than a campaign holds, a hash chooses and not the order of codes.
    const permitted: Omit<Candidate, 'eligible'>[] = await tx.query(
      `select e.uscc, e.district, e.industry2 as industry, e.tier ${selectedSql} and ${permittedSql}
         and not exists (select 1 from campaign_target t join campaign c on c.id = t.campaign_id
                         where t.uscc = e.uscc and c.status = 'OPEN' and t.ended_at is null)
       order by md5($6 || e.uscc), e.uscc limit $5`,
      [...terms, most, seed],
    );
    const usccs = permitted.map(({ uscc }) => uscc);
    const eligible = await this.eligible(tx, usccs, { members, day });
    const standing = permitted.filter(({ uscc }) => (eligible.get(uscc) ?? []).length > 0);
    const loans: { uscc: string }[] = await tx.query(loansSql, [standing.map(({ uscc }) => uscc)]);
    const lent = new Set(loans.map(({ uscc }) => uscc));
    const found = standing
      .filter(({ uscc }) => !lent.has(uscc))
      .map((one) => ({ ...one, eligible: eligible.get(one.uscc)! }));
    // Who signed, but for none of the banks that take part, is as unknown as who signed nothing.
    const unknown = considered - allowed + permitted.length - standing.length;
    return { considered, unknown, withLoan: lent.size, found };
  }

  /**
   * Who may know of each. Holds the consent of all of them to the end of the transaction, taken in the order of codes:
   * no revocation is acknowledged between this look and what follows from it.
   */
  async eligible(
    tx: EntityManager,
    usccs: readonly string[],
    { members, day }: { members: readonly string[]; day: Day },
  ): Promise<Map<string, string[]>> {
    if (usccs.length === 0) return new Map();
    await tx.query(
      `select count(pg_advisory_xact_lock_shared(${consentKeyOf('s.uscc')})::text)
       from (select uscc from unnest($1::text[]) as w (uscc) order by uscc offset 0) s`,
      [usccs],
    );
    const rows: { uscc: string; eligible: string[] }[] = await tx.query(eligibleSql, [usccs, members, day]);
    return new Map(rows.map(({ uscc, eligible }) => [uscc, eligible]));
  }
}
