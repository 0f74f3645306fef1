import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
  sign,
} from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { keysDir } from '@app/config';
import { canonicalJson } from '@app/kernel';
import type { DataSource } from 'typeorm';

import { hashOfFacts, type Receipt, type ReceiptFacts, signedBytes } from './receipt.js';

/** Signs receipts with the key of a service, which is kept in a file outside the repository. */
export class ReceiptSigner {
  readonly publicJwk: JsonWebKey;
  readonly kid: string;

  constructor(private readonly key: KeyObject) {
    this.publicJwk = createPublicKey(key).export({ format: 'jwk' });
    this.kid = thumbprintOf(this.publicJwk);
  }

  sign(facts: ReceiptFacts): Receipt {
    const hash = hashOfFacts(facts);
    return { ...facts, hash, kid: this.kid, signature: sign(null, signedBytes(hash), this.key).toString('base64url') };
  }
}

/**
 * Opens `<service>-receipt.pem` in the folder of keys, and makes it at the first start. To rotate: move the file away
 * and restart; receipts of the old key stay valid, because its public half stays published.
 */
export async function openSigner(service: string, folder = keysDir()): Promise<ReceiptSigner> {
  const path = join(folder, `${service}-receipt.pem`);
  const pem = (await readPem(path)) ?? (await makePem(folder, path));
  return new ReceiptSigner(createPrivateKey(pem));
}

/** Publishes the public half, so that receipts can be checked whichever copy of the service signed them. */
export async function publishKey(db: DataSource, signer: ReceiptSigner, now: Date): Promise<void> {
  await db.query(
    'insert into receipt_key (kid, public_jwk, created_at) values ($1, $2, $3) on conflict (kid) do nothing',
    [signer.kid, JSON.stringify(signer.publicJwk), now],
  );
}

export interface PublishedKey {
  kid: string;
  publicJwk: JsonWebKey;
  createdAt: Date;
}

/** All public keys that ever signed, newest first. */
export const publishedKeys = (db: DataSource): Promise<PublishedKey[]> =>
  db.query(
    'select kid, public_jwk as "publicJwk", created_at as "createdAt" from receipt_key order by created_at desc, kid',
  );

async function readPem(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written aside and linked into place: of two copies that start together one wins, and both use its key. */
async function makePem(folder: string, path: string): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomUUID()}.pem`);
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(draft, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path, 'utf8');
}

/** RFC 7638 for OKP keys: the required members only, in canonical order. */
const thumbprintOf = ({ crv, kty, x }: JsonWebKey): string =>
  createHash('sha256').update(canonicalJson({ crv, kty, x })).digest('base64url');
