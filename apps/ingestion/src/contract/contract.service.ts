import { createHash } from 'node:crypto';
import { resolve } from 'node:path';

import type { Viewer } from '@app/auth';
import { hasRole } from '@app/auth';
import { SettingError } from '@app/config';
import { Clock } from '@app/kernel';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { contractsDir } from '../ingestion.config.js';
import { canonical, compareContracts } from './compare.rules.js';
import { type ContractFolder, folderMark, readContractFolder } from './contract-folder.driver.js';
import { FeedUnknown, NotYourFeed } from './contract.error.js';
import type { Contract } from './contract.rules.js';

interface Registered {
  id: number;
  feed: string;
  version: string;
  revision: number;
  digest: string;
  contract: Contract;
}

/**
 * The contracts in force. They are files, read at start and again when they change; a broken one stops the start, and
 * later leaves everything as it was. Every state that ever was in force is kept, so that a batch can be read, and
 * understood, under the contract it came under.
 */
@Injectable()
export class Contracts implements OnModuleInit {
  private folder: ContractFolder;
  private mark: string;
  private readonly ids = new Map<string, number>();
  private versionIds: ReadonlyMap<Contract, number> = new Map();

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {
    const path = resolve(contractsDir());
    [this.folder, this.mark] = [readContractFolder(path), folderMark(path)];
  }

  async onModuleInit(): Promise<void> {
    await this.register(this.folder);
  }

  /** Takes up changed files; true when there were any. @throws SettingError, and then nothing changed */
  async reload(): Promise<boolean> {
    const path = resolve(contractsDir());
    const mark = folderMark(path);
    if (mark === this.mark) return false;
    await this.register(readContractFolder(path));
    this.mark = mark;
    return true;
  }

  /** The contracts of today, in the order of their feeds. */
  all(): Contract[] {
    const today = this.clock.today();
    return [...this.folder.contracts.values()].map((versions) => inForce(versions, today));
  }

  /** What the catalogue says beside the contracts. */
  get catalogue(): Pick<ContractFolder, 'schema' | 'sources'> {
    return this.folder;
  }

  /** @throws FeedUnknown */
  of(feed: string): Contract {
    const versions = this.folder.contracts.get(feed);
    if (!versions) throw new FeedUnknown();
    return inForce(versions, this.clock.today());
  }

  /** The number under which the contract of today is kept. @throws FeedUnknown */
  versionIdOf(feed: string): number {
    return this.versionIds.get(this.of(feed))!;
  }

  /** The contract that a batch came under. */
  async ofBatch(batch: { feed: string; contract_version_id: number | null }): Promise<Contract> {
    if (batch.contract_version_id === null) return this.of(batch.feed);
    const known = [...this.versionIds].find(([, id]) => id === batch.contract_version_id)?.[0];
    if (known) return known;
    const [kept]: { contract: Contract }[] = await this.db.query(
      'select contract from contract_version where id = $1',
      [batch.contract_version_id],
    );
    return kept!.contract;
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

  private async register(folder: ContractFolder): Promise<void> {
    const today = this.clock.today();
    const current = [...folder.contracts.values()].map((versions) => inForce(versions, today));
    const versionIds = await this.db.transaction(async (tx) => {
      // Copies that start together must not give one number to two feeds.
      await tx.query('lock table feed in share row exclusive mode');
      await writeFeeds(tx, current, this.clock.now());
      const rows: { id: number; feed: string }[] = await tx.query('select id, feed from feed');
      for (const { id, feed } of rows) this.ids.set(feed, id);
      return writeVersions(tx, [...folder.contracts.values()].flat(), this.clock.now());
    });
    [this.folder, this.versionIds] = [folder, versionIds];
  }
}

const mayUse = (contract: Contract, viewer: Viewer): boolean =>
  hasRole(viewer, 'operator', 'regulator') || contract.sources.includes(viewer.organisation.code);

/** The last version that began by today; before the first of them has begun, that one. */
const inForce = (versions: readonly Contract[], today: string): Contract =>
  versions.findLast(({ effectiveFrom }) => effectiveFrom <= today) ?? versions[0]!;

async function writeFeeds(tx: EntityManager, contracts: Contract[], now: Date): Promise<void> {
  const list = contracts.map((contract) => ({
    feed: contract.feed,
    source: contract.sources[0],
    sources: contract.sources,
    title: contract.title,
    basis: contract.basis,
    contract_version: contract.version,
    freshness_days: contract.freshnessDays,
    contract,
  }));
  // A number once given stays: only new feeds take the next ones.
  await tx.query(
    `insert into feed (id, feed, source, sources, title, basis, contract_version, freshness_days, contract, seen_at)
     select coalesce(old.id, (select coalesce(max(id), 0) from feed)
                             + row_number() over (partition by old.id is null order by f.feed)),
            f.feed, f.source, f.sources, f.title, f.basis, f.contract_version, f.freshness_days, f.contract, $2
     from jsonb_to_recordset($1::jsonb) as f (feed text, source text, sources text[], title text, basis text,
                                              contract_version text, freshness_days int, contract jsonb)
     left join feed old on old.feed = f.feed
     on conflict (feed) do update set source = excluded.source, sources = excluded.sources,
       title = excluded.title, basis = excluded.basis, contract_version = excluded.contract_version,
       freshness_days = excluded.freshness_days, contract = excluded.contract, seen_at = excluded.seen_at`,
    [JSON.stringify(list), now],
  );
}

/** Keeps what is new. Whoever changes what a version means must give it another number. @throws SettingError */
async function writeVersions(tx: EntityManager, contracts: Contract[], now: Date): Promise<Map<Contract, number>> {
  const kept: Registered[] = await tx.query(
    `select distinct on (feed, version) id, feed, version, revision, digest, contract from contract_version
     order by feed, version, revision desc`,
  );
  const last = new Map(kept.map((one) => [`${one.feed} ${one.version}`, one]));
  const ids = new Map<Contract, number>();
  const fresh: { contract: Contract; revision: number }[] = [];
  for (const contract of contracts) {
    const before = last.get(`${contract.feed} ${contract.version}`);
    if (before && before.digest === digestOf(contract)) ids.set(contract, before.id);
    else fresh.push({ contract, revision: revisionAfter(before, contract) });
  }
  const made: { id: number; feed: string; version: string }[] = await tx.query(
    `insert into contract_version (feed, version, revision, effective_from, contract, digest, registered_at)
     select * , $2 from jsonb_to_recordset($1::jsonb)
       as c (feed text, version text, revision int, effective_from date, contract jsonb, digest text)
     returning id, feed, version`,
    [JSON.stringify(fresh.map(({ contract, revision }) => versionRow(contract, revision))), now],
  );
  for (const { contract } of fresh)
    ids.set(contract, made.find(({ feed, version }) => feed === contract.feed && version === contract.version)!.id);
  return ids;
}

const versionRow = (contract: Contract, revision: number) => ({
  feed: contract.feed,
  version: contract.version,
  revision,
  effective_from: contract.effectiveFrom,
  contract,
  digest: digestOf(contract),
});

function revisionAfter(before: Registered | undefined, contract: Contract): number {
  if (!before) return 1;
  const breaking = compareContracts(before.contract, contract).filter(({ kind }) => kind === 'BREAKING');
  if (breaking.length === 0) return before.revision + 1;
  const reasons = breaking.map(({ path, en }) => `${path}: ${en}`).join('; ');
  throw new SettingError(
    `${contract.feed} changed so that version ${contract.version} cannot go on (${reasons}): raise it`,
  );
}

const digestOf = (contract: Contract): string => createHash('sha256').update(canonical(contract)).digest('hex');
