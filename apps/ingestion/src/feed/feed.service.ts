import type { Viewer } from '@app/auth';
import { Clock, type Day, day, daysBetween } from '@app/kernel';
import { decodeCursor, pageOf, pageRowsMax } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import type { FeedList, FeedResponse, FeedTotals } from './feed.response.js';
import type { ListFeedsRequest } from './list-feeds.request.js';

/** Freshness, volume and quality of the feeds, from the totals that each batch keeps. */
@Injectable()
export class Feeds {
  constructor(
    private readonly db: DataSource,
    private readonly contracts: Contracts,
    private readonly clock: Clock,
  ) {}

  async list(viewer: Viewer, query: ListFeedsRequest): Promise<FeedList> {
    const limit = query.limit ?? pageRowsMax;
    const after = decodeCursor(query.cursor, 1)?.[0];
    const contracts = this.contracts
      .visibleTo(viewer)
      .filter(({ feed }) => after === undefined || feed > String(after))
      .filter(({ sources }) => query.source === undefined || sources.includes(query.source))
      .toSorted((a, b) => (a.feed < b.feed ? -1 : 1))
      .slice(0, limit + 1);
    const rows: FeedTotals[] = await this.db.query(
      `select feed, max(report_date_max)::text as newest, max(received_at) as last_received_at, count(*) as batches,
              count(*) filter (where status = 'FAILED') as failed, sum(live_delta)
                - (select coalesce(sum(p.live), 0) from retention_proof p where p.feed = batch.feed) as records, sum(read) as read,
              sum(accepted) as accepted, sum(unchanged) as unchanged, sum(stale) as stale,
              sum(quarantined) as quarantined, sum(refused) as refused
       from batch where feed = any($1) group by feed`,
      [contracts.map(({ feed }) => feed)],
    );
    const today = this.clock.today();
    const totals = new Map(rows.map((row) => [row.feed, row]));
    const toResponse = (contract: Contract) => toFeedResponse(contract, totals.get(contract.feed), today);
    return pageOf(contracts, limit, toResponse, ({ feed }) => [feed]);
  }
}

function toFeedResponse(contract: Contract, totals: FeedTotals | undefined, today: Day): FeedResponse {
  const count = (name: keyof FeedTotals): number => Number(totals?.[name] ?? 0);
  const ageDays = totals?.newest ? daysBetween(day(totals.newest), today) : null;
  const read = count('read');
  const good = read - count('quarantined') - count('refused');
  return {
    feed: contract.feed,
    title: contract.title,
    source: contract.sources[0]!,
    sources: contract.sources,
    sourceName: contract.sourceName,
    basis: contract.basis,
    contractVersion: contract.version,
    allowedUse: contract.allowedUse,
    freshnessDays: contract.freshnessDays,
    state: count('batches') === 0 ? 'PROMISED' : 'DELIVERING',
    newestReportDate: totals?.newest ?? null,
    ageDays,
    fresh: ageDays !== null && ageDays <= contract.freshnessDays,
    lastReceivedAt: totals?.last_received_at?.toISOString() ?? null,
    batches: count('batches'),
    failedBatches: count('failed'),
    records: count('records'),
    read,
    accepted: count('accepted'),
    unchanged: count('unchanged'),
    stale: count('stale'),
    quarantined: count('quarantined'),
    refused: count('refused'),
    qualityBp: read === 0 ? null : Math.floor((good * 10_000) / read),
  };
}
