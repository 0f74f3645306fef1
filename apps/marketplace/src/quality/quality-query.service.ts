import { hasRole, type Viewer } from '@app/auth';
import type { Month } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { MonthNotScored } from './quality.error.js';
import { type ScoreMonthResponse, type ScoreRow, type ScoresResponse, toScoreResponse } from './quality.response.js';

/** Ten years of months. */
const monthsMax = 120;

interface MonthRow extends ScoreMonthResponse {
  schemeVersion: number;
  source: string;
}

const monthsSql = `
  select m.month, m.computed_at as "computedAt", m.published_at as "publishedAt",
         m.scheme_version as "schemeVersion", s.source
  from quality_month m join quality_scheme s on s.version = m.scheme_version
  where (m.published_at is not null or $1) and ($2::text is null or m.month = $2)
  order by m.month desc limit ${monthsMax}`;

/** What of the scores whom shows. */
@Injectable()
export class QualityQuery {
  constructor(private readonly db: DataSource) {}

  async months(viewer: Viewer): Promise<ScoreMonthResponse[]> {
    const rows = await this.find(this.db.manager, viewer, null);
    return rows.map(({ month, computedAt, publishedAt }) => ({ month, computedAt, publishedAt }));
  }

  /** @throws MonthNotScored also when it is not published and the viewer is no operator */
  async scores(db: EntityManager, viewer: Viewer, wanted?: string): Promise<ScoresResponse> {
    const [found] = await this.find(db, viewer, (wanted ?? null) as Month | null);
    if (!found) throw new MonthNotScored(wanted ?? 'any month');
    const rows: ScoreRow[] = await db.query(
      `select institution_id, institution_code, institution_name, items, scored_points, total_centi, grade, rank
       from institution_score where month = $1 order by rank nulls last, institution_code`,
      [found.month],
    );
    const oversees = hasRole(viewer, 'operator', 'regulator');
    const isOwn = (row: ScoreRow) => row.institution_id === viewer.organisation.id;
    return { ...found, items: rows.map((row) => toScoreResponse(row, oversees || isOwn(row))) };
  }

  private find(db: EntityManager, viewer: Viewer, month: Month | null): Promise<MonthRow[]> {
    return db.query(monthsSql, [hasRole(viewer, 'operator'), month]);
  }
}
