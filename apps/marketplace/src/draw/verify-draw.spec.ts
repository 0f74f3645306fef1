import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { commitmentOf, drawOrder, nonceHashOf, seedOf } from './draw.rules.js';

/** What a bank runs for itself: a file that shares no line with this service. */
const program = 'docs/verify-draw.mjs';

const needId = '0197a000-0000-7000-8000-000000000001';
const secret = 'a'.repeat(64);
const keys = ['key-1', 'key-2', 'key-3'];
const entries = keys.map((key, place) => ({ id: `entry-${place}`, nonceHash: nonceHashOf(key) }));
const seed = seedOf(needId, secret, entries);
const draw = { needId, commitment: commitmentOf(needId, secret), secret, seed, entries: drawOrder(seed, entries) };
const receipt = { ...entries[0]!, needId, commitment: draw.commitment, status: 'SEALED', idempotencyKey: keys[0] };

describe('a bank that checks a draw by itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'draw-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const verify = (...files: object[]) => {
    const paths = files.map((file, place) => {
      const path = join(folder, `${place}.json`);
      writeFileSync(path, JSON.stringify(file));
      return path;
    });
    const { status, stdout } = spawnSync(process.execPath, [program, ...paths], { encoding: 'utf8' });
    return { status, stdout };
  };

  it('comes to the same end as the platform, with and without its receipt', () => {
    expect(verify(draw)).toEqual({ status: 0, stdout: '3 entries, 0 receipts, faults: 0\n' });
    expect(verify(draw, receipt)).toEqual({ status: 0, stdout: '3 entries, 1 receipts, faults: 0\n' });
  });

  it.each<[string, object, object, string]>([
    ['a secret chosen afterwards', { secret: 'b'.repeat(64) }, {}, 'not the one that was committed to'],
    ['an order of one’s own', { entries: draw.entries.toReversed() }, {}, 'the order does not follow'],
    ['another commitment than it was shown', {}, { commitment: 'c'.repeat(64) }, 'another secret was committed to'],
    ['its entry left out', {}, { id: 'entry-9' }, 'the entry is not in the draw'],
    ['its share changed', {}, { nonceHash: nonceHashOf('theirs') }, 'share was changed'],
    ['a share that is not of its key', {}, { idempotencyKey: 'another' }, 'does not follow from the bank'],
  ])('finds %s', (_, lie, other, fault) => {
    const { status, stdout } = verify({ ...draw, ...lie }, { ...receipt, ...other });
    expect([status, stdout]).toEqual([1, expect.stringContaining(fault)]);
  });
});
