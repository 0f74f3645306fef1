import { institutionsScored } from '@app/contracts';
import { addMonths, type Day, must, type Month, monthOf, dayOf, startOfDay } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { QualityFigures } from './quality-figures.service.js';
import { MonthNotOver, MonthNotScored, MonthPublished } from './quality.error.js';
import { ranksOf, type Scheme, schemeFor, scoreOf } from './quality.rules.js';

interface MonthRow {
  published_at: Date | null;
}

const firstDayOf = (month: Month) => `${month}-01` as Day;
const monthAfter = (month: Month): Month => monthOf(addMonths(firstDayOf(month), 1));

/** One computation of a month at a time. */
const monthLockSql = `select pg_advisory_xact_lock(hashtextextended($1, 7050))`;

/** Scores the months of banks' service, and publishes them. */
@Injectable()
export class QualityService {
  constructor(private readonly figures: QualityFigures) {}

  async schemes(db: EntityManager): Promise<Scheme[]> {
    return db.query(
      `select version, from_month as "fromMonth", source, items, grade_from as "gradeFrom", points_min as "pointsMin"
       from quality_scheme order by version`,
    );
  }

  /** Makes the scores of a month anew from the rows; the number of banks. @throws MonthPublished, MonthNotOver */
  async compute(tx: EntityManager, month: Month, now: Date): Promise<number> {
    if (month >= monthOf(dayOf(now))) throw new MonthNotOver(month);
    await tx.query(monthLockSql, [`quality ${month}`]);
    if ((await this.find(tx, month))?.published_at) throw new MonthPublished(month);
    const scheme = must(schemeFor(await this.schemes(tx), month), 'the first scheme is older than every month');
    const banks = await this.figures.of(tx, month);
    const scores = banks.map(({ measures }) => scoreOf(measures, scheme));
    const ranks = ranksOf(scores.map(({ totalCenti }) => totalCenti));
    await tx.query('delete from institution_score where month = $1', [month]);
    await tx.query(
      `insert into quality_month (month, scheme_version, computed_at) values ($1, $2, $3)
       on conflict (month) do update set scheme_version = excluded.scheme_version, computed_at = excluded.computed_at`,
      [month, scheme.version, now],
    );
    const rows = banks.map(({ institutionId, institutionCode, institutionName }, place) => {
      const { items, scoredPoints, totalCenti, grade } = must(scores[place], 'one score per bank');
      const rank = ranks[place] ?? null;
      return { month, institutionId, institutionCode, institutionName, items, scoredPoints, totalCenti, grade, rank };
    });
    await tx.query(
      `insert into institution_score (month, institution_id, institution_code, institution_name, items, scored_points,
         total_centi, grade, rank)
       select month, "institutionId", "institutionCode", "institutionName", items, "scoredPoints", "totalCenti", grade,
              rank
       from json_to_recordset($1::json) as row (month text, "institutionId" uuid, "institutionCode" text,
         "institutionName" text, items jsonb, "scoredPoints" int, "totalCenti" int, grade text, rank int)`,
      [JSON.stringify(rows)],
    );
    return rows.length;
  }

  /** Computes every month that has ended since the first grab, once each; later only by an operator's wish. */
  async computeMissing(tx: EntityManager, now: Date): Promise<Month[]> {
    const [{ first }]: [{ first: Date | null }] = await tx.query('select min(grabbed_at) as first from grab');
    const computed: Month[] = [];
    if (!first) return computed;
    const thisMonth = monthOf(dayOf(now));
    for (let month = monthOf(dayOf(first)); month < thisMonth; month = monthAfter(month)) {
      await tx.query(monthLockSql, [`quality ${month}`]);
      if (await this.find(tx, month)) continue;
      await this.compute(tx, month, now);
      computed.push(month);
    }
    return computed;
  }

  /**
   * Counts once more, as banks have some days to report their money; freezes the scores, and lets the limits go by the
   * grades from the first day of the next month, so that no bank finds its limits changed over night.
   * @throws MonthNotScored, MonthPublished
   */
  async publish({ tx, viewer, now }: Command, month: Month): Promise<void> {
    await tx.query(monthLockSql, [`quality ${month}`]);
    const found = await this.find(tx, month);
    if (!found) throw new MonthNotScored(month);
    if (found.published_at) throw new MonthPublished(month);
    await this.compute(tx, month, now);
    await tx.query('update quality_month set published_at = $2, published_by = $3 where month = $1', [
      month,
      now,
      viewer.personId,
    ]);
    const from = startOfDay(firstDayOf(monthAfter(monthOf(dayOf(now)))));
    // Of two months that are published in one, the later month's grades hold.
    await tx.query(
      `insert into institution_grade as g (institution_id, effective_from, grade, source)
       select institution_id, $2, grade, 'service quality ' || month from institution_score
       where month = $1 and grade is not null
       on conflict (institution_id, effective_from) do update set grade = excluded.grade, source = excluded.source
       where g.source < excluded.source`,
      [month, from],
    );
    const [{ count }]: [{ count: string }] = await tx.query('select count(*) from institution_score where month = $1', [
      month,
    ]);
    await addToOutbox(
      tx,
      institutionsScored,
      { month, institutions: Number(count), gradesFrom: from.toISOString() },
      now,
    );
  }

  private async find(tx: EntityManager, month: Month): Promise<MonthRow | undefined> {
    const [row]: MonthRow[] = await tx.query('select published_at from quality_month where month = $1', [month]);
    return row;
  }
}
