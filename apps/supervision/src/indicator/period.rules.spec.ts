import { day } from '@app/kernel';

import { periodOf, stepsOf } from './period.rules.js';

const today = day('2026-11-23');
const period = (from: string, to: string) => ({ period: { from, to } });

describe('periods', () => {
  it.each([
    [{}, period('2025-12-01', '2026-11-30')],
    [{ to: '2026-02' }, period('2025-03-01', '2026-02-28')],
    [{ from: '2026-10-15' }, period('2026-10-15', '2026-11-30')],
    [{ from: '2024-02', to: '2024-02' }, period('2024-02-01', '2024-02-29')],
    [{ from: '2026-11-23', to: '2026-11-23' }, period('2026-11-23', '2026-11-23')],
  ])('reads %j', (asked, found) => {
    expect(periodOf({ ...asked, by: 'month' }, today)).toEqual(found);
  });

  it('allows 366 days and 60 months and no more', () => {
    expect(periodOf({ from: '2024-01-01', to: '2024-12-31', by: 'day' }, today)).toHaveProperty('period');
    expect(periodOf({ from: '2024-01-01', to: '2025-01-01', by: 'day' }, today)).toHaveProperty('faults');
    expect(periodOf({ from: '2022-01', to: '2026-12', by: 'tier' }, today)).toHaveProperty('period');
    expect(periodOf({ from: '2021-12', to: '2026-12', by: 'tier' }, today)).toHaveProperty('faults');
  });

  it.each([{ to: '2199-12' }, { to: '1900-01' }, { from: '1900-01-01' }, { to: '2200-01' }])(
    'refuses %j, where a step further would leave the calendar',
    (asked) => {
      expect(periodOf({ ...asked, by: 'month' }, today)).toHaveProperty('faults');
    },
  );

  it('walks over the ends of months and years', () => {
    expect(stepsOf({ from: day('2025-11-30'), to: day('2026-02-01') }, 'month')).toEqual([
      '2025-11',
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
    expect(stepsOf({ from: day('2024-02-28'), to: day('2024-03-01') }, 'day')).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ]);
  });
});
