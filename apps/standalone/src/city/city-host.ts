import { offerSetting } from '@app/config';
import { startTaxBureau, type TaxBureau } from '@app/demo-city';
import { SystemClock } from '@app/kernel';
import { drain } from '@app/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DataSource } from 'typeorm';

import { Seeding } from '../../../identity/src/identity.module.js';
import { Housekeeping } from '../../../marketplace/src/marketplace.module.js';
import { ScoringJob } from '../../../profiling/src/profiling.module.js';
import { CityFeeds } from './city-feeds.js';
import { CityFile } from './city-file.js';
import { CityMarket } from './city-market.js';
import { printSignIns, seedPeople } from './city-people.js';
import { InProcess } from './in-process.js';
import { MarketJournal } from './market-journal.js';
import { Progress } from './progress.js';

/** On a busy machine the consumers are slower than what is told to them. */
const drainMs = 300_000;

type Services = Map<string, NestFastifyApplication>;

/** Makes the fictional city by the platform's own doors, and goes on where an earlier start stopped. */
export class CityHost {
  private readonly file = new CityFile(new SystemClock().now());
  private bureau: TaxBureau | undefined;
  private stopping = false;
  private work: Promise<void> = Promise.resolve();

  /** Before the services start: their tax bureau must have an address. It makes its journal when it is first asked. */
  async open(): Promise<void> {
    this.bureau = await startTaxBureau(() => this.file.city);
    offerSetting('TAX_BUREAU_URL', this.bureau.url);
    offerSetting('TAX_BUREAU_KEY', this.bureau.key);
  }

  /** People, registry, scores and the market's year: what must be there before the city is shown. */
  async begin(services: Services): Promise<void> {
    this.work = this.makeShown(services);
    await this.work;
    // The process is about to end: nothing that would follow may begin.
    if (this.stopping) await new Promise<never>(() => undefined);
  }

  /** The monthly series, while the platform is in use already. */
  async goOn(services: Services): Promise<void> {
    if (this.stopping || this.file.isDone('LATER')) return;
    this.work = this.makeSeries(services);
    await this.work;
  }

  /** Whether an earlier start has made all of it. */
  get isComplete(): boolean {
    return this.file.isDone('LATER');
  }

  announce(): void {
    printSignIns(this.file.city);
  }

  /** Stops at the next act or file; the services must be there until then. */
  async close(): Promise<void> {
    this.stopping = true;
    await this.work.catch(() => undefined);
    await this.bureau?.close();
  }

  private async makeShown(services: Services): Promise<void> {
    const { file } = this;
    await seedPeople(services.get('identity')!.get(Seeding), file.city, file.market.officers);
    const callers = this.callers(services);
    if (!file.isDone('FIRST')) await this.makeRegistry(services, callers);
    if (!file.isDone('MARKET') && !this.stopping) await this.makeMarket(services, callers);
  }

  private async makeSeries(services: Services): Promise<void> {
    const { file } = this;
    const feeds = this.feeds(services, this.callers(services));
    const pulling = feeds.pull(file.city, 'LATER', new Progress('returns of value-added tax'));
    // Looked at below; until then a failure of the pull must not end the process.
    pulling.catch(() => undefined);
    await feeds.tellAccounts(file.city);
    const monthly = new Progress('monthly series');
    await feeds.deliver(file.city, ({ stage, afterPull }) => stage === 'LATER' && !afterPull, monthly);
    await pulling;
    await feeds.deliver(file.city, ({ afterPull }) => afterPull, new Progress('corrections of the tax bureau'));
    if (!this.stopping) file.finish('LATER');
  }

  /** Scored once when all is in, and not after each file. */
  private async makeRegistry(services: Services, callers: InProcess): Promise<void> {
    const { file } = this;
    const scoring = services.get('profiling')!.get(ScoringJob);
    const feeds = this.feeds(services, callers);
    await scoring.pause();
    await Promise.all([
      feeds.pull(file.city, 'FIRST', new Progress('returns and ratings of the tax bureau')),
      feeds.deliver(file.city, ({ stage }) => stage === 'FIRST', new Progress('registry, titles, rights, courts')),
    ]);
    if (this.stopping) return;
    await drain(drainMs);
    await gatherStatistics(services, 'ingestion');
    await scoring.run();
    scoring.resume();
    await gatherStatistics(services, 'profiling');
    file.finish('FIRST');
  }

  private async makeMarket(services: Services, callers: InProcess): Promise<void> {
    const housekeeping = services.get('marketplace')!.get(Housekeeping);
    await housekeeping.pause();
    const journal = new MarketJournal(this.file.journalPath);
    const market = new CityMarket(callers, housekeeping, journal);
    await market.carryOut(this.file.market, new Progress('a year of the market'), () => this.stopping);
    journal.close();
    if (this.stopping) return;
    await drain(drainMs);
    this.file.finish('MARKET');
    housekeeping.resume();
  }

  private callers = (services: Services): InProcess => new InProcess(services, services.get('identity')!.get(Seeding));

  private feeds = (services: Services, callers: InProcess): CityFeeds =>
    new CityFeeds(services.get('ingestion')!, callers, () => this.stopping);
}

/**
 * PostgreSQL gathers its statistics by itself, but only minutes after a first load; until then it would read whole
 * tables for each firm. What belongs to other services is skipped.
 */
async function gatherStatistics(services: Services, service: string): Promise<void> {
  await services.get(service)!.get(DataSource).query('analyze');
}
