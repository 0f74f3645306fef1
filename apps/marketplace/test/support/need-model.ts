import type { GrabStatus } from '@app/contracts';
import { day, endOfDay, type Fen } from '@app/kernel';
import type { fc } from '@fast-check/jest';

import { grabMoves } from '../../src/grab/case.rules.js';
import type { Grab } from '../../src/grab/grab.entity.js';
import { WrongState } from '../../src/grab/grab.error.js';
import type { Policy } from '../../src/limit/limit.rules.js';
import { NeedFile } from '../../src/need/need-file.service.js';
import type { Need } from '../../src/need/need.entity.js';
import { isOnBoard, isOpenGrab, openGrabStatuses } from '../../src/need/need.rules.js';
import { acceptedFenOf, acceptIn, refuseUnacceptable } from '../../src/offer/acceptance.service.js';
import type { Offer } from '../../src/offer/offer.entity.js';
import { OfferNotOpen } from '../../src/offer/offer.error.js';

// A need of 100 fen with three banks, driven by any sequence of acts; a small model says what each bank's case must be.

export const banks = 3;
export const amountFen = 100n as Fen;
export const today = day('2026-11-23');
const policy = { placesLimited: true, maxGrabsPerNeed: 2 } as Policy;
const now = new Date('2026-11-23T02:00:00Z');
const later = new Date('2026-12-20T02:00:00Z');

export const aNeed = (several: boolean): Need =>
  ({
    id: 'n',
    status: 'PUBLISHED',
    amountFen,
    severalLenders: several,
    closesAt: endOfDay(day('2026-12-08')),
    publishedAt: now,
    endedReason: null,
  }) as unknown as Need;

export interface Model {
  several: boolean;
  /** Its time is over. */
  closed: boolean;
  /** An acceptance took it off the board, for good. */
  matched: boolean;
  status: (GrabStatus | undefined)[];
  offered: (bigint | undefined)[];
}
export interface Real {
  file: NeedFile;
  serial: number;
}

const grabOf = (bank: number): Grab =>
  ({
    id: `g${bank}`,
    status: 'ACTIVE',
    intendedFen: 1n as Fen,
    grabbedAt: now,
    contactBy: endOfDay(day('2026-11-24')),
    evidenceBy: endOfDay(day('2026-11-26')),
    evidenceAt: now,
    decideBy: endOfDay(day('2026-12-07')),
    drawBy: null,
    contactedAt: null,
    endedAt: null,
    endedReason: null,
  }) as unknown as Grab;

export const offerOf = ({ serial }: Real, bank: number, fen: bigint): Offer =>
  ({
    id: `o${serial}`,
    grabId: `g${bank}`,
    amountFen: fen as Fen,
    status: 'OPEN',
    validTo: day('2026-12-31'),
  }) as unknown as Offer;

const acceptedIn = ({ status, offered }: Model): bigint =>
  status.reduce((sum, one, bank) => sum + (one === 'ACCEPTED' || one === 'DISBURSED' ? offered[bank]! : 0n), 0n);

/** Lets the real file do what the model says is possible, and expects it to refuse the rest. */
abstract class Act implements fc.Command<Model, Real> {
  constructor(
    readonly bank: number,
    readonly fen = 0n,
  ) {}
  abstract allowed(model: Model): boolean;
  abstract move(model: Model): void;
  abstract act(real: Real, grab: Grab): void;

  check(model: Readonly<Model>): boolean {
    return model.status[this.bank] !== undefined;
  }

  run(model: Model, real: Real): void {
    const { file } = real;
    const grab = file.grab(`g${this.bank}`);
    real.serial += 1;
    if (this.allowed(model)) {
      this.act(real, grab);
      this.move(model);
    } else {
      expect(() => this.act(real, grab)).toThrow();
    }
    file.settle(policy, model.closed ? later : now);
    compare(model, file);
  }

  toString(): string {
    return `${this.constructor.name}(${this.bank}${this.fen ? `, ${this.fen}` : ''})`;
  }

  protected statusIn({ status }: Model): GrabStatus {
    return status[this.bank]!;
  }
}

export class Take extends Act {
  override check({ status, closed, matched }: Readonly<Model>): boolean {
    const open = status.filter((one) => one && isOpenGrab(one)).length;
    return status[this.bank] === undefined && open < policy.maxGrabsPerNeed && !closed && !matched;
  }
  override run(model: Model, real: Real): void {
    real.file.grabs.push(grabOf(this.bank));
    model.status[this.bank] = 'ACTIVE';
    real.file.settle(policy, now);
    compare(model, real.file);
  }
  allowed = () => true;
  move = () => undefined;
  act = () => undefined;
}

/** An act that is one move of a case. */
export class Move extends Act {
  constructor(
    bank: number,
    readonly to: GrabStatus,
  ) {
    super(bank);
  }
  allowed(model: Model): boolean {
    return grabMoves[this.statusIn(model)].includes(this.to);
  }
  move({ status, offered }: Model): void {
    status[this.bank] = this.to;
    if (this.to !== 'CONTACTED' && this.to !== 'IN_REVIEW') offered[this.bank] = undefined;
  }
  act({ file }: Real, grab: Grab): void {
    if (isOpenGrab(this.to)) file.moveGrab(grab, this.to);
    else file.endGrab(grab, this.to, now, { reason: 'OTHER' });
  }
  override toString(): string {
    return `${this.to}(${this.bank})`;
  }
}

export class Propose extends Act {
  allowed(model: Model): boolean {
    return ['CONTACTED', 'IN_REVIEW', 'OFFERED'].includes(this.statusIn(model));
  }
  move({ status, offered }: Model): void {
    [status[this.bank], offered[this.bank]] = ['OFFERED', this.fen];
  }
  act(real: Real, grab: Grab): void {
    const { file } = real;
    if (!['CONTACTED', 'IN_REVIEW', 'OFFERED'].includes(grab.status)) throw new WrongState('case', grab.status, '');
    const replaced = file.standingOffer(grab);
    if (replaced) file.moveOffer(replaced, 'SUPERSEDED');
    if (grab.status === 'CONTACTED') file.moveGrab(grab, 'IN_REVIEW');
    if (grab.status === 'IN_REVIEW') file.moveGrab(grab, 'OFFERED');
    file.addOffer(offerOf(real, this.bank, this.fen));
  }
}

export class TakeBack extends Act {
  allowed(model: Model): boolean {
    return this.statusIn(model) === 'OFFERED' && model.offered[this.bank] !== undefined;
  }
  move({ offered }: Model): void {
    offered[this.bank] = undefined;
  }
  act({ file }: Real, grab: Grab): void {
    const offer = file.standingOffer(grab);
    if (!offer) throw new OfferNotOpen('none', 'taken back');
    file.moveOffer(offer, 'WITHDRAWN');
    if (grab.status !== 'OFFERED') throw new WrongState('case', grab.status, '');
  }
  override check(model: Readonly<Model>): boolean {
    return super.check(model) && model.status[this.bank] === 'OFFERED';
  }
}

export class Accept extends Act {
  allowed(model: Model): boolean {
    const fen = model.offered[this.bank];
    return this.statusIn(model) === 'OFFERED' && fen !== undefined && acceptedIn(model) + fen <= amountFen;
  }
  move(model: Model): void {
    model.status[this.bank] = 'ACCEPTED';
    if (model.several && acceptedIn(model) < amountFen) return;
    model.matched = true;
    for (const [bank, status] of model.status.entries())
      if (status && isOpenGrab(status) && status !== 'ACCEPTED') {
        model.status[bank] = 'LOST';
        model.offered[bank] = undefined;
      }
  }
  act({ file }: Real, grab: Grab): void {
    const offer = file.standingOffer(grab);
    if (!offer) throw new OfferNotOpen('none', 'accepted');
    refuseUnacceptable(file, offer, today);
    acceptIn(file, offer, { now, personId: 'p', drawBy: endOfDay(day('2027-02-22')) });
  }
}

export class Pay extends Act {
  allowed(model: Model): boolean {
    return this.statusIn(model) === 'ACCEPTED';
  }
  move({ status }: Model): void {
    status[this.bank] = 'DISBURSED';
  }
  act({ file }: Real, grab: Grab): void {
    file.moveGrab(grab, 'DISBURSED');
    grab.endedAt = now;
  }
}

export class Close extends Act {
  override check = ({ closed, status }: Readonly<Model>): boolean => !closed && status.some((one) => one !== undefined);
  override run(model: Model, { file }: Real): void {
    model.closed = true;
    file.settle(policy, later);
    compare(model, file);
  }
  allowed = () => true;
  move = () => undefined;
  act = () => undefined;
}

/** The next step of the way to money, whatever it is now: so that many runs come far. */
export class Advance extends Act {
  override check(model: Readonly<Model>): boolean {
    return this.step(model).check(model);
  }
  override run(model: Model, real: Real): void {
    this.step(model).run(model, real);
  }
  allowed = () => true;
  move = () => undefined;
  act = () => undefined;

  private step(model: Readonly<Model>): Act {
    const status = model.status[this.bank];
    if (status === undefined) return new Take(this.bank);
    if (status === 'ACTIVE') return new Move(this.bank, 'CONTACTED');
    if (status === 'ACCEPTED') return new Pay(this.bank);
    const offers = status === 'OFFERED' && model.offered[this.bank] !== undefined;
    return offers ? new Accept(this.bank) : new Propose(this.bank, this.fen);
  }
}

/** Everything that must be true after every act, whatever came before. */
function compare(model: Model, file: NeedFile): void {
  const { need, grabs, offers } = file;
  for (const [bank, status] of model.status.entries()) if (status) expect(file.grab(`g${bank}`).status).toBe(status);
  expect(need.taken).toBe(grabs.filter(({ status }) => openGrabStatuses.includes(status)).length);
  expect(acceptedFenOf(offers)).toBe(acceptedIn(model));
  expect(acceptedFenOf(offers) <= amountFen).toBe(true);
  for (const grab of grabs) {
    const standing = offers.filter(({ grabId, status }) => grabId === grab.id && ['OPEN', 'ACCEPTED'].includes(status));
    expect(standing.length).toBe(model.offered[Number(grab.id.slice(1))] === undefined ? 0 : 1);
    // An open case always waits for something: none is forgotten.
    expect(file.deadline(grab) !== null).toBe(isOpenGrab(grab.status));
  }
  compareNeed(model, file);
}

/** How far a need is, told from its rows alone. */
function tally({ grabs, offers, need }: NeedFile) {
  const open = grabs.map(({ status }) => status).filter(isOpenGrab);
  const lent = grabs.some(({ status }) => status === 'DISBURSED');
  const covered = acceptedFenOf(offers) === amountFen;
  return { open, lent, agreed: lent || open.includes('ACCEPTED'), closes: covered || !need.severalLenders };
}

/** The need itself: where it must be, given how far its cases are. */
function compareNeed({ closed, matched }: Model, file: NeedFile): void {
  const { status } = file.need;
  const { open, lent, agreed, closes } = tally(file);
  if (agreed && closes) expect(open.filter((one) => one !== 'ACCEPTED')).toEqual([]);
  if (lent && (closes || closed)) expect(status).toBe('FUNDED');
  if (agreed && !closes && !closed && !matched) expect(isOnBoard(status)).toBe(true);
  if (status === 'CLOSED_UNFUNDED') expect([open.length, lent]).toEqual([0, false]);
}
