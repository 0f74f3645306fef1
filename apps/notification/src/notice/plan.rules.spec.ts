import { kindOf } from '../kind/kind.rules.js';
import { planOf, type Wishes } from './plan.rules.js';

const now = new Date('2026-11-23T15:00:00Z'); // 23:00 in Suzhou
const wishes = (more: Partial<Wishes> = {}): Wishes => ({
  quiet: null,
  digestAt: 510,
  email: 'ann@example.test',
  phone: '13800001111',
  modes: {},
  ...more,
});
const night = { from: 22 * 60, to: 7 * 60 };
const made = kindOf('offer.made');
const accepted = kindOf('case.accepted');

describe('how a person hears of something', () => {
  it('follows the kind where the person said nothing', () => {
    expect(planOf(made, wishes(), now, now)).toEqual({
      tell: true,
      muted: false,
      deliveries: [
        { channel: 'EMAIL', state: 'QUEUED', notBefore: now },
        { channel: 'SMS', state: 'QUEUED', notBefore: now },
      ],
    });
  });

  it('waits for the end of quiet hours, unless it is urgent', () => {
    const quiet = wishes({ quiet: night, phone: null });
    expect(planOf(made, quiet, now, now).deliveries[0]?.notBefore).toEqual(new Date('2026-11-23T23:00:00Z'));
    expect(planOf(accepted, quiet, now, now).deliveries[0]?.notBefore).toEqual(now);
  });

  it('goes into the digest of the next morning, unless it is urgent', () => {
    const daily = wishes({ modes: { EMAIL: 'DIGEST' }, phone: null });
    expect(planOf(made, daily, now, now).deliveries).toEqual([
      { channel: 'EMAIL', state: 'WAITING', notBefore: new Date('2026-11-24T00:30:00Z') },
    ]);
    expect(planOf(accepted, daily, now, now).deliveries[0]?.state).toBe('QUEUED');
  });

  it('goes nowhere without a proved address, a channel or a wish', () => {
    expect(planOf(made, wishes({ email: null, phone: null }), now, now).deliveries).toEqual([]);
    expect(planOf(made, wishes(), now, now, []).deliveries).toEqual([]);
    expect(planOf(made, wishes({ modes: { EMAIL: 'OFF', SMS: 'OFF' } }), now, now).deliveries).toEqual([]);
  });

  it('can be muted in the app, but nothing urgent can', () => {
    const muted = wishes({ modes: { IN_APP: 'OFF' } });
    expect([planOf(made, muted, now, now).muted, planOf(accepted, muted, now, now).muted]).toEqual([true, false]);
  });

  it('rings for nothing that is older than a day, and tells nothing that no list keeps', () => {
    const yesterday = new Date(now.getTime() - 86_400_001);
    expect(planOf(accepted, wishes(), yesterday, now)).toEqual({ tell: true, muted: false, deliveries: [] });
    const lastYear = new Date(now.getTime() - 200 * 86_400_000);
    expect(planOf(accepted, wishes(), lastYear, now).tell).toBe(false);
  });
});
