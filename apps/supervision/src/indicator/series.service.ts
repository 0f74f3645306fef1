import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { type CutDimension, monthCut } from '../margin/cut.rules.js';
import { FactReader } from './fact-reader.service.js';
import { marginsOf } from './margin-plan.rules.js';
import { MarginReader } from './margin-reader.service.js';
import { type Filter, measures, noSums } from './measure.rules.js';
import { stepsOf } from './period.rules.js';
import { type Asked, type Figures, none, rest, soFar } from './series.rules.js';
import { idOf, suppressedCells } from './suppression.rules.js';

export interface ServedCell {
  value: string | null;
  n: number;
  suppressed: boolean;
}

export interface Series {
  total: ServedCell;
  rows: (ServedCell & { key: string })[];
}

export interface Freshness {
  asOf: Date;
  reconciledAt: Date | null;
}

const tiers = ['T1', 'T2', 'T3', 'T4', 'T5', ''];

/** Reads figures and decides with the pure rules which of them may be served. */
@Injectable()
export class SeriesService {
  constructor(
    private readonly db: DataSource,
    private readonly margins: MarginReader,
    private readonly facts: FactReader,
  ) {}

  /** One snapshot for everything in `work`: enterprises, sums and the instant fit together. */
  async snapshot<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction('REPEATABLE READ', work);
  }

  async read(tx: EntityManager, asked: Asked): Promise<Series> {
    const { cells, sums } = await this.figures(tx, asked);
    const hidden = suppressedCells(cells);
    const sizes = new Map(cells.map(({ key, n }) => [idOf(key), n]));
    const { valueOf } = measures[asked.measure];
    const held = Object.values(asked.only);
    const serve = (key: string | null): ServedCell => {
      const id = idOf([key, ...held]);
      return { value: valueOf(sums.get(key) ?? noSums), n: sizes.get(id) ?? 0, suppressed: hidden.has(id) };
    };
    const keys = await keysOf(tx, asked);
    return { total: serve(null), rows: keys.map((key) => ({ key: key === '' ? none : key, ...serve(key) })) };
  }

  /** Up to when the figures are complete: the last act that was counted, or later where that was checked since. */
  async freshness(tx: EntityManager, now: Date): Promise<Freshness> {
    const [known]: { counted: Date | null; reconciled: Date | null }[] = await tx.query(
      `select (select max(at) from fact) as counted,
              (select max(up_to) from reconciliation where status = 'EQUAL') as reconciled`,
    );
    const { counted, reconciled } = known!;
    const instants = [counted, reconciled].filter((at) => at !== null).map((at) => at.getTime());
    return { asOf: instants.length > 0 ? new Date(Math.max(...instants)) : now, reconciledAt: reconciled };
  }

  /** From the margins where all of them are kept, otherwise from the facts: the same figures either way. */
  private async figures(tx: EntityManager, asked: Asked): Promise<Figures> {
    const margins = marginsOf(asked);
    return margins ? this.margins.read(tx, asked, margins) : this.facts.read(tx, asked);
  }
}

/** The rows: all of a scale that is known beforehand, and otherwise what the figures have ever had. */
async function keysOf(tx: EntityManager, { by, period, only }: Asked): Promise<string[]> {
  if (typeof by !== 'string') return [soFar, rest];
  if (by === 'month' || by === 'day') return stepsOf(period, by);
  const own = only[by as Filter];
  if (own !== undefined) return [own];
  if (by === 'tier') return tiers;
  const rows: { key: string }[] = await tx.query(
    `select distinct cell[1] as key from margin where cut = $1 and ($1 <> $2 or cell[1] <> '') order by key`,
    [monthCut([by satisfies CutDimension]), monthCut(['institution'])],
  );
  return rows.map(({ key }) => key);
}
