import { fc, it as property } from '@fast-check/jest';

import { commitmentOf, drawOrder, faultsOfDraw, nonceHashOf, seedOf } from './draw.rules.js';

const needId = 'need';
const entries = fc.uniqueArray(
  fc.record({ id: fc.uuid(), nonceHash: fc.string({ minLength: 1 }).map((key) => nonceHashOf(key)) }),
  { selector: ({ id }) => id, maxLength: 12 },
);
const secrets = fc.string({ minLength: 8 });

property.prop([entries, secrets, fc.infiniteStream(fc.nat())])(
  'comes to the same order however the entries are listed',
  (list, secret, random) => {
    const shuffled = list.toSorted(() => (random.next().value % 2 === 0 ? 1 : -1));
    const seed = seedOf(needId, secret, list);
    expect(seedOf(needId, secret, shuffled)).toBe(seed);
    expect(drawOrder(seed, shuffled)).toEqual(drawOrder(seed, list));
    expect(drawOrder(seed, list).toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual(
      list.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    );
  },
);

property.prop([entries, secrets])('is found right by whoever recomputes it', (list, secret) => {
  const seed = seedOf(needId, secret, list);
  const draw = { needId, commitment: commitmentOf(needId, secret), secret, seed, entries: drawOrder(seed, list) };
  expect(faultsOfDraw(draw)).toEqual([]);
});

describe('a draw that was tampered with is found out', () => {
  const list = ['a', 'b', 'c', 'd'].map((id) => ({ id, nonceHash: nonceHashOf(id) }));
  const secret = 'secret';
  const seed = seedOf(needId, secret, list);
  const honest = { needId, commitment: commitmentOf(needId, secret), secret, seed, entries: drawOrder(seed, list) };
  const lies: [string, object][] = [
    ['another secret', { secret: 'better for a friend' }],
    ['another need', { needId: 'other' }],
    ['an entry left out', { entries: honest.entries.slice(1) }],
    ['an entry too many', { entries: [...honest.entries, { id: 'e', nonceHash: nonceHashOf('e') }] }],
    ['another share', { entries: honest.entries.map((entry) => ({ ...entry, nonceHash: nonceHashOf('mine') })) }],
    ['two entries changed over', { entries: [honest.entries[1]!, honest.entries[0]!, ...honest.entries.slice(2)] }],
    ['a seed of one’s own', { seed: seedOf(needId, 'x', list) }],
  ];
  it.each(lies)('%s', (_, lie) => expect(faultsOfDraw({ ...honest, ...lie })).not.toEqual([]));
});

it('gives every bank the same chance: 4 banks, 2 000 draws, each first about 500 times', () => {
  const list = ['a', 'b', 'c', 'd'].map((id) => ({ id, nonceHash: nonceHashOf(id) }));
  const wins = new Map<string, number>();
  for (let round = 0; round < 2_000; round += 1) {
    const { id } = drawOrder(seedOf(needId, `secret ${round}`, list), list)[0]!;
    wins.set(id, (wins.get(id) ?? 0) + 1);
  }
  // Chi-square with three degrees of freedom; a fair draw stays below 16.3 in 999 of 1 000 cases, and this one is fixed.
  const chi = [...wins.values()].reduce((sum, won) => sum + (won - 500) ** 2 / 500, 0);
  expect([wins.size, chi < 16.3]).toEqual([4, true]);
});
