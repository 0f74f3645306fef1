import { chineseCalendar, dayOf, endOfDay } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { limitsOf } from '../../test/support/batch.js';
import { Model } from '../../test/support/model.js';

/** Small numbers, so that every limit is reached often. */
const limits = fc.record({
  placesLimited: fc.boolean(),
  amountLimited: fc.boolean(),
  openGrabsLimited: fc.boolean(),
  maxGrabsPerNeed: fc.integer({ min: 1, max: 3 }),
  overSubscriptionBp: fc.integer({ min: 10_000, max: 30_000 }),
  maxOpenGrabsPerInstitution: fc.integer({ min: 1, max: 4 }),
  maxOpenGrabsPerManager: fc.integer({ min: 1, max: 3 }),
  maxDailyGrabsPerInstitution: fc.integer({ min: 2, max: 9 }),
  drawDailyQuota: fc.integer({ min: 0, max: 2 }),
  maxWaitingPerNeed: fc.integer({ min: 0, max: 3 }),
});
const wish = fc.record({
  bank: fc.integer({ min: 0, max: 5 }),
  manager: fc.integer({ min: 0, max: 1 }),
  need: fc.integer({ min: 0, max: 2 }),
  amount: fc.bigInt({ min: 1n, max: 700n }),
});
const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({
        act: fc.constant('batch' as const),
        wishes: fc.array(wish, { maxLength: 8, size: 'max' }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constant('join' as const), wish }) },
    {
      weight: 2,
      arbitrary: fc.record({ act: fc.constantFrom('release' as const, 'leave' as const), index: fc.nat(50) }),
    },
    { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('draw' as const, 'turn' as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ act: fc.constant('sweep' as const), skewHours: fc.integer({ min: -60, max: 60 }) }),
    },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
    { weight: 1, arbitrary: fc.record({ act: fc.constant('consent' as const), need: fc.integer({ min: 0, max: 2 }) }) },
  ),
  { minLength: 15, maxLength: 40, size: 'max' },
);
type Step = typeof steps extends fc.Arbitrary<(infer S)[]> ? S : never;

const hourMs = 3_600_000;

function take(market: Model, step: Step): void {
  const granted = market.grabs.length;
  switch (step.act) {
    case 'batch':
      market.batch(step.wishes);
      break;
    case 'join':
      market.join(step.wish);
      break;
    case 'release':
      market.release(step.index);
      break;
    case 'leave':
      market.leave(step.index);
      break;
    case 'draw':
      market.draw();
      break;
    case 'turn':
      market.turn();
      break;
    case 'sweep':
      market.sweep(new Date(market.now.getTime() + step.skewHours * hourMs));
      break;
    case 'wait':
      market.now = new Date(market.now.getTime() + step.hours * hourMs);
      break;
    case 'consent':
      market.consentless.add(`n${step.need}`);
      break;
  }
  // Invariant 3: nobody got a place of a need without consent.
  for (const { grant } of market.grabs.slice(granted)) expect(market.consentless.has(grant.request.needId)).toBe(false);
}

function checkNeeds(
  market: Model,
  on: { placesLimited: boolean; amountLimited: boolean; maxGrabsPerNeed: number },
): void {
  for (const need of market.needs.values()) {
    const open = market.open(need.id);
    const ever = market.grabs.filter(({ grant }) => grant.request.needId === need.id);
    // Invariants 1 and 6: no more places than the limit, and the counters equal the rows.
    if (on.placesLimited) expect(open.length).toBeLessThanOrEqual(on.maxGrabsPerNeed);
    expect([need.taken, need.intendedFen]).toEqual([
      open.length,
      open.reduce((sum, { grant }) => sum + grant.request.intendedFen, 0n),
    ]);
    expect(need.waiting).toBe(market.live(need.id, 'WAITING').length);
    // Invariant 2: one place for each bank, ever; and none that also waits.
    const banks = ever.map(({ grant }) => grant.request.institutionId);
    expect(new Set(banks).size).toBe(banks.length);
    const queued = [...market.live(need.id, 'SEALED'), ...market.live(need.id, 'WAITING')];
    const waiting = queued.map((entry) => entry.request.institutionId);
    expect([new Set(waiting).size, banks.some((bank) => waiting.includes(bank))]).toEqual([waiting.length, false]);
    // A sealed need gives no place before its draw.
    if (need.sealedUntil && !need.drawnAt) expect(ever).toEqual([]);
  }
}

property.prop([limits, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), steps], { numRuns: 150 })(
  'a market keeps its invariants through grabs, draws, lines, lapses and wrong clocks, in any interleaving',
  (on, sealed, run) => {
    const market = new Model(limitsOf(on), sealed);
    for (const step of run) {
      take(market, step);
      checkNeeds(market, on);
    }
    for (const { grant, ended } of market.grabs) {
      // Invariants 5 and 6: a case ends once, whatever the sweeper's clock says.
      expect(ended.length).toBeLessThanOrEqual(1);
      // Invariant 7: the first contact is due at the end of the next working day, the day of the grab not counted.
      const due = chineseCalendar.addWorkdays(dayOf(grant.request.now), 1);
      expect(grant.contactBy).toEqual(endOfDay(due));
    }
    const drawn = Map.groupBy(
      market.grabs.filter(({ grant }) => grant.request.via === 'DRAW'),
      ({ grant: { request } }) => `${request.institutionId} ${dayOf(request.now)}`,
    );
    for (const wins of drawn.values()) expect(wins.length).toBeLessThanOrEqual(on.drawDailyQuota);
    for (const [id, counter] of market.counters) {
      const own = market.grabs.filter(({ grant: { request }, ended }) =>
        ended.length === 0 ? request.institutionId === id || request.managerId === id : false,
      );
      expect(counter.openGrabs).toBe(own.length);
    }
  },
);

property.prop([limits, steps], { numRuns: 100 })(
  'a stranger never gets past the line: while banks wait, free places are theirs',
  (on, run) => {
    const market = new Model(limitsOf({ ...on, placesLimited: true }), [false, false, false]);
    for (const step of run) {
      const before = new Map([...market.needs.values()].map((need) => [need.id, { ...need }]));
      const granted = market.grabs.length;
      take(market, step);
      if (step.act !== 'batch') continue;
      const won = Map.groupBy(market.grabs.slice(granted), ({ grant }) => grant.request.needId);
      for (const [id, grabs] of won) {
        const { taken, waiting } = before.get(id)!;
        expect(taken + grabs.length + waiting).toBeLessThanOrEqual(on.maxGrabsPerNeed);
      }
    }
  },
);
