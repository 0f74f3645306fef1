import { type Fen, yuan } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { amountBandOf, amountBands, boundsOf } from './lead.rules.js';

it('counts the lower bound to the band below', () => {
  expect(amountBandOf(yuan(1_000_000))).toBe('0-100');
  expect(amountBandOf((yuan(1_000_000) + 1n) as Fen)).toBe('100-300');
  expect(amountBandOf(yuan(5_000_000))).toBe('300-500');
  expect(amountBandOf(yuan(30_000_001))).toBe('3000+');
});

property.prop([fc.bigInt({ min: 1n, max: 10n ** 12n })])(
  'puts every amount into the one band that it lies in',
  (amount) => {
    const inside = amountBands.filter((code) => {
      const { above, upTo } = boundsOf(code);
      return amount > above && (upTo === null || amount <= upTo);
    });
    expect(inside).toEqual([amountBandOf(amount as Fen)]);
  },
);

it('knows no other bands', () => expect(() => boundsOf('7-8')).toThrow(RangeError));
