import { randomBytes, randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { keysDir } from '@app/config';

/** 256 bits: for HMAC-SHA256 and AES-256 alike. */
const keyBytes = 32;

/**
 * Opens `<name>.key` in the folder of keys, and makes it at the first start: a secret that lies outside the database, so
 * that whoever has a copy of the one has not the other. Copies of a service share the folder. Throws when the file is
 * no such key.
 */
export async function openSecretKey(name: string, folder = keysDir()): Promise<Buffer> {
  const path = join(folder, `${name}.key`);
  const key = (await readKey(path)) ?? (await makeKey(folder, path));
  if (key.length !== keyBytes) throw new Error(`${path} is not a key of ${keyBytes} bytes`);
  return key;
}

async function readKey(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written aside and linked into place: of two copies that start together one wins, and both use its key. */
async function makeKey(folder: string, path: string): Promise<Buffer> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = join(folder, `.${randomUUID()}.key`);
  await writeFile(draft, randomBytes(keyBytes), { mode: 0o600, flag: 'wx', flush: true });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(draft, { force: true });
  }
  return readFile(path);
}
