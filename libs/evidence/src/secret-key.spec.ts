import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openSecretKey } from './secret-key.js';

describe('a secret key outside the database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-key-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is made once, also by many who start together, and is for its owner only', async () => {
    const keys = await Promise.all(Array.from({ length: 8 }, () => openSecretKey('trial', folder)));
    expect(new Set(keys.map((key) => key.toString('hex'))).size).toBe(1);
    expect(keys[0]).toHaveLength(32);
    expect(readdirSync(folder)).toEqual(['trial.key']);
    expect(statSync(join(folder, 'trial.key')).mode & 0o777).toBe(0o600);
    expect(await openSecretKey('trial', folder)).toEqual(keys[0]);
  });

  it('is refused when it was cut short', async () => {
    writeFileSync(join(folder, 'short.key'), 'abc');
    await expect(openSecretKey('short', folder)).rejects.toThrow('is not a key of 32 bytes');
  });
});
