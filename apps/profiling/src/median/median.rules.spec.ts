import { day } from '@app/kernel';

import { growthMax, mediansDue } from './median.rules.js';

const today = day('2026-11-23');

describe('medians of the industries', () => {
  it('are taken when there are none, and once a day', () => {
    expect(mediansDue(undefined, today, 0)).toBe(true);
    expect(mediansDue({ asOf: day('2026-11-22'), enterprises: 500 }, today, 500)).toBe(true);
    expect(mediansDue({ asOf: today, enterprises: 500 }, today, 500)).toBe(false);
  });

  it('stand still for the day although an enterprise comes or changes', () => {
    expect(mediansDue({ asOf: today, enterprises: 500 }, today, 550)).toBe(false);
    expect(mediansDue({ asOf: today, enterprises: 500 }, today, 400)).toBe(false);
  });

  it('follow a house that is being filled, until it is large', () => {
    expect(mediansDue({ asOf: today, enterprises: 0 }, today, 1)).toBe(true);
    expect(mediansDue({ asOf: today, enterprises: 500 }, today, 551)).toBe(true);
    expect(mediansDue({ asOf: today, enterprises: growthMax }, today, growthMax * 2)).toBe(false);
  });

  it('are never taken for a day that is past already', () => {
    expect(mediansDue({ asOf: day('2026-11-24'), enterprises: growthMax }, today, growthMax)).toBe(false);
  });
});
