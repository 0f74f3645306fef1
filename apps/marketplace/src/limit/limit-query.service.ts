import type { Viewer } from '@app/auth';
import { dayOf } from '@app/kernel';
import { idCursor, pageOf } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { NeedNotFound } from '../grab/grab.error.js';
import { visibleSql } from '../lead/lead.service.js';
import { refuseOutsiders } from '../product/product.service.js';
import { gradeOf } from './grade.service.js';
import { type AlertPage, type AlertRow, toAlertResponse } from './headroom.response.js';
import { type AppliedLimitsResponse, toAppliedLimitsResponse } from './limit.response.js';
import { everywhere } from './limit.rules.js';
import { LimitService } from './limit.service.js';
import type { ListAlertsQuery } from './list-alerts.request.js';

interface NeedScope {
  product: string | null;
  district: string | null;
  /** For operators only. */
  taken?: number;
  subscriptionBp?: number;
}

const anyNeedSql = `
  select product_id as product, district, taken,
         least(ceil(intended_fen::numeric * 10000 / amount_fen), 2147483647)::integer as "subscriptionBp"
  from need where id = $1 and published_at is not null`;
const shownNeedSql = `
  select n.product_id as product, n.district from need n
  where n.id = $1 and (exists (select 1 from grab g where g.need_id = n.id and g.institution_id = $3)
    or (${visibleSql({ now: '$2', day: '$5::date', institutionId: '$3::uuid', institution: '$4' })}))`;
const alertsSql = `
  select id, at, subject, subject_id as "subjectId", what, threshold_bp as "thresholdBp", used, limit_value as "limit",
         limit_version as "limitVersion", cleared_at as "clearedAt"
  from headroom_alert
  where ($1::uuid is null or id < $1) and ($2::boolean is null or (cleared_at is null) = $2)
  order by id desc limit $3`;

/** What the limits come to: for one need and bank, and where they are nearly used up. */
@Injectable()
export class LimitQueryService {
  constructor(private readonly limits: LimitService) {}

  /** The value of each limit for a need, and the change that each comes from; for a bank, with its own overrides. */
  async applied(db: EntityManager, viewer: Viewer, needId: string, now: Date): Promise<AppliedLimitsResponse> {
    const { id, code, kind } = viewer.organisation;
    const bank = kind === 'institution';
    if (bank) refuseOutsiders(viewer);
    const [need]: NeedScope[] = await (bank
      ? db.query(shownNeedSql, [needId, now, id, code, dayOf(now)])
      : db.query(anyNeedSql, [needId]));
    if (!need) throw new NeedNotFound();
    const ofBank = bank ? { institution: id, grade: await gradeOf(db, id, now) } : {};
    const { product, district, taken, subscriptionBp } = need;
    const policy = await this.limits.policyAt(db, now, { ...everywhere, product, district, ...ofBank });
    return toAppliedLimitsResponse(needId, policy, {
      ...(taken !== undefined && { maxGrabsPerNeed: taken }),
      ...(subscriptionBp !== undefined && { overSubscriptionBp: subscriptionBp }),
    });
  }

  /** Latest first. */
  async alerts(db: EntityManager, { limit = 50, cursor, standing }: ListAlertsQuery): Promise<AlertPage> {
    const rows: AlertRow[] = await db.query(alertsSql, [
      idCursor(cursor),
      standing === undefined ? null : standing === 'true',
      limit + 1,
    ]);
    return pageOf(rows, limit, toAlertResponse, ({ id }) => [id]);
  }
}
