import { gauge } from '@app/observe';
import { Logger } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import type { DocumentBuilds } from './document-builds.js';
import type { ElasticsearchFollower } from './elasticsearch-follower.js';
import type { SearchBuild, SearchLedger } from './search-ledger.js';

/** Changes go on flowing between two slices of a build. */
const sliceMs = 1_000;
const reconcileEveryMs = 60 * 60_000;
/** A server that is away is asked so often whether it is back. */
const awayMs = 2_000;
/** Any number that no other advisory lock of the house uses. */
const leaderLock = 7_005;

const pendingGauge = gauge('search_pending_documents', 'Changes that Elasticsearch has still to hear.', []);
const differencesGauge = gauge('search_differences', 'Documents that differed at the last reconciliation.', ['engine']);

/** All that keeps the index right, a round at a time; of the copies of a service one does it. */
export class SearchUpkeep {
  private readonly log = new Logger('search');
  private away: { since: number; until: number } | undefined;
  private reconcileAt = -Infinity;

  constructor(
    private readonly db: DataSource,
    private readonly ledger: SearchLedger,
    private readonly documents: DocumentBuilds,
    private readonly follower?: ElasticsearchFollower,
  ) {}

  /** Whether there is another engine to keep in step. */
  get follows(): boolean {
    return this.follower !== undefined;
  }

  /** Makes everything anew: the documents first, then the engine's index. */
  async rebuild(tx: EntityManager, reason: string, by: string): Promise<SearchBuild[]> {
    const builds = [await this.documents.begin(tx, reason, by)];
    if (this.follower) builds.push(await this.follower.begin(tx, reason, by));
    return builds;
  }

  /** One round. An engine that is away is logged once, and looked for again. */
  async run(): Promise<void> {
    await this.leading(async () => {
      // The engine is built from documents that are right already.
      if (await this.documents.work(sliceMs)) return;
      await this.following();
      if (performance.now() >= this.reconcileAt) await this.reconcile();
    });
  }

  /** Looks for differences now, whatever was found before. */
  reconcileSoon(): void {
    this.reconcileAt = -Infinity;
  }

  private async following(): Promise<void> {
    if (!this.follower || (this.away && performance.now() < this.away.until)) return;
    try {
      if (!this.away && this.reconcileAt === -Infinity) await this.follower.ensure();
      if (this.away) await this.cameBack(this.follower);
      await this.follower.follow();
      if (await this.follower.work(sliceMs)) this.reconcileSoon();
    } catch (error) {
      await this.wentAway(error as Error);
    }
    pendingGauge.set(await this.ledger.pending());
  }

  private async reconcile(): Promise<void> {
    if (this.away || (await this.ledger.running('elasticsearch'))) return;
    const missing = await this.documents.difference();
    differencesGauge.set({ engine: 'postgresql' }, missing);
    if (missing > 0)
      await this.db.transaction((tx) => this.documents.begin(tx, `${missing} documents too few or too many`));
    try {
      if (this.follower) differencesGauge.set({ engine: 'elasticsearch' }, await this.follower.reconcile());
      await this.follower?.follow();
      this.reconcileAt = performance.now() + reconcileEveryMs;
    } catch (error) {
      await this.wentAway(error as Error);
    }
  }

  private async wentAway(error: Error): Promise<void> {
    const now = performance.now();
    if (!this.away) {
      this.log.warn(`Elasticsearch cannot be kept up to date: ${error.message}`);
      await this.ledger.note(this.db.manager, { act: 'ENGINE_AWAY', engine: 'elasticsearch', detail: error.message });
    }
    this.away = { since: this.away?.since ?? now, until: now + awayMs };
  }

  /** What it missed is carried over, and what it may have lost is looked for. */
  private async cameBack(follower: ElasticsearchFollower): Promise<void> {
    await follower.ensure();
    const documents = await follower.follow();
    const seconds = Math.round((performance.now() - (this.away?.since ?? 0)) / 1_000);
    this.away = undefined;
    this.reconcileSoon();
    this.log.log(`Elasticsearch is back after ${seconds} s`);
    const detail = `after ${seconds} s`;
    await this.ledger.note(this.db.manager, { act: 'ENGINE_BACK', engine: 'elasticsearch', documents, detail });
  }

  /** The lock lives as long as its transaction, which does nothing else. */
  private async leading(work: () => Promise<void>): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { schema } = this.db.options as { schema?: string };
      const [row]: { mine: boolean }[] = await tx.query('select pg_try_advisory_xact_lock($1, hashtext($2)) as mine', [
        leaderLock,
        schema ?? '',
      ]);
      if (row?.mine) await work();
    });
  }
}
