import { withPlanSettings } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { dayCut, inCutOrder } from '../margin/cut.rules.js';
import { type Along, isByDay, isInTime, type Margin } from './margin-plan.rules.js';
import { type Filter, measures, type Sums } from './measure.rules.js';
import { type Asked, type Figures, rest, soFar, sumsOf, type SumRow } from './series.rules.js';
import type { Cell } from './suppression.rules.js';

/** A row's key along the time, and the first day of what it stands for: from before which an enterprise must come. */
const partsOf = (by: Along): { key: string; start: string } => {
  if (by === 'month') return { key: `to_char(step, 'YYYY-MM')`, start: 'step' };
  if (typeof by === 'string') return { key: `to_char(step, 'YYYY-MM-DD')`, start: 'step' };
  const restFrom = `$3::date + ${Math.trunc(by.upToDate)}`;
  const isSoFar = `step < ${restFrom}`;
  return {
    key: `case when ${isSoFar} then '${soFar}' else '${rest}' end`,
    start: `case when ${isSoFar} then $3::date else ${restFrom} end`,
  };
};

interface ReachRow {
  cut: string;
  cell: string[];
  key: string | null;
  n: string;
}

/**
 * Rows of a cut stand together in the key. Whether to walk through all cuts instead must not be the planner's guess: it takes
 * the months before for independent of the months, and would read a table of all kinds and cuts for some hundred rows.
 */
const alongKey = { enable_seqscan: 'off' };

/** Reads figures from what is kept of them: as many rows as there are cells and months, whatever the city's size. */
@Injectable()
export class MarginReader {
  /** Distinct enterprises of every cell of the table with all margins, and the sums of its rows. In a transaction. */
  async read(tx: EntityManager, asked: Asked, margins: readonly Margin[]): Promise<Figures> {
    return withPlanSettings(tx, alongKey, async () => ({
      cells: await this.enterprises(tx, asked, margins),
      sums: await this.sums(tx, asked, margins),
    }));
  }

  private async enterprises(tx: EntityManager, asked: Asked, margins: readonly Margin[]): Promise<Cell[]> {
    const { by, only } = asked;
    const width = 1 + Object.keys(only).length;
    const cuts = new Set(margins.map(({ cut }) => cut));
    const rows = await readReach(tx, asked, [...cuts], { key: 'null', start: '$3::date' });
    const cells = cellsOf(margins, rows, width);
    if (!isInTime(by)) return cells;
    const steps = await readReach(tx, asked, isByDay(by) ? [dayCut] : [...cuts], partsOf(by));
    const apart = isByDay(by) ? [{ places: [], along: [], cut: dayCut }] : margins;
    return [...cells, ...cellsOf(apart, steps, width)];
  }

  /** Sums of the filtered rows by key, and of all of them under null. */
  private async sums(tx: EntityManager, asked: Asked, margins: readonly Margin[]): Promise<Map<string | null, Sums>> {
    const { measure, by, period, only } = asked;
    const finest = margins.at(-1)!;
    const place = (name: string) => inCutOrder(finest.along).findIndex((one) => one === name) + 1;
    const held = Object.entries(only) as [Filter, string][];
    const where = held.map(([name], index) => ` and cell[${place(name)}] = $${index + 5}`).join('');
    const key = typeof by !== 'string' || isInTime(by) ? partsOf(by).key : `cell[${place(by)}]`;
    const rows: SumRow[] = await tx.query(
      `select key, bucket, sum(count) as count, sum(amount) as amount, sum(weight) as weight
       from (select ${key} as key, bucket, count, amount, weight
             from margin where cut = $1 and kind = $2 and step between $3 and $4${where}) part
       group by grouping sets ((key, bucket), (bucket))`,
      [
        isByDay(by) ? dayCut : finest.cut,
        measures[measure].kind,
        period.from,
        period.to,
        ...held.map(([, value]) => value),
      ],
    );
    return sumsOf(rows);
  }
}

async function readReach(
  tx: EntityManager,
  { measure, period }: Asked,
  cuts: readonly string[],
  { key, start }: { key: string; start: string },
): Promise<ReachRow[]> {
  return tx.query(
    `select cut, cell, ${key} as key, sum(enterprises) as n
     from reach where cut = any($1) and kind = $2 and step between $3 and $4 and step_before < ${start}
     group by 1, 2, 3 having sum(enterprises) > 0`,
    [cuts, measures[measure].kind, period.from, period.to],
  );
}

/** Puts a cell's values, which are in the order of its cut, where the table has its axes. */
function cellsOf(margins: readonly Margin[], rows: readonly ReachRow[], width: number): Cell[] {
  const rowsOf = Map.groupBy(rows, ({ cut }) => cut);
  return margins.flatMap(({ places, along, cut }) => {
    const order = inCutOrder(along);
    return (rowsOf.get(cut) ?? []).map(({ cell, key: first, n }): Cell => {
      const key: (string | null)[] = Array.from({ length: width }, () => null);
      key[0] = first;
      for (const [index, place] of places.entries()) key[place] = cell[order.indexOf(along[index]!)]!;
      return { key, n: Number(n) };
    });
  });
}
