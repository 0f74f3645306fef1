import { offerSetting } from '@app/config';
import { accountsOf, expectedPulls, startTaxBureau, type TaxBureau } from '@app/demo-city';
import { SystemClock } from '@app/kernel';
import { drain } from '@app/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { Seeding } from '../../../identity/src/identity.module.js';
import { CityFeeds } from './city-feeds.js';
import { CityFile } from './city-file.js';
import { printSignIns, seedPeople } from './city-people.js';
import { InProcess } from './in-process.js';
import { Progress } from './progress.js';

/** Makes the fictional city by the platform's own doors, and goes on where an earlier start stopped. */
export class CityHost {
  private readonly file = new CityFile(new SystemClock().now());
  private bureau: TaxBureau | undefined;
  private stopping = false;

  /** Before the services start: their tax bureau must have an address. It makes its journal when it is first asked. */
  async open(): Promise<void> {
    this.bureau = await startTaxBureau(() => this.file.city);
    offerSetting('TAX_BUREAU_URL', this.bureau.url);
    offerSetting('TAX_BUREAU_KEY', this.bureau.key);
  }

  /** People, registry and scores: what must be there before the city is shown. */
  async begin(services: Map<string, NestFastifyApplication>): Promise<void> {
    const { file } = this;
    const seeding = services.get('identity')!.get(Seeding);
    await seedPeople(seeding, file.city);
    file.finish('PEOPLE');
    if (file.isDone('FIRST')) return;
    const feeds = this.feeds(services);
    await feeds.deliver(file.city, 'FIRST', new Progress('registry, titles, staff, rights, courts'));
    await this.pullReturns(services);
    await drain();
    file.finish('FIRST');
  }

  /** The monthly series, while the platform is in use already. */
  async goOn(services: Map<string, NestFastifyApplication>): Promise<void> {
    const { file } = this;
    if (file.isDone('LATER') || this.stopping) return;
    const caller = this.caller(services);
    for (const { account, kind, uscc } of accountsOf(file.city)) {
      if (this.stopping) return;
      await caller.post(
        'ingestion',
        'feeds/utility.usage/accounts',
        { account: { kind, account }, uscc },
        `city-account-${account}-${kind}`,
      );
    }
    await this.feeds(services).deliver(file.city, 'LATER', new Progress('monthly series'));
    file.finish('LATER');
  }

  announce(): void {
    printSignIns(this.file.city);
  }

  async close(): Promise<void> {
    this.stopping = true;
    await this.bureau?.close();
  }

  /** Income returns feed the scores: ask for them now and wait until they are in. */
  private async pullReturns(services: Map<string, NestFastifyApplication>): Promise<void> {
    const caller = this.caller(services);
    const progress = new Progress('income returns from the tax bureau');
    const wanted = expectedPulls(this.file.city).find(({ feed }) => feed === 'tax.income-return')!;
    await caller.post('ingestion', 'feeds/tax.income-return/pulls', {}, `city-pull-${Date.now()}`);
    for (let rows = 0; rows < wanted.rows && !this.stopping;) {
      rows = await this.rowsOf(caller, 'tax.income-return');
      progress.at(rows, wanted.rows, 'rows');
      await new Promise((done) => setTimeout(done, 200));
    }
    progress.end(`${wanted.rows} rows`);
  }

  private async rowsOf(caller: InProcess, feed: string): Promise<number> {
    const { items } = await caller.get<{ items: { feed: string; read: number }[] }>('ingestion', 'feeds');
    return items.find((item) => item.feed === feed)?.read ?? 0;
  }

  private caller = (services: Map<string, NestFastifyApplication>): InProcess =>
    new InProcess(services, services.get('identity')!.get(Seeding), 'operator');

  private feeds = (services: Map<string, NestFastifyApplication>): CityFeeds =>
    new CityFeeds(services.get('ingestion')!, this.caller(services).token);
}
