import { chineseCalendar, dayOf, endOfDay } from '@app/kernel';

import type { Random } from '../random.js';
import { type CaseStory, drawCase } from './case-story.js';
import type { NeedDraft } from './need-draft.js';
import { afterWork, awake, later, workdayMinutes } from './work-time.js';

const needOpenDays = 15;
const drawdownDays = 90;

/** From the publication of a need to its end. Everything in it happens within the deadlines, or is meant to lapse. */
export interface NeedStory {
  readonly publishedAt: Date;
  readonly cases: readonly CaseStory[];
  readonly withdrawnAt?: Date;
  readonly accepted?: {
    readonly at: Date;
    readonly case: CaseStory;
    /** Money, or the bank steps back; neither when the offer runs out. */
    readonly outcome?: { readonly at: Date; readonly kind: 'DISBURSE' | 'DECLINE'; readonly lateDays: number };
  };
  /** Ends of days after which the market itself has something to do. */
  readonly deadlines: readonly Date[];
  readonly over: Date;
}

export interface NeedFrame {
  readonly draft: NeedDraft;
  readonly tier: number;
  readonly publishedAt: Date;
  readonly share: number;
  /** Of the enterprises with a password: their earlier needs were funded. */
  readonly surely?: boolean;
}

export function drawStory(random: Random, frame: NeedFrame): NeedStory {
  const { publishedAt, surely } = frame;
  const closesAt = endOfDay(chineseCalendar.addNaturalDays(dayOf(publishedAt), needOpenDays));
  const drawn = drawCases(random, frame, closesAt);
  const withdrawing = !surely && random.chance(drawn.length > 0 ? 0.06 : 0.3);
  if (withdrawing) {
    const withdrawnAt = awake(later(publishedAt, random.between(1, 8) * 1_440));
    return stopped(publishedAt, drawn, closesAt, withdrawnAt);
  }
  const acceptedAt = surely || random.chance(0.69) ? acceptanceOf(random, drawn) : undefined;
  if (acceptedAt === undefined)
    return { publishedAt, cases: drawn, deadlines: [closesAt, ...lapsesOf(drawn)], over: lastOf(closesAt, drawn) };
  return matched(random, { publishedAt, closesAt, drawn, acceptedAt, surely: surely ?? false });
}

/** Every twentieth need finds no bank. */
function drawCases(random: Random, frame: NeedFrame, closesAt: Date): CaseStory[] {
  const banks = frame.surely ? 4 : random.chance(0.045) ? 0 : random.pick([1, 1, 1, 2, 2, 2, 2, 3, 3, 4, 5]);
  const grabs = Array.from({ length: banks }, (_, place) =>
    afterWork(frame.publishedAt, Math.min(4, 0.35 * Math.exp(random.around(0, 0.8)) * (1 + place)) * workdayMinutes),
  ).filter((instant) => later(instant, 60) < closesAt);
  return grabs
    .toSorted((a, b) => a.getTime() - b.getTime())
    .map((grabAt) => drawCase(random, { ...frame, need: frame.draft, grabAt, banks }));
}

/** Waits for a second offer to compare, but not for long. */
function acceptanceOf(random: Random, cases: readonly CaseStory[]): Date | undefined {
  const offers = offersIn(cases);
  const [first, second] = offers;
  if (first === undefined) return undefined;
  const patience = later(first.at, 3 * 1_440);
  const ready = second !== undefined && second.at < patience ? second.at : random.chance(0.5) ? patience : first.at;
  return awake(later(ready, random.between(90, 2_600)));
}

interface Match {
  readonly publishedAt: Date;
  readonly closesAt: Date;
  readonly drawn: readonly CaseStory[];
  readonly acceptedAt: Date;
  readonly surely: boolean;
}

function matched(random: Random, { publishedAt, closesAt, drawn, acceptedAt, surely }: Match): NeedStory {
  const cases = cut(drawn, acceptedAt);
  const offered = cases.filter(({ offer, until }) => offer !== undefined && until >= acceptedAt);
  const taken = offered.toSorted((a, b) => (a.offer?.annualRateBp ?? 0) - (b.offer?.annualRateBp ?? 0))[0];
  if (taken === undefined) throw new RangeError('an acceptance has an offer');
  const luck = surely ? 0 : random.next();
  const drawBy = endOfDay(chineseCalendar.addNaturalDays(dayOf(acceptedAt), drawdownDays));
  const paidAt = afterWork(acceptedAt, random.between(1.2, 9) * workdayMinutes);
  const late = random.chance(0.06) ? random.int(6, 9) : random.int(0, 1);
  const kind = luck < 0.92 ? 'DISBURSE' : 'DECLINE';
  const outcome = luck < 0.965 ? ({ at: paidAt, kind, lateDays: late } as const) : undefined;
  const over = outcome?.at ?? drawBy;
  const winner = { ...taken, until: over };
  return {
    publishedAt,
    cases: cases.map((one) => (one === taken ? winner : { ...one, until: earlier(one.until, acceptedAt) })),
    accepted: { at: acceptedAt, case: winner, ...(outcome && { outcome }) },
    deadlines: [
      ...[closesAt, ...lapsesOf(cases)].filter((deadline) => deadline < acceptedAt),
      ...(outcome ? [] : [drawBy]),
    ],
    over,
  };
}

function stopped(publishedAt: Date, drawn: readonly CaseStory[], closesAt: Date, withdrawnAt: Date): NeedStory {
  const cases = cut(drawn, withdrawnAt).map((one) => ({ ...one, until: earlier(one.until, withdrawnAt) }));
  const deadlines = [closesAt, ...lapsesOf(cases)].filter((end) => end < withdrawnAt);
  return { publishedAt, cases, withdrawnAt, deadlines, over: withdrawnAt };
}

/** What is left of cases when they all stop at one instant. */
function cut(cases: readonly CaseStory[], stop: Date): CaseStory[] {
  return cases
    .filter(({ grabAt }) => grabAt < stop)
    .map(({ contacts, offer, end, lapses, ...one }) => ({
      ...one,
      lapses: lapses && one.until < stop,
      contacts: contacts.filter((contact) => contact.at < stop),
      ...(offer && offer.at < stop && { offer }),
      ...(end && end.at < stop && { end }),
    }));
}

const offersIn = (cases: readonly CaseStory[]) =>
  cases.flatMap(({ offer }) => offer ?? []).toSorted((a, b) => a.at.getTime() - b.at.getTime());

/** Deadlines that pass: nobody called, or nobody took the offer. */
const lapsesOf = (cases: readonly CaseStory[]): Date[] =>
  cases.flatMap(({ lapses, offer, until }) => (lapses ? [until] : offer ? [endOfDay(offer.validTo)] : []));

const earlier = (a: Date, b: Date): Date => (a < b ? a : b);

const lastOf = (closesAt: Date, cases: readonly CaseStory[]): Date =>
  cases.reduce((last, { until }) => (until > last ? until : last), closesAt);
