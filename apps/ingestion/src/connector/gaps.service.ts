import { uuidv7 } from '@app/kernel';
import { Injectable, Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { Stretch } from '../source/source-reader.rules.js';
import { remainderOf } from './gap.rules.js';

export interface Place {
  connector: string;
  feed: string;
}

interface GapRow {
  id: string;
  kind: Stretch['kind'];
  starts: string;
  ends: string;
  seen_at: Date;
}

/** So many gaps are asked for again in one visit. */
const askedMax = 50;

const stretchOf = ({ kind, starts, ends }: GapRow): Stretch => ({ kind, from: starts, to: ends });

/** What is missing of what sources serve: told once, asked for again at each visit, ended when it came. */
@Injectable()
export class Gaps {
  private readonly logger = new Logger(Gaps.name);

  constructor(private readonly db: DataSource) {}

  /** The open gaps, noted as asked for. */
  async ask({ connector, feed }: Place, now: Date): Promise<Stretch[]> {
    const [rows]: [GapRow[], number] = await this.db.query(
      `update source_gap set asked = asked + 1, asked_at = $3
       where id in (select id from source_gap where connector = $1 and feed = $2 and state = 'OPEN'
                    order by asked_at nulls first, id limit ${askedMax})
       returning id, kind, starts, ends, seen_at`,
      [connector, feed, now],
    );
    return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(stretchOf);
  }

  async tell(tx: EntityManager, { connector, feed }: Place, missing: Stretch, now: Date): Promise<void> {
    const made: unknown[] = await tx.query(
      `insert into source_gap (id, connector, feed, kind, starts, ends, seen_at)
       select $1, $2, $3, $4, $5, $6, $7
       where not exists (select from source_gap where connector = $2 and feed = $3 and kind = $4 and starts = $5
                           and ends = $6 and state = 'OPEN')
       returning id`,
      [uuidv7(now), connector, feed, missing.kind, missing.from, missing.to, now],
    );
    if (made.length > 0)
      this.logger.warn(`${connector} ${feed}: ${missing.kind} ${missing.from}..${missing.to} missing`);
  }

  async fill(tx: EntityManager, { connector, feed }: Place, came: Stretch, now: Date): Promise<void> {
    const open: GapRow[] = await tx.query(
      `select id, kind, starts, ends, seen_at from source_gap
       where connector = $1 and feed = $2 and kind = $3 and state = 'OPEN' order by id for update`,
      [connector, feed, came.kind],
    );
    for (const gap of open) {
      const rest = remainderOf(stretchOf(gap), came);
      if (rest.length === 1 && rest[0]!.from === gap.starts && rest[0]!.to === gap.ends) continue;
      await tx.query(`update source_gap set state = 'FILLED', ended_at = $2 where id = $1`, [gap.id, now]);
      for (const left of rest)
        await tx.query(
          `insert into source_gap (id, connector, feed, kind, starts, ends, seen_at, asked, asked_at)
           select $1, connector, feed, kind, $3, $4, seen_at, asked, asked_at from source_gap where id = $2`,
          [uuidv7(now), gap.id, left.from, left.to],
        );
    }
  }
}
