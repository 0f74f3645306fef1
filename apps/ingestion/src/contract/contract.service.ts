import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type { Viewer } from '@app/auth';
import { hasRole } from '@app/auth';
import { SettingError } from '@app/config';
import { Clock } from '@app/kernel';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { DataSource } from 'typeorm';
import { parse } from 'yaml';

import { contractsDir } from '../ingestion.config.js';
import { FeedUnknown, NotYourFeed } from './contract.error.js';
import { type Contract, contradictionsOf } from './contract.rules.js';

/** The contracts in force: one file per feed, checked at start; a broken one stops the start and not a delivery. */
@Injectable()
export class Contracts implements OnModuleInit {
  private readonly contracts: ReadonlyMap<string, Contract>;
  private readonly ids = new Map<string, number>();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {
    this.contracts = readContracts(resolve(contractsDir()));
  }

  async onModuleInit(): Promise<void> {
    await this.db.transaction(async (tx) => {
      // Copies that start together must not give one number to two feeds.
      await tx.query('lock table feed in share row exclusive mode');
      for (const contract of this.contracts.values())
        await tx.query(
          `insert into feed (id, feed, source, sources, title, basis, contract_version, freshness_days, contract, seen_at)
           select coalesce(max(id), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9 from feed
           on conflict (feed) do update set source = excluded.source, sources = excluded.sources,
             title = excluded.title, basis = excluded.basis, contract_version = excluded.contract_version,
             freshness_days = excluded.freshness_days, contract = excluded.contract, seen_at = excluded.seen_at`,
          [
            contract.feed,
            contract.sources[0],
            contract.sources,
            contract.title,
            contract.basis,
            contract.version,
            contract.freshnessDays,
            JSON.stringify(contract),
            this.clock.now(),
          ],
        );
      const rows: { id: number; feed: string }[] = await tx.query('select id, feed from feed');
      for (const { id, feed } of rows) this.ids.set(feed, id);
    });
  }

  all(): Contract[] {
    return [...this.contracts.values()];
  }

  /** @throws FeedUnknown */
  of(feed: string): Contract {
    const contract = this.contracts.get(feed);
    if (!contract) throw new FeedUnknown();
    return contract;
  }

  /** The number that stands for a feed in the large tables. */
  idOf(feed: string): number {
    const id = this.ids.get(feed);
    if (id === undefined) throw new FeedUnknown();
    return id;
  }

  /** The feeds that a person may deliver and look into: a source its own, the others all. */
  visibleTo(viewer: Viewer): Contract[] {
    return this.all().filter((contract) => mayUse(contract, viewer));
  }

  /** @throws FeedUnknown, NotYourFeed */
  usedBy(viewer: Viewer, feed: string): Contract {
    const contract = this.of(feed);
    if (!mayUse(contract, viewer)) throw new NotYourFeed();
    return contract;
  }
}

const mayUse = (contract: Contract, viewer: Viewer): boolean =>
  hasRole(viewer, 'operator', 'regulator') || contract.sources.includes(viewer.organisation.code);

function readContracts(folder: string): Map<string, Contract> {
  const ajv = new Ajv2020({ allErrors: true });
  addFormats.default(ajv);
  const isContract = ajv.compile<Contract>(
    JSON.parse(readFileSync(join(folder, 'contract.schema.json'), 'utf8')) as object,
  );
  const contracts = new Map<string, Contract>();
  for (const file of readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()) {
    const contract: unknown = parse(readFileSync(join(folder, file), 'utf8'));
    if (!isContract(contract)) throw new SettingError(`${file} is no contract: ${ajv.errorsText(isContract.errors)}`);
    const faults = contradictionsOf(contract);
    if (`${contract.feed}.yaml` !== file) faults.push(`the file is not named after its feed ${contract.feed}`);
    if (faults.length > 0) throw new SettingError(`${file} contradicts itself: ${faults.join('; ')}`);
    contracts.set(contract.feed, contract);
  }
  return contracts;
}
