import { progressOf, stepsOf, turnOf, type Progress } from './need-steps.rules.js';

const aNeed = (changes: Partial<Progress> = {}): Progress => ({
  status: 'PUBLISHED',
  suspended: false,
  placesTaken: 0,
  placesLeft: 5,
  contacted: 0,
  offers: 0,
  ...changes,
});
const now = (need: Progress) => stepsOf(need).find(({ state }) => state === 'now')?.key;
const dots = (need: Progress) => stepsOf(need).find(({ key }) => key === 'places')?.count;

describe('the line of steps of a need', () => {
  it('stands where the need stands', () => {
    expect(now(aNeed({ status: 'DRAFT' }))).toBe('draft');
    expect(now(aNeed())).toBe('places');
    expect(now(aNeed({ placesTaken: 2 }))).toBe('contacts');
    expect(now(aNeed({ placesTaken: 2, contacted: 1 }))).toBe('offers');
    expect(now(aNeed({ placesTaken: 2, contacted: 1, offers: 1 }))).toBe('chosen');
    expect(now(aNeed({ status: 'MATCHED', offers: 1 }))).toBe('money');
    expect(now(aNeed({ status: 'FUNDED' }))).toBeUndefined();
  });

  it('shows places as filled and open dots, and a number where banks are not limited', () => {
    expect(dots(aNeed({ placesTaken: 3, placesLeft: 2 }))).toBe('●●●○○');
    expect(dots(aNeed({ placesTaken: 7, placesLeft: null }))).toBe('7');
  });

  it('says whose move it is', () => {
    expect(turnOf(aNeed({ status: 'DRAFT' }))).toBe('you');
    expect(turnOf(aNeed({ suspended: true }))).toBe('you');
    expect(turnOf(aNeed({ placesTaken: 2 }))).toBe('banks');
    expect(turnOf(aNeed({ offers: 1 }))).toBe('you');
    expect(turnOf(aNeed({ status: 'WITHDRAWN' }))).toBe('none');
  });

  it('counts contacts and offers from the cases of the banks', () => {
    const grabs = [
      { status: 'ACTIVE', contactedAt: null },
      { status: 'CONTACTED', contactedAt: '2026-11-23T02:00:00Z' },
      { status: 'OFFERED', contactedAt: '2026-11-23T02:00:00Z' },
      { status: 'DECLINED', contactedAt: '2026-11-23T02:00:00Z' },
    ];
    expect(progressOf({ status: 'PUBLISHED', placesTaken: 3, placesLeft: 2, grabs })).toMatchObject({
      contacted: 3,
      offers: 1,
      suspended: false,
    });
  });
});
