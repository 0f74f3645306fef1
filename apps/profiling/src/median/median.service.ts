import { Clock, type Day } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { daysKept, growthMax, mediansDue, peersMin, type TakenMedians } from './median.rules.js';

export interface IndustryMedians {
  /** The day that they are of; null before they were ever taken. */
  asOf: Day | null;
  /** By the order of the model's dimensions; null with too few peers, empty for an industry that is not known. */
  values: (number | null)[];
}

const lock = `pg_try_advisory_xact_lock(hashtextextended('profiling industry medians', 8))`;

/**
 * Lower medians of every industry and dimension at once. Counted by score first: a score has 101 values, so that what
 * has to be put in order is small, whatever the number of enterprises.
 */
const takeSql = `
  with counted as (
    select e.industry2, d.place, d.score, count(*) as n
    from enterprise e cross join lateral unnest(e.dimensions) with ordinality as d (score, place)
    where e.industry2 is not null and not e.withdrawn and d.score is not null
    group by 1, 2, 3),
  ranked as (
    select industry2, place, score, sum(n) over (partition by industry2, place) as peers,
           sum(n) over (partition by industry2, place order by score) as up_to
    from counted)
  insert into industry_median (industry2, as_of, place, peers, median)
  select distinct on (industry2, place) industry2, $1::date, place, peers, case when peers >= $2 then score end
  from ranked where up_to * 2 >= peers order by industry2, place, score`;

/** What the enterprises of an industry have in the middle: taken once a day, read as kept. */
@Injectable()
export class MedianService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  async read(tx: EntityManager, industry2: string | null): Promise<IndustryMedians> {
    const rows: { asOf: Day; place: number | null; median: number | null }[] = await tx.query(
      `select to_char(d.as_of, 'YYYY-MM-DD') as "asOf", m.place, m.median
       from (select as_of from median_day order by as_of desc limit 1) d
       left join industry_median m on m.as_of = d.as_of and m.industry2 = $1`,
      [industry2],
    );
    const values: (number | null)[] = [];
    for (const { place, median } of rows) if (place !== null) values[place - 1] = median;
    return { asOf: rows[0]?.asOf ?? null, values: Array.from(values, (value) => value ?? null) };
  }

  /** Takes the medians of today if they are due and no other copy of the service is at it; whether it did. */
  async takeIfDue(): Promise<boolean> {
    return this.db.transaction(async (tx) => {
      const [got]: { mine: boolean }[] = await tx.query(`select ${lock} as mine`);
      if (!got?.mine) return false;
      const today = this.clock.today();
      const last = await lastTaken(tx);
      // A house that is large has no need to be counted at every look.
      const enterprises = !last || last.enterprises < growthMax ? await countSome(tx) : last.enterprises;
      if (!mediansDue(last, today, enterprises)) return false;
      await this.take(tx, today);
      return true;
    });
  }

  private async take(tx: EntityManager, today: Day): Promise<void> {
    // It walks through every enterprise: a city's take seconds, and the pool's minute is too little for a province.
    await tx.query(`set local statement_timeout = '10min'`);
    await tx.query('delete from median_day where as_of >= $1 or as_of < $1::date - $2::int', [today, daysKept]);
    await tx.query(
      `insert into median_day (as_of, taken_at, enterprises)
       select $1, $2, count(*) from enterprise where not withdrawn`,
      [today, this.clock.now()],
    );
    await tx.query(takeSql, [today, peersMin]);
  }
}

async function lastTaken(tx: EntityManager): Promise<TakenMedians | undefined> {
  const [last]: TakenMedians[] = await tx.query(
    `select to_char(as_of, 'YYYY-MM-DD') as "asOf", enterprises from median_day order by as_of desc limit 1`,
  );
  return last;
}

/** As many as decide whether the house has grown, and no more. */
async function countSome(tx: EntityManager): Promise<number> {
  const [some]: { count: number }[] = await tx.query(
    'select count(*)::int as count from (select from enterprise where not withdrawn limit $1) seen',
    [growthMax * 2],
  );
  return some!.count;
}
