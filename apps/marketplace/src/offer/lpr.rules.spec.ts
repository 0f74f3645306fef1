import { addDays, day } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { type LprQuote, lprOn } from './lpr.rules.js';

const quote = (publishedOn: string, rateBp: number, tenor: '1Y' | '5Y' = '1Y'): LprQuote => ({
  tenor,
  publishedOn: day(publishedOn),
  rateBp,
  verified: false,
});
const quotes = [quote('2024-10-21', 310), quote('2024-10-21', 360, '5Y'), quote('2025-05-20', 300)];

describe('the LPR of a day', () => {
  it.each([
    ['2024-10-20', undefined],
    ['2024-10-21', 310],
    ['2025-05-19', 310],
    ['2025-05-20', 300],
    ['2026-11-23', 300],
  ])('%s is %p', (on, rateBp) => {
    expect(lprOn(quotes, '1Y', day(on))?.rateBp).toBe(rateBp);
  });

  it('is each tenor’s own, and the later entry of one day stands', () => {
    expect(lprOn(quotes, '5Y', day('2026-11-23'))?.rateBp).toBe(360);
    expect(lprOn([...quotes, quote('2025-05-20', 305)], '1Y', day('2025-06-01'))?.rateBp).toBe(305);
  });

  it('is what two people compared, until two people compare another figure', () => {
    const known = { ...quote('2025-05-20', 300), verified: true };
    const slip = quote('2025-05-20', 3_000);
    const corrected = { ...quote('2025-05-20', 305), verified: true };
    const on = (list: LprQuote[]) => lprOn(list, '1Y', day('2025-06-01'))?.rateBp;
    expect([on([known, slip]), on([slip, known]), on([known, slip, corrected])]).toEqual([300, 300, 305]);
    expect(on([known, quote('2025-05-21', 290)])).toBe(290);
  });

  property.prop([fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 1 }), fc.integer({ min: 0, max: 900 })])(
    'is never one that comes later',
    (days, on) => {
      const all = days.map((at) => quote(addDays(day('2019-08-20'), at), at));
      const expected = days.filter((at) => at <= on);
      const found = lprOn(all, '1Y', addDays(day('2019-08-20'), on));
      expect(found?.rateBp).toBe(expected.length > 0 ? Math.max(...expected) : undefined);
    },
  );
});
