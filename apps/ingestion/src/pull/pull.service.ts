import { AppError, Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { VisitedConnector } from '../connector/connector.rules.js';
import type { Place } from '../connector/gaps.service.js';
import { PulledBatches } from '../connector/pulled-batch.service.js';
import { Visits } from '../connector/visits.service.js';
import type { Piece, Position } from '../source/source-reader.rules.js';
import { SourceReaders } from './source-readers.service.js';

/** Any number that no other advisory lock of the house uses. */
const pullLock = 7_302;

/** Fetches a feed from where it stands to the source's end; each piece becomes a batch together with the new place. */
@Injectable()
export class Pulls {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly batches: PulledBatches,
    private readonly visits: Visits,
    private readonly sources: SourceReaders,
  ) {}

  /** Rows taken in; undefined when another process is pulling this feed. @throws NotPulled */
  async pull(feed: string, stop: AbortSignal): Promise<number | undefined> {
    const connector = this.sources.connectorOf(feed);
    const runner = this.db.createQueryRunner();
    try {
      const lock = [pullLock, `${connector.connector} ${feed}`];
      const [{ mine }] = await runner.query('select pg_try_advisory_lock($1, hashtext($2)) as mine', lock);
      if (!mine) return undefined;
      try {
        return await this.visit(connector, feed, stop);
      } finally {
        await runner.query('select pg_advisory_unlock($1, hashtext($2))', lock);
      }
    } finally {
      await runner.release();
    }
  }

  private async visit(connector: VisitedConnector, feed: string, stop: AbortSignal): Promise<number> {
    const place = { connector: connector.connector, feed };
    const { schedule } = connector;
    await this.visits.begin(place, schedule, this.clock.now());
    try {
      const { rows, remarks, paused } = await this.pieces(connector, place, stop);
      if (paused) await this.visits.interrupted(place, rows, this.clock.now());
      else await this.visits.done(place, rows, remarks, this.clock.now());
      return rows;
    } catch (error) {
      if (stop.aborted) throw error;
      const known = error instanceof AppError ? error : undefined;
      const problem = known?.message ?? 'it failed on our side';
      const { retryAfterSeconds } = known ?? {};
      await this.visits.failed(place, { schedule, problem, retryAfterSeconds }, this.clock.now());
      throw error;
    }
  }

  private async pieces(connector: VisitedConnector, place: Place, stop: AbortSignal) {
    const visit = { rows: 0, remarks: [] as string[], paused: await this.visits.isPaused(place.feed) };
    if (visit.paused) return visit;
    const position = await this.positionOf(place);
    const today = this.clock.today();
    for await (const piece of this.sources.read(connector, { feed: place.feed, position, today, stop })) {
      await this.keep(connector, place, piece);
      visit.rows += piece.lines.length;
      visit.remarks = piece.remarks ?? visit.remarks;
      visit.paused = await this.visits.isPaused(place.feed);
      if (visit.paused) break;
    }
    return visit;
  }

  private async positionOf({ connector, feed }: Place): Promise<Position> {
    const [row]: Position[] = await this.db.query(
      'select cursor, sequence from pull_cursor where connector = $1 and feed = $2',
      [connector, feed],
    );
    return row ?? { cursor: '', sequence: null };
  }

  private async keep({ kind }: VisitedConnector, place: Place, piece: Piece): Promise<void> {
    const remember = (tx: EntityManager) => this.remember(tx, place, piece);
    if (piece.lines.length === 0) {
      await this.db.transaction(remember);
      return;
    }
    const { feed } = place;
    const batch =
      kind === 'HTTP'
        ? { origin: 'PULL' as const, reference: `pull-${feed}-${piece.mark}` }
        : { origin: 'TABLE' as const, reference: `table-${feed}-${piece.mark}` };
    await this.batches.take({ feed, lines: piece.lines, ...batch }, remember);
  }

  private async remember(tx: EntityManager, place: Place, { next, asOf, lines, missing, fills }: Piece): Promise<void> {
    const now = this.clock.now();
    const { connector, feed } = place;
    if (next)
      await tx.query(
        `insert into pull_cursor (connector, feed, cursor, pulled_at, as_of, rows, sequence)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (connector, feed) do update set cursor = excluded.cursor, pulled_at = excluded.pulled_at,
           as_of = coalesce(excluded.as_of, pull_cursor.as_of), rows = pull_cursor.rows + excluded.rows,
           sequence = excluded.sequence`,
        [connector, feed, next.cursor, now, asOf, lines.length, next.sequence],
      );
    if (missing) await this.sources.gaps.tell(tx, place, missing, now);
    if (fills) await this.sources.gaps.fill(tx, place, fills, now);
  }
}
