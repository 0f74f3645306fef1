import type { Viewer } from '@app/auth';
import type { Day } from '@app/kernel';
import { encodeCursor, instantCursor } from '@app/service';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { AuditTrail } from '../audit/audit.service.js';
import { deadlineSql } from '../grab/case.rules.js';
import { Grab } from '../grab/grab.entity.js';
import { GrabNotFound } from '../grab/grab.error.js';
import { Need } from '../need/need.entity.js';
import { openGrabStatuses } from '../need/need.rules.js';
import { Disbursement } from '../offer/disbursement.entity.js';
import { Offer } from '../offer/offer.entity.js';
import { toOfferResponse } from '../offer/offer.response.js';
import { refuseOutsiders } from '../product/product.service.js';
import { BankLimits } from './bank-limits.service.js';
import {
  type CaseDetailResponse,
  type CasePage,
  type LoadResponse,
  type TeamMember,
  type TeamResponse,
  toCaseDetailResponse,
  toCaseResponse,
} from './case.response.js';
import type { ListCasesQuery } from './list-cases.request.js';

/** Sorts ended cases behind all deadlines; the newest of them first would need another list. */
const endOfTime = '9999-12-31T00:00:00Z';

const listSql = `
  select * from (
    select g.need_id as "needId", g.id, o.valid_to::text as "validTo",
           coalesce(${deadlineSql}, '${endOfTime}'::timestamptz) as due
    from grab g left join offer o on o.need_id = g.need_id and o.grab_id = g.id and o.status in ('OPEN', 'ACCEPTED')
    where g.institution_id = $1 and ($2::uuid is null or g.manager_id = $2) and ($3::text[] is null or g.status = any($3))
  ) as cases
  where $4::timestamptz is null or (due, id) > ($4, $5::uuid)
  order by due, id limit $6`;

interface ListedCase {
  needId: string;
  id: string;
  validTo: Day | null;
  due: Date;
}

/** Who may hold cases of an institution, the busiest first; no branch of the city has more people than are shown. */
const teamSql = `
  select p.id, p.display_name as name, coalesce(c.open_grabs, 0)::integer as open
  from identity_api.person_v1 p left join manager_counter c on c.id = p.id
  where p.organisation_id = $1 and p.status = 'ACTIVE' and 'account-manager' = any(p.roles)
  order by open desc, p.id limit 200`;

/** What a bank sees of its own cases. */
@Injectable()
export class CaseListService {
  constructor(
    private readonly limits: BankLimits,
    private readonly audit: AuditTrail,
  ) {}

  /** By deadline, overdue ones on top, ended ones last. */
  async list(db: EntityManager, viewer: Viewer, query: ListCasesQuery, now: Date): Promise<CasePage> {
    refuseOutsiders(viewer);
    const { limit = 50, cursor, managerId, status } = query;
    const after = instantCursor(cursor);
    const listed: ListedCase[] = await db.query(listSql, [
      viewer.organisation.id,
      managerId ?? null,
      status === undefined ? null : status === 'OPEN' ? openGrabStatuses : [status],
      after?.at,
      after?.id,
      limit + 1,
    ]);
    const shown = listed.slice(0, limit);
    const last = shown.at(-1);
    const more = listed.length > limit && last;
    return {
      items: await this.cases(db, shown),
      nextCursor: more ? encodeCursor([last.due.toISOString(), last.id]) : null,
      load: await this.load(db, viewer, now),
    };
  }

  async detail(db: EntityManager, viewer: Viewer, id: string): Promise<CaseDetailResponse> {
    refuseOutsiders(viewer);
    const grab = await db.findOneBy(Grab, { id, institutionId: viewer.organisation.id });
    if (!grab) throw new GrabNotFound();
    const { needId } = grab;
    const need = await db.findOneByOrFail(Need, { id: needId });
    const offers = await db.find(Offer, { where: { needId, grabId: id }, order: { id: 'ASC' } });
    const paid = await db.find(Disbursement, { where: { needId, grabId: id }, order: { id: 'ASC' } });
    const timeline = await this.audit.of(db, needId, id);
    const standing = offers.find(({ status }) => status === 'OPEN' || status === 'ACCEPTED');
    return toCaseDetailResponse(
      toCaseResponse(need, grab, standing),
      offers.map((offer) => toOfferResponse(need, offer)),
      paid,
      timeline,
    );
  }

  async team(db: EntityManager, viewer: Viewer, now: Date): Promise<TeamResponse> {
    refuseOutsiders(viewer);
    const { openGrabsLimited, maxOpenGrabsPerManager } = await this.limits.at(db, viewer.organisation.id, now);
    const items: TeamMember[] = await db.query(teamSql, [viewer.organisation.id]);
    return { items, max: openGrabsLimited ? maxOpenGrabsPerManager : null };
  }

  private async cases(db: EntityManager, listed: readonly ListedCase[]) {
    const grabs = await db.findBy(Grab, {
      needId: In(listed.map(({ needId }) => needId)),
      id: In(listed.map(({ id }) => id)),
    });
    const needs = await db.findBy(Need, { id: In(listed.map(({ needId }) => needId)) });
    const grabOf = new Map(grabs.map((grab) => [grab.id, grab]));
    const needOf = new Map(needs.map((need) => [need.id, need]));
    return listed.map(({ id, needId, validTo }) =>
      toCaseResponse(needOf.get(needId)!, grabOf.get(id)!, validTo === null ? undefined : { validTo }),
    );
  }

  private async load(db: EntityManager, viewer: Viewer, now: Date): Promise<LoadResponse> {
    const policy = await this.limits.at(db, viewer.organisation.id, now);
    const [row]: [{ manager: number; institution: number }] = await db.query(
      `select coalesce((select open_grabs from manager_counter where id = $1), 0) as manager,
              coalesce((select open_grabs from institution_counter where id = $2), 0) as institution`,
      [viewer.personId, viewer.organisation.id],
    );
    return {
      openOfManager: row.manager,
      maxOfManager: policy.openGrabsLimited ? policy.maxOpenGrabsPerManager : null,
      openOfInstitution: row.institution,
      maxOfInstitution: policy.openGrabsLimited ? policy.maxOpenGrabsPerInstitution : null,
    };
  }
}
