import { chineseCalendar, day, dayOf, fen } from '@app/kernel';

import { generateCity } from '../city.js';
import { institutions } from '../institutions.js';
import type { ActKind, MarketAct } from './market-act.js';
import { planMarket } from './market-plan.js';

const now = new Date('2026-11-23T06:30:00Z');
const city = generateCity({ today: day('2026-11-23'), seed: 'suzhou' });
const plan = planMarket(city, { now });

const of = (...kinds: ActKind[]): MarketAct[] => plan.acts.filter(({ kind }) => kinds.includes(kind));
const target = ({ path }: MarketAct): string => /\{([^}]+)\}/.exec(path)?.[1] ?? '';
const wanOf = ({ body }: MarketAct, field = 'amountFen'): number =>
  Number(fen((body as Record<string, string>)[field]!)) / 1_000_000;
const targets = (...kinds: ActKind[]): Set<string> => new Set(of(...kinds).map(target));
const needOf = (grab: string): string => grab.replace(/-g\d+(-o)?$/, '');

describe('the plan of the market’s year', () => {
  it('is the same for the same city and instant', () => {
    expect(planMarket(city, { now })).toEqual(plan);
  });

  it('lies before now, oldest first, and names everything once and before it is used', () => {
    const known = new Set<string>();
    for (const act of plan.acts) {
      const wanted = target(act);
      expect({ key: act.key, missing: wanted !== '' && !known.has(wanted) ? wanted : null }).toEqual({
        key: act.key,
        missing: null,
      });
      expect(known.has(act.key)).toBe(false);
      known.add(act.key);
    }
    expect(plan.acts.at(-1)!.at.getTime()).toBeLessThan(now.getTime());
    expect(plan.acts.every((act, index) => index === 0 || act.at >= plan.acts[index - 1]!.at)).toBe(true);
  });

  it('has the shares that the province published', () => {
    const published = of('PUBLISH').length;
    const settled = new Date(now.getTime() - 30 * 86_400_000);
    const old = new Set(
      of('PUBLISH')
        .filter(({ at }) => at < settled)
        .map(target),
    );
    const among = (needs: Set<string>) => [...old].filter((need) => needs.has(need)).length;
    const grabbed = targets('GRAB');
    const granted = new Set(of('DISBURSE').map((act) => needOf(target(act))));
    const wans = of('DRAFT').map((act) => wanOf(act));
    const mean = wans.reduce((sum, wan) => sum + wan, 0) / wans.length;
    expect(published).toBeGreaterThan(450);
    expect(published).toBeLessThan(600);
    expect(among(grabbed) / old.size).toBeGreaterThan(0.92);
    expect(among(granted) / among(grabbed)).toBeGreaterThan(0.48);
    expect(among(granted) / among(grabbed)).toBeLessThan(0.66);
    expect(mean).toBeGreaterThan(260);
    expect(mean).toBeLessThan(340);
    const rates = of('OFFER').map(({ body }) => (body as { annualRateBp: number }).annualRateBp);
    expect([Math.min(...rates) >= 300, Math.max(...rates) <= 460]).toEqual([true, true]);
  });

  it('grows over the year', () => {
    const half = new Date(now.getTime() - 183 * 86_400_000);
    const late = of('PUBLISH').filter(({ at }) => at > half).length;
    expect(late / of('PUBLISH').length).toBeGreaterThan(0.53);
  });

  it('spreads over districts and industries so thinly that some cells must be hidden', () => {
    const firms = new Map(city.enterprises.map((one) => [one.uscc as string, one]));
    const cells = new Map<string, Set<string>>();
    for (const { thread } of of('PUBLISH')) {
      const firm = firms.get(thread)!;
      const cell = `${firm.district.code} ${firm.industry.code.slice(1, 3)}`;
      cells.set(cell, (cells.get(cell) ?? new Set()).add(thread));
    }
    const sizes = [...cells.values()].map(({ size }) => size);
    expect(sizes.some((size) => size < 5)).toBe(true);
    expect(sizes.some((size) => size >= 5)).toBe(true);
    expect(new Set(of('PUBLISH').map(({ thread }) => firms.get(thread)!.tier)).size).toBe(6);
  });

  it('keeps every clock of the market, or means to miss it', () => {
    const acts = Map.groupBy(plan.acts, target);
    let missed = 0;
    for (const grab of of('GRAB')) {
      const own = acts.get(grab.key) ?? [];
      const contact = own.find(({ kind }) => kind === 'CONTACT');
      const ended = own.find(({ kind }) => kind === 'RELEASE');
      const contactBy = chineseCalendar.deadline(dayOf(grab.at), 1);
      if (contact) expect(contact.at <= contactBy).toBe(true);
      else if (!ended && contactBy < now) missed += 1;
      const called = own.find(
        ({ kind, body }) => kind === 'CONTACT' && (body as { method: string }).method !== 'ONLINE',
      );
      if (contact && called) expect(called.at <= chineseCalendar.deadline(dayOf(grab.at), 3)).toBe(true);
      const decided = own.find(({ kind }) => kind === 'OFFER');
      if (decided) expect(decided.at <= chineseCalendar.deadline(dayOf(grab.at), 10)).toBe(true);
    }
    expect(missed / of('GRAB').length).toBeLessThan(0.12);
  });

  it('keeps the limits of the market at every instant', () => {
    const members = new Map(institutions.flatMap(({ code, managers }) => managers.map(({ login }) => [login, code])));
    for (const [, grabs] of Map.groupBy(of('GRAB'), target)) {
      expect(grabs.length).toBeLessThanOrEqual(5);
      expect(new Set(grabs.map(({ by }) => members.get(by))).size).toBe(grabs.length);
    }
    const amounts = new Map(of('DRAFT').map((act) => [act.key, wanOf(act)]));
    for (const [need, grabs] of Map.groupBy(of('GRAB'), target)) {
      const intended = grabs.map((grab) => wanOf(grab, 'intendedFen'));
      expect(intended.every((wan) => wan <= amounts.get(need)!)).toBe(true);
      expect(intended.reduce((sum, wan) => sum + wan, 0)).toBeLessThanOrEqual(3 * amounts.get(need)!);
    }
  });

  it('leaves a live market: open needs, desks with work, an offer at the enterprise that tries it', () => {
    const over = new Set([...targets('WITHDRAW'), ...[...targets('ACCEPT')].map(needOf)]);
    const fortnight = new Date(now.getTime() - 15 * 86_400_000);
    const open = of('PUBLISH').filter((act) => act.at > fortnight && !over.has(target(act)));
    expect(open.length).toBeGreaterThanOrEqual(25);
    expect(open.length).toBeLessThanOrEqual(45);
    expect(targets('OFFER').has('star-g1')).toBe(true);
    expect(over.has('star')).toBe(false);
    expect(of('PROPOSE_LIMIT').map(({ key }) => key)).toContain('limit-2');
    expect(targets('REJECT_LIMIT').has('limit-2')).toBe(false);
  });

  it('works for the smallest city, on a holiday and in the middle of the night', () => {
    const night = new Date('2026-10-03T18:00:00Z');
    const small = generateCity({ enterprises: 20, months: 6, today: dayOf(night), seed: 'small' });
    const { acts } = planMarket(small, { now: night });
    expect(acts.some(({ kind }) => kind === 'DISBURSE')).toBe(true);
    expect(acts.every(({ at }) => at < night)).toBe(true);
  });
});
