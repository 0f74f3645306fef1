import { Clock, dayOf } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { theService } from '../audit/audit.service.js';
import { AssignmentService, type Unserved } from './assignment.service.js';
import type { CampaignRow } from './campaign.response.js';
import { campaignColumns, CampaignService } from './campaign.service.js';
import { CandidateService } from './candidate.service.js';

const roundMs = 600_000;
/** Per campaign and round: keeps the transaction, and the consents that it holds, short. */
const targetsMax = 200;

const dueSql = `
  select t.id, t.uscc, t.status, t.district, t.industry2 as industry, t.tier,
         array(select distinct a.institution_code from campaign_assignment a
               where a.campaign_id = t.campaign_id and a.target_id = t.id and a.institution_code is not null) as tried
  from campaign_target t
  where t.campaign_id = $1 and t.ended_at is null
    and (t.status in ('ASSIGNED', 'VISITED') and t.last_act_at < $2 or t.status = 'UNASSIGNED')
  order by t.uscc limit $3 for no key update of t skip locked`;

/** Gives enterprises that nobody tends to another bank, and closes campaigns whose last day is over. */
@Injectable()
export class CampaignJob extends PeriodicJob {
  protected readonly everyMs = roundMs;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly campaigns: CampaignService,
    private readonly candidates: CandidateService,
    private readonly assignments: AssignmentService,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const open: { id: string }[] = await this.db.query(`select id from campaign where status = 'OPEN' order by id`);
    for (const { id } of open) await this.db.transaction((tx) => this.tend(tx, id, now));
  }

  /** The campaign's row keeps copies of the service apart: assignments of one campaign are counted one after another. */
  private async tend(tx: EntityManager, id: string, now: Date): Promise<void> {
    const [campaign]: CampaignRow[] = await tx.query(
      `select ${campaignColumns} from campaign c where c.id = $1 and c.status = 'OPEN' for no key update skip locked`,
      [id],
    );
    if (!campaign) return;
    if (campaign.closesOn < dayOf(now)) return this.campaigns.end(tx, campaign, theService, now);
    const idleSince = new Date(now.getTime() - campaign.idleDays * 86_400_000);
    const due: Omit<Unserved, 'eligible'>[] = await tx.query(dueSql, [id, idleSince, targetsMax]);
    if (due.length === 0) return;
    const banks = await this.assignments.banks(tx, campaign, now);
    const eligible = await this.candidates.eligible(
      tx,
      due.map(({ uscc }) => uscc),
      { members: banks.map(({ code }) => code), day: dayOf(now) },
    );
    const unserved = due.map((one): Unserved => ({ ...one, eligible: eligible.get(one.uscc) ?? [] }));
    await this.assignments.serve(tx, campaign, { banks, unserved, cause: 'IDLE' }, now);
  }
}
