import type { GrabStatus } from '@app/contracts';
import { fc, it as property } from '@fast-check/jest';

import {
  Accept,
  Advance,
  aNeed,
  amountFen,
  banks,
  Close,
  Move,
  offerOf,
  Pay,
  Propose,
  Take,
  TakeBack,
  today,
} from '../../test/support/need-model.js';
import { grabMoves } from '../grab/case.rules.js';
import { refuseUnacceptable } from '../offer/acceptance.service.js';
import { AcceptedTooMuch } from '../offer/offer.error.js';
import { NeedFile } from './need-file.service.js';
import type { Need } from './need.entity.js';
import { needMoves } from './need.rules.js';

const anyBank = fc.integer({ min: 0, max: banks - 1 });
const ends = fc.constantFrom<GrabStatus[]>('CONTACTED', 'IN_REVIEW', 'DECLINED', 'LAPSED', 'RELEASED');
const advance = fc.tuple(anyBank, fc.constantFrom(30n, 50n, 100n)).map(([bank, fen]) => new Advance(bank, fen));
const acts = [
  advance,
  advance,
  advance,
  advance,
  anyBank.map((bank) => new Take(bank)),
  fc.tuple(anyBank, ends).map(([bank, to]) => new Move(bank, to)),
  anyBank.map((bank) => new Move(bank, 'CONTACTED')),
  fc.tuple(anyBank, fc.constantFrom(30n, 50n, 60n, 100n)).map(([bank, fen]) => new Propose(bank, fen)),
  anyBank.map((bank) => new TakeBack(bank)),
  anyBank.map((bank) => new Accept(bank)),
  anyBank.map((bank) => new Pay(bank)),
  fc.constant(new Close(0)),
];

property.prop([fc.commands(acts, { maxCommands: 40, size: 'max' }), fc.boolean()], { numRuns: 150 })(
  'whatever banks and the enterprise do, in any order, a need and its cases stay what the model says',
  (commands, several) => {
    const file = new NeedFile(aNeed(several), [], []);
    fc.modelRun(
      () => ({
        model: {
          several,
          closed: false,
          matched: false,
          status: Array.from({ length: banks }, () => undefined),
          offered: Array.from({ length: banks }, () => undefined),
        },
        real: { file, serial: 0 },
      }),
      commands,
    );
    expectLawfulTrail(file);
  },
);

/** Every act in the trail is a move of the tables, and begins where the one before ended. */
function expectLawfulTrail({ acts: trail, need }: NeedFile): void {
  const at = new Map<string, string>([[need.id, 'PUBLISHED']]);
  for (const { subject, subjectId, from, to } of trail) {
    if (!to || from === to) continue;
    expect(from ?? undefined).toBe(subject === 'grab' ? (at.get(subjectId) ?? 'ACTIVE') : at.get(subjectId));
    const moves: Record<string, readonly string[]> = subject === 'need' ? needMoves : grabMoves;
    if (subject !== 'offer') expect(moves[from!]).toContain(to);
    at.set(subjectId, to);
  }
}

it('refuses more than is needed, to the fen', () => {
  const file = new NeedFile({ amountFen, severalLenders: true } as Need, [], []);
  const offers = [60n, 41n].map((fen, index) => offerOf({ file, serial: index }, index, fen));
  Object.assign(offers[0]!, { status: 'ACCEPTED' });
  file.offers.push(...offers);
  expect(() => refuseUnacceptable(file, offers[1]!, today)).toThrow(AcceptedTooMuch);
  Object.assign(offers[1]!, { amountFen: 40n });
  expect(() => refuseUnacceptable(file, offers[1]!, today)).not.toThrow();
});
