import { fc, it as property } from '@fast-check/jest';

import { firstLooks } from '../need/need.rules.js';
import { windowsOf } from './window.rules.js';

const at = (text: string) => new Date(text);
const policy = {
  directedWindowWorkdays: 1,
  houseBankWindowWorkdays: 2,
  exclusiveWindowMinutes: 30,
  fairWindowSeconds: 0,
  wishedFairWindowSeconds: 120,
};
const friday = at('2026-11-27T02:00:00Z');
const open = { firstLook: null, fairWindow: false, closesAt: at('2026-12-14T15:59:59.999Z') };

describe('the windows of a need', () => {
  const table: [string, object, object, string | null, string | null][] = [
    ['an open need has none', {}, {}, null, null],
    [
      'a directed bank has a working day, over the weekend',
      { firstLook: 'DIRECTED' },
      {},
      '2026-11-30T15:59:59.999Z',
      null,
    ],
    ['the main bank has two', { firstLook: 'HOUSE_BANK' }, {}, '2026-12-01T15:59:59.999Z', null],
    ['the bank of a product has minutes', { firstLook: 'PRODUCT' }, {}, '2026-11-27T02:29:59.999Z', null],
    ['and none where they are 0', { firstLook: 'PRODUCT' }, { exclusiveWindowMinutes: 0 }, null, null],
    ['a fair window by wish', { fairWindow: true }, {}, null, '2026-11-27T02:01:59.999Z'],
    [
      'a fair window of the market is its own length',
      { fairWindow: true },
      { fairWindowSeconds: 10 },
      null,
      '2026-11-27T02:00:09.999Z',
    ],
    [
      'the one follows the other',
      { firstLook: 'DIRECTED', fairWindow: true },
      {},
      '2026-11-30T15:59:59.999Z',
      '2026-11-30T16:01:59.999Z',
    ],
    [
      'neither reaches the closing',
      { firstLook: 'DIRECTED', fairWindow: true, closesAt: at('2026-11-27T02:01:00Z') },
      {},
      null,
      null,
    ],
  ];
  it.each(table)('%s', (_, need, changed, exclusive, sealed) => {
    expect(windowsOf({ ...policy, ...changed }, { ...open, ...need }, friday)).toEqual({
      exclusiveUntil: exclusive === null ? null : at(exclusive),
      sealedUntil: sealed === null ? null : at(sealed),
    });
  });
});

property.prop([
  fc.date({ min: at('2026-01-01T00:00:00Z'), max: at('2027-06-01T00:00:00Z'), noInvalidDate: true }),
  fc.option(fc.constantFrom(...firstLooks), { nil: null }),
  fc.nat(86_400),
  fc.integer({ min: 1, max: 30 }),
])('start now, follow each other, and end before the need closes', (now, firstLook, seconds, days) => {
  const closesAt = new Date(now.getTime() + days * 86_400_000);
  const windows = windowsOf({ ...policy, fairWindowSeconds: seconds }, { firstLook, fairWindow: false, closesAt }, now);
  const { exclusiveUntil, sealedUntil } = windows;
  for (const until of [exclusiveUntil, sealedUntil]) if (until) expect(until < closesAt && until >= now).toBe(true);
  if (exclusiveUntil && sealedUntil) expect(sealedUntil > exclusiveUntil).toBe(true);
  if (seconds === 0) expect(sealedUntil).toBeNull();
});
