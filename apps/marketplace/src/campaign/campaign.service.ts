import { hasRole, type Viewer } from '@app/auth';
import { campaignChanged } from '@app/contracts';
import { dayOf, InvalidInput, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { type Actor, actorOf, AuditTrail } from '../audit/audit.service.js';
import { LimitService } from '../limit/limit.service.js';
import { AssignmentService, type Unserved } from './assignment.service.js';
import { CampaignNotFound, CampaignNotMovable } from './campaign.error.js';
import { type CampaignPage, type CampaignResponse, type CampaignRow, toCampaignResponse } from './campaign.response.js';
import { type Candidate, CandidateService } from './candidate.service.js';
import type { WriteCampaignRequest } from './write-campaign.request.js';

export const campaignColumns = `c.id, c.owner_id as "ownerId", c.owner_name as "ownerName", c.title, c.rules,
  c.opens_on::text as "opensOn", c.closes_on::text as "closesOn", c.selection, c.institutions,
  c.idle_days as "idleDays", c.open_per_institution as "openPerInstitution", c.status, c.considered,
  c.with_loan as "withLoan", c.unknown, c.targets, c.opened_at as "openedAt"`;

/** First-loan campaigns: enterprises without a known loan are given to banks, which visit them. */
@Injectable()
export class CampaignService {
  constructor(
    private readonly candidates: CandidateService,
    private readonly assignments: AssignmentService,
    private readonly limits: LimitService,
    private readonly audit: AuditTrail,
  ) {}

  /** Open and closed ones, and one's own drafts; newest first. */
  async list(db: EntityManager, viewer: Viewer, { limit = 20, cursor }: PageQuery): Promise<CampaignPage> {
    const rows: CampaignRow[] = await db.query(
      `select ${campaignColumns} from campaign c
       where (c.status <> 'DRAFT' or c.owner_id = $1) and ($2::uuid is null or c.id < $2)
       order by c.id desc limit $3`,
      [viewer.organisation.id, idCursor(cursor), limit + 1],
    );
    return pageOf(
      rows,
      limit,
      (row) => toCampaignResponse(row, hasRole(viewer, 'operator')),
      ({ id }) => [id],
    );
  }

  async one(db: EntityManager, viewer: Viewer, id: string): Promise<CampaignResponse> {
    return toCampaignResponse(await this.visible(db, viewer, id), hasRole(viewer, 'operator'));
  }

  /** @throws CampaignNotFound also for another office's draft */
  async visible(db: EntityManager, viewer: Viewer, id: string): Promise<CampaignRow> {
    const [row]: CampaignRow[] = await db.query(`select ${campaignColumns} from campaign c where c.id = $1`, [id]);
    if (row && (row.status !== 'DRAFT' || row.ownerId === viewer.organisation.id)) return row;
    throw new CampaignNotFound();
  }

  async draft(command: Command, request: WriteCampaignRequest): Promise<CampaignResponse> {
    const { tx, viewer, now } = command;
    if (request.closesOn < request.opensOn || request.closesOn < dayOf(now))
      throw new InvalidInput([{ pointer: '/closesOn', detail: 'lies before opensOn, or in the past' }]);
    const policy = await this.limits.policyAt(tx, now);
    const id = uuidv7(now);
    const { districts = null, industries = null, tiers = null, institutions = null } = request;
    await tx.query(
      `insert into campaign (id, owner_id, owner_name, title, rules, opens_on, closes_on, selection, institutions,
                             idle_days, open_per_institution, status, created_by, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'DRAFT', $12, $13)`,
      [
        id,
        viewer.organisation.id,
        viewer.organisation.name,
        request.title.trim(),
        request.rules?.trim() ?? '',
        request.opensOn,
        request.closesOn,
        JSON.stringify({ districts, industries, tiers }),
        institutions,
        request.idleDays ?? policy.firstLoanIdleDays,
        request.openPerInstitution ?? policy.firstLoanOpenPerInstitution,
        viewer.personId,
        now,
      ],
    );
    await this.note(tx, id, 'DRAFTED', { actor: actorOf(viewer), now });
    return this.one(tx, viewer, id);
  }

  /** Works out whom it reaches, and gives each enterprise to a bank. */
  async open(command: Command, id: string): Promise<CampaignResponse> {
    const { tx, viewer, now } = command;
    const campaign = await own(command, id);
    if (campaign.status !== 'DRAFT') throw new CampaignNotMovable(campaign.status);
    const day = dayOf(now);
    if (campaign.closesOn < day)
      throw new InvalidInput([{ pointer: '/closesOn', detail: 'the period of the draft is over' }]);
    const { maxCampaignTargets: most } = await this.limits.policyAt(tx, now);
    const banks = await this.assignments.banks(tx, campaign, now);
    const members = banks.map(({ code }) => code);
    const { found, ...counts } = await this.candidates.find(tx, campaign.selection, { members, day, most, seed: id });
    const unserved = await writeTargets(tx, id, found, now);
    await tx.query(
      `update campaign set status = 'OPEN', opened_at = $2, considered = $3, with_loan = $4, unknown = $5, targets = $6
       where id = $1`,
      [id, now, counts.considered, counts.withLoan, counts.unknown, found.length],
    );
    await this.note(tx, id, 'OPENED', { actor: actorOf(viewer), now });
    await tell(tx, campaign, 'OPEN', now);
    await this.assignments.serve(tx, campaign, { banks, unserved, cause: 'OPENED' }, now);
    return this.one(tx, viewer, id);
  }

  async close(command: Command, id: string): Promise<CampaignResponse> {
    const { tx, viewer, now } = command;
    const campaign = await own(command, id);
    if (campaign.status !== 'OPEN') throw new CampaignNotMovable(campaign.status);
    await this.end(tx, campaign, actorOf(viewer), now);
    return this.one(tx, viewer, id);
  }

  /** The same for a campaign whose last day is over. */
  async end(tx: EntityManager, campaign: CampaignRow, actor: Actor, now: Date): Promise<void> {
    await tx.query(`update campaign set status = 'CLOSED', closed_at = $2 where id = $1`, [campaign.id, now]);
    await this.note(tx, campaign.id, 'CLOSED', { actor, now });
    await tell(tx, campaign, 'CLOSED', now);
  }

  private async note(tx: EntityManager, id: string, act: string, by: { actor: Actor; now: Date }): Promise<void> {
    await this.audit.record(tx, [{ rootId: id, subject: 'campaign', subjectId: id, act }], by.actor, by.now);
  }
}

async function tell(tx: EntityManager, row: CampaignRow, status: 'OPEN' | 'CLOSED', now: Date): Promise<void> {
  const { id: campaignId, ownerId, title, closesOn } = row;
  await addToOutbox(tx, campaignChanged, { campaignId, ownerId, title, status, closesOn }, now);
}

async function own({ tx, viewer }: Command, id: string): Promise<CampaignRow> {
  const [row]: CampaignRow[] = await tx.query(
    `select ${campaignColumns} from campaign c where c.id = $1 and c.owner_id = $2 for no key update`,
    [id, viewer.organisation.id],
  );
  if (!row) throw new CampaignNotFound();
  return row;
}

async function writeTargets(
  tx: EntityManager,
  campaignId: string,
  found: readonly Candidate[],
  now: Date,
): Promise<Unserved[]> {
  const targets = found.map((one) => ({ ...one, id: uuidv7(now) }));
  await tx.query(
    `insert into campaign_target (campaign_id, id, uscc, district, industry2, tier, status, last_act_at)
     select $1, t.id, t.uscc, t.district, t.industry, t.tier, 'UNASSIGNED', $3
     from jsonb_to_recordset($2::jsonb) as t (id uuid, uscc text, district text, industry text, tier text)`,
    [campaignId, JSON.stringify(targets), now],
  );
  // As if they had been somebody's: that nobody takes one is news as well.
  return targets.map((one): Unserved => ({ ...one, status: 'ASSIGNED', tried: [] }));
}
