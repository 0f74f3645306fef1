import { hasMembership, hasRole, type Viewer } from '@app/auth';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { NotForCampaign } from './campaign.error.js';
import type { ProgressCell, ProgressOfCampaignResponse } from './campaign.response.js';
import { type ProgressCounts, withoutSmall } from './campaign.rules.js';
import { CampaignService } from './campaign.service.js';

interface Cell extends ProgressCounts {
  code: string | null;
  lentFen: string;
}

const countsSql = `count(*)::integer as targets, count(visited_at)::integer as visited,
  count(applied_at)::integer as applied, count(lent_fen)::integer as lent,
  count(*) filter (where status = 'REFUSED')::integer as refused,
  count(*) filter (where status = 'NOT_INTERESTED')::integer as "notInterested",
  coalesce(sum(lent_fen), 0)::text as "lentFen"`;

/** How a campaign goes, per institution and per district: regulators get no cell of fewer than five enterprises. */
@Injectable()
export class CampaignProgress {
  constructor(private readonly campaigns: CampaignService) {}

  async of(db: EntityManager, viewer: Viewer, id: string, now: Date): Promise<ProgressOfCampaignResponse> {
    await this.campaigns.visible(db, viewer, id);
    const answer = { campaignId: id, asOf: now.toISOString() };
    if (viewer.organisation.kind === 'institution') {
      if (!hasMembership(viewer, 'MARKETPLACE')) throw new NotForCampaign();
      const own = await cells(db, id, 'institution_code', viewer.organisation.id);
      return { ...answer, byInstitution: own.map(openly), byDistrict: [] };
    }
    const [byInstitution, byDistrict] = [await cells(db, id, 'institution_code'), await cells(db, id, 'district')];
    const show = hasRole(viewer, 'operator') ? (list: Cell[]) => list.map(openly) : guardedly;
    return { ...answer, byInstitution: show(byInstitution), byDistrict: show(byDistrict) };
  }
}

async function cells(
  db: EntityManager,
  id: string,
  by: 'institution_code' | 'district',
  institutionId: string | null = null,
): Promise<Cell[]> {
  return db.query(
    `select ${by} as code, ${countsSql} from campaign_target
     where campaign_id = $1 and ($2::uuid is null or institution_id = $2) group by ${by} order by ${by} nulls last`,
    [id, institutionId],
  );
}

const openly = (cell: Cell): ProgressCell => ({
  code: cell.code,
  targets: cell.targets,
  visited: cell.visited,
  applied: cell.applied,
  lent: cell.lent,
  refused: cell.refused,
  notInterested: cell.notInterested,
  lentFen: cell.lentFen,
});

const guardedly = (list: Cell[]): ProgressCell[] =>
  withoutSmall(list).map((cell) => ({
    code: cell.code,
    targets: cell.targets,
    visited: cell.visited,
    applied: cell.applied,
    lent: cell.lent,
    refused: cell.refused,
    notInterested: cell.notInterested,
    lentFen: cell.lent === null ? null : cell.lentFen,
  }));
