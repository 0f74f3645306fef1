import { hasRole, liveSession, type Viewer, WrongRole } from '@app/auth';
import { firstLoanTargetChanged, type TargetStatus } from '@app/contracts';
import { dayOf, InvalidInput, must, uuidv7 } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { type Command, idCursor, pageOf, type PageQuery } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { actorOf, AuditTrail } from '../audit/audit.service.js';
import { refuseOutsiders } from '../product/product.service.js';
import { CampaignNotMovable, TargetEnded, TargetNotFound } from './campaign.error.js';
import { type TargetPage, type TargetResponse, type TargetRow, toTargetResponse } from './campaign.response.js';
import { openTargets, statusAfter } from './campaign.rules.js';
import type { RecordVisitRequest } from './record-visit.request.js';

export const targetColumns = `t.id, t.campaign_id as "campaignId", c.title as "campaignTitle", t.district,
  t.industry2 as industry, t.tier, t.status, t.assigned_at as "assignedAt", t.why_zh as "whyZh", t.why_en as "whyEn",
  case when t.status in ('ASSIGNED', 'VISITED') then t.last_act_at + make_interval(days => c.idle_days) end as "actBy",
  t.visits, t.lent_fen::text as "lentFen", t.reason`;

interface OwnTarget {
  campaignId: string;
  uscc: string;
  status: TargetStatus;
  assignedAt: Date | null;
  campaignStatus: string;
  district: string | null;
  industry: string | null;
  tier: string | null;
}

/** What a bank was given, and the visits that it records. */
@Injectable()
export class TargetService {
  constructor(private readonly audit: AuditTrail) {}

  /** The bank's own, newest first; lists do not say who it is. */
  async list(db: EntityManager, viewer: Viewer, { limit = 20, cursor }: PageQuery): Promise<TargetPage> {
    refuseOutsiders(viewer);
    const rows: TargetRow[] = await db.query(
      `select ${targetColumns} from campaign_target t join campaign c on c.id = t.campaign_id
       where t.institution_id = $1 and ($2::uuid is null or t.id < $2) order by t.id desc limit $3`,
      [viewer.organisation.id, idCursor(cursor), limit + 1],
    );
    return pageOf(rows, limit, toTargetResponse, ({ id }) => [id]);
  }

  async record(command: Command, id: string, request: RecordVisitRequest): Promise<TargetResponse> {
    const { tx, viewer, now } = command;
    refuseOutsiders(viewer);
    refuseIncomplete(request, dayOf(now));
    const target = await own(command, id);
    refuseEarly(request, target.assignedAt);
    if (target.campaignStatus !== 'OPEN') throw new CampaignNotMovable(target.campaignStatus);
    const to = statusAfter(target.status, request.outcome);
    if (!to) throw new TargetEnded(target.status);
    await writeVisit(command, id, target.campaignId, request);
    await tx.query(
      `update campaign_target set status = $3, visits = visits + 1, last_act_at = $4,
         visited_at = case when $5 = 'NOT_REACHED' then visited_at else coalesce(visited_at, $4) end,
         applied_at = case when $5 = 'APPLIED' or $5 = 'LENT' then coalesce(applied_at, $4) else applied_at end,
         lent_fen = case when $5 = 'LENT' then $6::bigint else lent_fen end,
         drawn_on = case when $5 = 'LENT' then $7::date else drawn_on end,
         reason = case when $5 = 'REFUSED' then $8 else reason end,
         ended_at = case when $9 then ended_at else $4 end
       where campaign_id = $1 and id = $2`,
      [
        target.campaignId,
        id,
        to,
        now,
        request.outcome,
        request.amountFen ?? null,
        request.drawnOn ?? null,
        request.reason ?? null,
        openTargets.includes(to),
      ],
    );
    await this.tell(command, id, target, { to, request });
    const [row]: TargetRow[] = await tx.query(
      `select ${targetColumns} from campaign_target t join campaign c on c.id = t.campaign_id where t.id = $1`,
      [id],
    );
    return toTargetResponse(must(row, 'a target'));
  }

  private async tell(
    { tx, viewer, now }: Command,
    id: string,
    target: OwnTarget,
    { to, request }: { to: TargetStatus; request: RecordVisitRequest },
  ): Promise<void> {
    const { campaignId, uscc, status: from, district, industry, tier } = target;
    const detail = { outcome: request.outcome, method: request.method };
    await this.audit.record(
      tx,
      [{ rootId: campaignId, subject: 'campaign', subjectId: id, act: 'VISITED', from, to, detail }],
      actorOf(viewer),
      now,
    );
    if (from === to) return;
    const { id: institutionId, code: institutionCode } = viewer.organisation;
    const what = { uscc, campaignId, targetId: id, institutionId, institutionCode, district, industry, tier };
    const amountFen = request.outcome === 'LENT' ? (request.amountFen ?? null) : null;
    await addToOutbox(
      tx,
      firstLoanTargetChanged,
      { ...what, from, to, reason: request.reason ?? null, amountFen },
      now,
    );
  }
}

/** Roles and membership as they are now, not as they were a second ago: for reads behind the consent gate. */
export async function refuseStrangers(tx: EntityManager, { sessionId }: Viewer): Promise<void> {
  const { viewer } = await liveSession(tx, sessionId);
  if (!hasRole(viewer, 'account-manager', 'institution-admin')) throw new WrongRole(['account-manager']);
  refuseOutsiders(viewer);
}

async function own({ tx, viewer }: Command, id: string): Promise<OwnTarget> {
  const [row]: OwnTarget[] = await tx.query(
    `select t.campaign_id as "campaignId", t.uscc, t.status, t.assigned_at as "assignedAt",
            c.status as "campaignStatus", t.district, t.industry2 as industry, t.tier
     from campaign_target t join campaign c on c.id = t.campaign_id
     where t.id = $1 and t.institution_id = $2 for no key update of t`,
    [id, viewer.organisation.id],
  );
  if (!row) throw new TargetNotFound();
  return row;
}

async function writeVisit(
  { tx, viewer, now }: Command,
  targetId: string,
  campaignId: string,
  request: RecordVisitRequest,
): Promise<void> {
  await tx.query(
    `insert into campaign_visit (campaign_id, target_id, id, institution_id, person_id, visited_on, method, outcome,
                                 reason, note, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      campaignId,
      targetId,
      uuidv7(now),
      viewer.organisation.id,
      viewer.personId,
      request.visitedOn,
      request.method,
      request.outcome,
      request.reason ?? null,
      request.note?.trim() ?? null,
      now,
    ],
  );
}

/** @throws InvalidInput when an outcome lacks what it must say */
function refuseIncomplete({ outcome, reason, amountFen, drawnOn, visitedOn }: RecordVisitRequest, today: string): void {
  const wrong = (pointer: string, detail: string) => new InvalidInput([{ pointer, detail }]);
  if (visitedOn > today) throw wrong('/visitedOn', 'lies in the future');
  if (outcome === 'REFUSED' && !reason) throw wrong('/reason', 'is needed with REFUSED');
  if (outcome === 'LENT' && !amountFen) throw wrong('/amountFen', 'is needed with LENT');
  if (outcome === 'LENT' && (!drawnOn || drawnOn > today)) throw wrong('/drawnOn', 'is needed with LENT, up to today');
}

/** What a campaign is credited with began with it: not a visit or a loan of before the bank was given the enterprise. */
function refuseEarly({ visitedOn, drawnOn, outcome }: RecordVisitRequest, assignedAt: Date | null): void {
  const since = assignedAt && dayOf(assignedAt);
  const early = (pointer: string) =>
    new InvalidInput([{ pointer, detail: 'lies before the day on which your bank was given it' }]);
  if (since && visitedOn < since) throw early('/visitedOn');
  if (since && outcome === 'LENT' && drawnOn && drawnOn < since) throw early('/drawnOn');
}
