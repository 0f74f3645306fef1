import { isDeepStrictEqual } from 'node:util';

import type { Fen } from '@app/kernel';
import { fc, it as property } from '@fast-check/jest';

import { aCounter, aNeed, limitsOf, request, stateOf } from '../../test/support/batch.js';
import { amountBands, boundsOf } from '../lead/lead.rules.js';
import { refusalOfJoin } from '../waiting/join.rules.js';
import { refusalError } from './grab.error.js';
import { toSealedEntryResponse } from './grab.response.js';
import { decide } from './grab.rules.js';
import type { LaneState, LockedNeed, Refusal } from './lane.rules.js';

const share = fc.integer({ min: 0, max: 1_000 });

/** A need as its band shows it, with two amounts that it may have, and everything else that a bank may meet. */
const cases = fc.record({
  band: fc.constantFrom(...amountBands),
  one: share,
  other: share,
  intended: fc.oneof(share, fc.integer({ min: 900, max: 1_300 })),
  held: share,
  taken: fc.integer({ min: 0, max: 5 }),
  waiting: fc.integer({ min: 0, max: 2 }),
  via: fc.constantFrom('open' as const, 'sealed' as const),
  managerOpen: fc.constantFrom(0, 10),
  bankOpen: fc.constantFrom(0, 50),
  queued: fc.boolean(),
  heldBefore: fc.boolean(),
  limits: fc.record({
    placesLimited: fc.boolean(),
    amountLimited: fc.boolean(),
    openGrabsLimited: fc.boolean(),
    overSubscriptionBp: fc.integer({ min: 10_000, max: 30_000 }),
  }),
});
type Case = typeof cases extends fc.Arbitrary<infer C> ? C : never;

const least = (band: string): bigint => boundsOf(band).above + 1n;
const most = (band: string): bigint => boundsOf(band).upTo ?? boundsOf(band).above * 4n;
/** So many thousandths of the way through the band. */
const within = (band: string, thousandths: number): bigint =>
  least(band) + ((most(band) - least(band)) * BigInt(thousandths)) / 1_000n;

/** The market around a need of this amount; everything but the amount is the same in both tellings. */
function told(run: Case, amountFen: bigint) {
  const { band, limits, taken, waiting, managerOpen, bankOpen } = run;
  const smallest = run.one < run.other ? run.one : run.other;
  const cap = (within(band, smallest) * BigInt(limits.overSubscriptionBp)) / 10_000n;
  const need: LockedNeed = aNeed('n', {
    amountFen: amountFen as Fen,
    intendedFen: ((cap * BigInt(run.held)) / 1_000n) as Fen,
    taken,
    waiting,
    heldBy: new Set(run.heldBefore ? ['b0'] : []),
    queuedBy: new Set(run.queued ? ['b0'] : []),
    ...(run.via === 'sealed' && { sealedUntil: new Date('2026-11-24T00:00:00Z'), commitment: 'c' }),
  });
  const ask = request('k', 'b0m0', 'n', { intendedFen: within(band, run.intended) as Fen });
  const state: LaneState = stateOf([need], [ask], {
    limits: limitsOf({ ...limits, singleHouseholdMaxFen: '100000000000' }),
    institutions: new Map([['b0', aCounter('b0', { openGrabs: bankOpen })]]),
    managers: new Map([['b0m0', aCounter('b0m0', { openGrabs: managerOpen })]]),
  });
  return { state, ask };
}

/** Everything that a bank reads of a refusal. */
function read(refusal: Refusal): object {
  const error = refusalError(refusal);
  return { code: error.code, message: error.message, errors: 'errors' in error ? error.errors : null };
}

/** What a grab comes to: words, or a place that was paid with itself. */
function grabbed(run: Case, amountFen: bigint): object {
  const { state, ask } = told(run, amountFen);
  const [decision] = decide(state, [ask]).decisions;
  if (decision?.kind === 'sealed') return toSealedEntryResponse(decision.sealed);
  return decision?.kind === 'refused' ? read(decision.refusal) : { placed: true };
}

function joined(run: Case, amountFen: bigint): object {
  const { state, ask } = told(run, amountFen);
  const refusal = refusalOfJoin(state, ask);
  if (!refusal) return { waits: true };
  return refusal.code === 'PLACES_LEFT' || refusal.code === 'FAIR_WINDOW_OPEN' ? refusal : read(refusal as Refusal);
}

const both = (of: (run: Case, amountFen: bigint) => object, run: Case): [object, object] => [
  of(run, within(run.band, run.one)),
  of(run, within(run.band, run.other)),
];

property.prop([cases], { numRuns: 500 })(
  'two needs of one band are told alike to a bank that would wait for them, whatever it intends',
  (run) => {
    const [one, other] = both(joined, run);
    expect(one).toEqual(other);
  },
);

property.prop([cases], { numRuns: 500 })(
  'two needs of one band are told alike to a bank that reaches for them, until nothing but the amount is left to refuse it',
  (run) => {
    const [one, other] = both(grabbed, run);
    // What a need of this band has room for may hang on its amount; whoever finds out by being given a place has paid.
    const paid = [one, other].some((answer) => 'placed' in answer);
    const exhausted = [one, other].some((answer) => 'code' in answer && answer.code === 'MARKETPLACE.AMOUNT_EXHAUSTED');
    const tooMuch = [one, other].some((answer) => isDeepStrictEqual(answer, read({ code: 'INTENDED_TOO_MUCH' })));
    if ((paid && exhausted) || tooMuch) return;
    expect(one).toEqual(other);
  },
);

property.prop([cases], { numRuns: 300 })('a sealed entry says nothing but what the bank itself sent', (run) => {
  const [one, other] = both(grabbed, { ...run, via: 'sealed' });
  expect(one).toEqual(other);
});
