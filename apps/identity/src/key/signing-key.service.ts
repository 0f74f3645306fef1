import { createPrivateKey, generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { keysDir } from '@app/config';
import { type Command } from '@app/service';
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { JWK } from 'jose';
import { DataSource, type EntityManager } from 'typeorm';

import { recordAct } from '../act/act.service.js';
import { sessionLimits } from '../identity.config.js';

interface SigningKey {
  kid: string;
  key: KeyObject;
}

/** Copies on several machines without a common folder hold a key each; more than this many are a mistake. */
const keysMax = 50;

/** Any number that no other advisory lock of this service uses. */
const keyLock = 12_001;

/** The keys that sign access tokens: private halves as files of this instance, public halves in the database. */
@Injectable()
export class SigningKeys implements OnApplicationBootstrap {
  private readonly held = new Map<string, KeyObject>();

  constructor(private readonly db: DataSource) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.current();
  }

  /** The newest key in force whose private half is here; made when there is none, by one process at a time. */
  async current(): Promise<SigningKey> {
    const known = await this.newestHeld(this.db.manager);
    if (known) return known;
    return this.db.transaction(async (tx) => {
      await lockKeys(tx);
      return (await this.newestHeld(tx)) ?? (await this.make(tx));
    });
  }

  /** A new key signs from now on; the others verify what they signed for as long as a token lives, and a little more. */
  async rotate({ tx, viewer, now }: Command): Promise<string> {
    await lockKeys(tx);
    const { kid } = await this.make(tx);
    // The database's clock, as the view that retires keys reads it.
    await tx.query(
      `update signing_key set retired_at = now() + make_interval(mins => $2) where kid <> $1 and retired_at is null`,
      [kid, sessionLimits.keyRetirementMinutes.value],
    );
    await recordAct(tx, { personId: viewer.personId, what: 'signing-key.rotated', detail: { kid } }, now);
    return kid;
  }

  async published(): Promise<JWK[]> {
    const rows: { kid: string; public_jwk: JWK }[] = await this.db.query(
      'select kid, public_jwk from identity_api.signing_key_v1 order by kid',
    );
    return rows.map(({ kid, public_jwk }) => ({ ...public_jwk, kid, alg: 'ES256', use: 'sig' }));
  }

  /** Takes the private halves of retired keys off the disk. */
  async dropRetired(): Promise<void> {
    const rows: { kid: string }[] = await this.db.query('select kid from signing_key where retired_at < now()');
    for (const { kid } of rows) {
      this.held.delete(kid);
      await rm(fileOf(kid), { force: true });
    }
  }

  private async newestHeld(db: EntityManager): Promise<SigningKey | undefined> {
    const rows: { kid: string }[] = await db.query(
      `select kid from signing_key where retired_at is null order by created_at desc limit ${keysMax}`,
    );
    for (const { kid } of rows) {
      const key = this.held.get(kid) ?? (await readKey(kid));
      if (!key) continue;
      this.held.set(kid, key);
      return { kid, key };
    }
    return undefined;
  }

  /** The file comes first: a row without its file would sign nothing, a file without its row harms nobody. */
  private async make(tx: EntityManager): Promise<SigningKey> {
    const kid = randomUUID();
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await writeKey(kid, privateKey);
    await tx.query('insert into signing_key (kid, public_jwk, created_at) values ($1, $2, clock_timestamp())', [
      kid,
      publicKey.export({ format: 'jwk' }),
    ]);
    return { kid, key: privateKey };
  }
}

const lockKeys = (tx: EntityManager) => tx.query('select pg_advisory_xact_lock($1)', [keyLock]);

const folder = (): string => join(keysDir(), 'access');
const fileOf = (kid: string): string => join(folder(), `${kid}.pem`);

async function writeKey(kid: string, key: KeyObject): Promise<void> {
  await mkdir(folder(), { recursive: true, mode: 0o700 });
  const half = `${fileOf(kid)}.${process.pid}`;
  await writeFile(half, key.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true });
  await rename(half, fileOf(kid));
}

async function readKey(kid: string): Promise<KeyObject | undefined> {
  try {
    return createPrivateKey(await readFile(fileOf(kid)));
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}
