import { addDays, addWorkdays, day, endOfDay } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { isReminderDue, remindAt, reminderHorizon, waitsFor } from './reminder.rules.js';

const policy = { reminderWorkdays: 1, reminderHours: 24 };
const end = (text: string) => endOfDay(day(text));

describe('a reminder', () => {
  it('comes with the end of the working day before, over a weekend on Friday', () => {
    const decide = { at: end('2026-11-30'), act: 'OFFER', lapse: 'DECISION_DEADLINE' } as const;
    expect(remindAt(decide, policy)).toEqual(end('2026-11-27'));
    expect(isReminderDue(decide, policy, new Date('2026-11-27T15:00:00Z'))).toBe(false);
    expect(isReminderDue(decide, policy, new Date('2026-11-28T00:00:00Z'))).toBe(true);
    expect(isReminderDue(decide, policy, new Date('2026-11-30T16:00:00Z'))).toBe(false);
  });

  it('comes a day before an offer ends, and goes to the enterprise', () => {
    const offer = { at: end('2026-11-30'), act: 'ACCEPTANCE', lapse: 'OFFER_EXPIRED' } as const;
    expect(remindAt(offer, policy)).toEqual(end('2026-11-29'));
    expect([waitsFor('ACCEPTANCE'), waitsFor('OFFER')]).toEqual(['ENTERPRISE', 'INSTITUTION']);
  });

  it('does not come when the operator has set it to nothing', () => {
    const none = { reminderWorkdays: 0, reminderHours: 0 };
    for (const act of ['OFFER', 'DISBURSEMENT'] as const)
      expect(remindAt({ at: end('2026-11-30'), act, lapse: 'OFFER_EXPIRED' }, none)).toBeNull();
  });

  it('looks no further than it has to: a case whose bank has to call tomorrow is read from tomorrow on', () => {
    const horizonAt = (text: string) => reminderHorizon(policy, new Date(text)).workdays;
    expect(horizonAt('2026-11-26T05:00:00Z')).toEqual(end('2026-11-26'));
    // On Friday evening Monday's cases come into sight, and stay there for the weekend.
    expect(horizonAt('2026-11-27T15:00:00Z')).toEqual(end('2026-11-27'));
    expect(horizonAt('2026-11-28T00:00:00Z')).toEqual(end('2026-11-30'));
  });

  property.prop([
    fc.integer({ min: 0, max: 700 }),
    fc.integer({ min: 0, max: 40 }),
    fc.integer({ min: 0, max: 5 }),
    fc.integer({ min: 0, max: 96 }),
    fc.constantFrom('OFFER', 'DISBURSEMENT'),
  ])('is never beyond the horizon that the job looks through', (start, days, reminderWorkdays, reminderHours, act) => {
    const now = new Date(`${addDays(day('2025-01-02'), start)}T05:00:00Z`);
    const at = endOfDay(addWorkdays(addDays(day('2025-01-02'), start), days));
    const deadline = { at, act: act as 'OFFER', lapse: 'DECISION_DEADLINE' as const };
    const own = { reminderWorkdays, reminderHours };
    const horizon = reminderHorizon(own, now)[act === 'OFFER' ? 'workdays' : 'hours'];
    if (isReminderDue(deadline, own, now)) expect(at <= horizon).toBe(true);
  });
});
