import { firstLoanTargetChanged, type TargetStatus } from '@app/contracts';
import { must, uuidv7 } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { LimitService } from '../limit/limit.service.js';
import { assign, type Assignment, type Bank } from './assignment.rules.js';
import type { CampaignRow } from './campaign.response.js';
import { openTargets } from './campaign.rules.js';

/** A target that wants a bank, as its row says. */
export interface Unserved {
  id: string;
  uscc: string;
  status: TargetStatus;
  district: string | null;
  industry: string | null;
  tier: string | null;
  eligible: string[];
  tried: string[];
}

interface BankRow {
  id: string;
  code: string;
  name: string;
  grade: 'A' | 'B' | 'C' | 'D' | null;
  assigned: number;
  open: number;
}

const banksSql = `
  select o.id, o.code, o.name,
         (select g.grade from institution_grade g where g.institution_id = o.id and g.effective_from <= $3
          order by g.effective_from desc limit 1) as grade,
         (select count(*)::integer from campaign_target t where t.campaign_id = $1 and t.institution_id = o.id) as assigned,
         (select count(*)::integer from campaign_target t where t.campaign_id = $1 and t.institution_id = o.id
          and t.status = any($4)) as open
  from identity_api.organisation_v1 o
  where o.kind = 'institution' and o.status = 'ACTIVE' and 'MARKETPLACE' = any(o.memberships)
    and ($2::text[] is null or o.code = any($2))
  order by o.code`;

/** Gives enterprises to banks, and keeps for ever who got which and why. */
@Injectable()
export class AssignmentService {
  constructor(private readonly limits: LimitService) {}

  /** The banks of a campaign with their weight and room as they are now. */
  async banks(tx: EntityManager, campaign: CampaignRow, now: Date): Promise<Bank[]> {
    const policy = await this.limits.policyAt(tx, now);
    const weights = {
      A: policy.firstLoanWeightA,
      B: policy.firstLoanWeightB,
      C: policy.firstLoanWeightC,
      D: policy.firstLoanWeightD,
    };
    const rows: BankRow[] = await tx.query(banksSql, [campaign.id, campaign.institutions, now, openTargets]);
    return rows.map(({ id, code, name, grade, assigned, open }) => ({
      id,
      code,
      name,
      weight: weights[grade ?? 'B'],
      assigned,
      room: campaign.openPerInstitution - open,
    }));
  }

  /** Assigns targets whose rows are locked; `cause` says why they wanted a bank. Returns how many got one. */
  async serve(
    tx: EntityManager,
    campaign: CampaignRow,
    { banks, unserved, cause }: { banks: readonly Bank[]; unserved: readonly Unserved[]; cause: string },
    now: Date,
  ): Promise<number> {
    const given = assign(
      campaign.id,
      unserved.map(({ id, eligible, tried }) => ({ targetId: id, eligible, tried })),
      banks,
    );
    const byId = new Map(unserved.map((one) => [one.id, one]));
    // What waited and waits on is no news.
    const news = given.filter(({ targetId, bank }) => bank !== null || byId.get(targetId)?.status !== 'UNASSIGNED');
    if (news.length === 0) return 0;
    await write(tx, campaign.id, { news, cause }, now);
    await addManyToOutbox(
      tx,
      firstLoanTargetChanged,
      news.map((one) => eventOf(campaign.id, must(byId.get(one.targetId), 'a target'), { given: one, cause })),
      now,
    );
    return given.filter(({ bank }) => bank !== null).length;
  }
}

async function write(
  tx: EntityManager,
  campaignId: string,
  { news, cause }: { news: readonly Assignment[]; cause: string },
  now: Date,
): Promise<void> {
  const rows = JSON.stringify(
    news.map(({ targetId, bank, reason, zh, en }) => ({
      target_id: targetId,
      id: uuidv7(now),
      institution_id: bank?.id ?? null,
      institution_code: bank?.code ?? null,
      institution_name: bank?.name ?? null,
      reason,
      why_zh: zh,
      why_en: en,
    })),
  );
  const source = `jsonb_to_recordset($2::jsonb) as a (target_id uuid, id uuid, institution_id uuid, institution_code text,
    institution_name text, reason text, why_zh text, why_en text)`;
  await tx.query(
    `insert into campaign_assignment (campaign_id, target_id, id, at, cause, institution_id, institution_code, reason,
                                      why_zh, why_en)
     select $1, a.target_id, a.id, $3, $4, a.institution_id, a.institution_code, a.reason, a.why_zh, a.why_en
     from ${source}`,
    [campaignId, rows, now, cause],
  );
  // A bank that gets it anew starts anew: progress counts what the bank did that has it now.
  await tx.query(
    `update campaign_target t
     set institution_id = a.institution_id, institution_code = a.institution_code, institution_name = a.institution_name,
         status = case when a.institution_id is null then 'UNASSIGNED' else 'ASSIGNED' end,
         assigned_at = case when a.institution_id is null then null else $3::timestamptz end,
         last_act_at = $3, visited_at = null, applied_at = null, why_zh = a.why_zh, why_en = a.why_en
     from ${source}
     where t.campaign_id = $1 and t.id = a.target_id`,
    [campaignId, rows, now],
  );
}

function eventOf(campaignId: string, target: Unserved, { given, cause }: { given: Assignment; cause: string }) {
  const to: TargetStatus = given.bank ? 'ASSIGNED' : 'UNASSIGNED';
  return {
    uscc: target.uscc,
    campaignId,
    targetId: target.id,
    institutionId: given.bank?.id ?? null,
    institutionCode: given.bank?.code ?? null,
    from: cause === 'OPENED' ? null : target.status,
    to,
    reason: cause,
    amountFen: null,
    district: target.district,
    industry: target.industry,
    tier: target.tier,
  };
}
