import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';

import { SettingError, textSetting } from '@app/config';
import { Clock } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { DataSource } from 'typeorm';
import { parse } from 'yaml';

import { ReferenceReused } from '../batch/batch.error.js';
import { Intake } from '../batch/intake.service.js';
import { Contracts } from '../contract/contract.service.js';
import { connectorsDir } from '../ingestion.config.js';
import { type Connector, connectorSchema, type PulledPage } from './connector.rules.js';
import { fetchPage, type PageSource } from './page.driver.js';
import { NotPulled } from './pull.error.js';

/** Any number that no other advisory lock of the house uses. */
const pullLock = 7_302;

/** Pulls a feed from where it stands to the source's end; each page becomes a batch together with the new cursor. */
@Injectable()
export class Pulls {
  readonly connectors: readonly Connector[];

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly intake: Intake,
    contracts: Contracts,
  ) {
    this.connectors = readConnectors(resolve(connectorsDir()));
    for (const feed of this.connectors.flatMap(({ feeds }) => feeds)) contracts.of(feed);
  }

  /** @throws NotPulled when no connector of this feed has an address */
  sourceOf(feed: string, stop: AbortSignal): PageSource {
    const connector = this.connectors.find(({ feeds }) => feeds.includes(feed));
    const url = connector && textSetting(connector.urlSetting);
    if (!connector || !url) throw new NotPulled();
    return { connector, url, key: textSetting(connector.keySetting, ''), stop };
  }

  /** Rows taken in; undefined when another process is pulling this feed. */
  async pull(feed: string, stop: AbortSignal): Promise<number | undefined> {
    const source = this.sourceOf(feed, stop);
    const runner = this.db.createQueryRunner();
    try {
      const lock = [pullLock, `${source.connector.connector} ${feed}`];
      const [{ mine }] = await runner.query('select pg_try_advisory_lock($1, hashtext($2)) as mine', lock);
      if (!mine) return undefined;
      try {
        return await this.pullPages(source, feed);
      } finally {
        await runner.query('select pg_advisory_unlock($1, hashtext($2))', lock);
      }
    } finally {
      await runner.release();
    }
  }

  private async pullPages(source: PageSource, feed: string): Promise<number> {
    let rows = 0;
    let after = await this.cursorOf(source.connector.connector, feed);
    for (;;) {
      const page = await fetchPage(source, feed, after);
      await this.keep(source.connector.connector, feed, { after, page });
      rows += page.items.length;
      if (page.next === null || page.cursor === after) return rows;
      after = page.cursor;
    }
  }

  private async cursorOf(connector: string, feed: string): Promise<string> {
    const [row]: { cursor: string }[] = await this.db.query(
      'select cursor from pull_cursor where connector = $1 and feed = $2',
      [connector, feed],
    );
    return row?.cursor ?? '';
  }

  private async keep(
    connector: string,
    feed: string,
    { after, page }: { after: string; page: PulledPage },
  ): Promise<void> {
    const remember = (db: { query(sql: string, values: unknown[]): Promise<unknown> }) =>
      db.query(
        `insert into pull_cursor (connector, feed, cursor, pulled_at, as_of, rows) values ($1, $2, $3, $4, $5, $6)
         on conflict (connector, feed) do update set cursor = excluded.cursor, pulled_at = excluded.pulled_at,
           as_of = coalesce(excluded.as_of, pull_cursor.as_of), rows = pull_cursor.rows + excluded.rows`,
        [connector, feed, page.cursor, this.clock.now(), page.asOf, page.items.length],
      );
    if (page.items.length === 0) {
      await remember(this.db);
      return;
    }
    const text = page.items.map((item) => `${JSON.stringify(item)}\n`).join('');
    const delivery = { feed, origin: 'PULL' as const, form: 'NDJSON' as const, charset: 'utf-8' as const };
    const take = (reference: string) =>
      this.intake.take(
        { ...delivery, reference, deliveredBy: null },
        Readable.from([Buffer.from(text)]),
        async (tx) => {
          await remember(tx);
        },
      );
    const reference = referenceOf(feed, after);
    try {
      await take(reference);
    } catch (error) {
      if (!(error instanceof ReferenceReused)) throw error;
      // The source gives other rows for an old place, as after it was set up anew: they are another batch.
      await take(`${reference}-${digestOf(text)}`);
    }
  }
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** A cursor is opaque and may be long: only a short and plain one is shown as it is. */
const referenceOf = (feed: string, after: string): string =>
  `pull-${feed}-${/^[\w=.-]{0,80}$/.test(after) ? after || 'start' : digestOf(after)}`;

function readConnectors(folder: string): Connector[] {
  const isConnector = new Ajv2020().compile<Connector>(connectorSchema);
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return files.toSorted().map((file) => {
    const connector: unknown = parse(readFileSync(join(folder, file), 'utf8'));
    if (!isConnector(connector)) throw new SettingError(`${file} is no connector`);
    return connector;
  });
}
