import { addDays, chineseCalendar, type Day, dayOf, endOfDay } from '@app/kernel';

import type { Random } from '../random.js';
import type { NeedDraft } from './need-draft.js';
import { afterWork, workdayMinutes } from './work-time.js';

export type ContactMethod = 'PHONE' | 'VISIT' | 'ONLINE';

export interface ContactStep {
  readonly at: Date;
  readonly method: ContactMethod;
}

export interface OfferTerms {
  readonly at: Date;
  readonly wan: number;
  readonly annualRateBp: number;
  readonly feesYuan: number;
  readonly validTo: Day;
}

/** How a case would go if nothing came from outside, such as another bank's offer that is accepted. */
export interface CaseStory {
  readonly grabAt: Date;
  readonly intendedWan: number;
  readonly contacts: readonly ContactStep[];
  readonly offer?: OfferTerms;
  readonly end?: { readonly at: Date; readonly kind: 'DECLINE' | 'RELEASE' };
  /** Runs past its first deadline: nobody called. */
  readonly lapses: boolean;
  /** When the place is free again. */
  readonly until: Date;
}

/** The market's clocks as they are set at its beginning (spec 10 §1.3.3), in working days. */
const decisionWorkdays = 10;
const smallDecisionWorkdays = 5;
const smallNeedMaxWan = 500;

export interface CaseFrame {
  readonly need: NeedDraft;
  readonly tier: number;
  readonly grabAt: Date;
  /** How many banks share the need: intended amounts may sum to three times of it. */
  readonly banks: number;
  /** 0 at the beginning of the year, 1 at its end: rates come down. */
  readonly share: number;
}

export function drawCase(random: Random, frame: CaseFrame): CaseStory {
  const { grabAt, need, banks } = frame;
  const full = banks > 3 ? random.between(0.4, 0.58) : random.pick([1, 1, 1, 0.8, 0.6]);
  const opened = { grabAt, intendedWan: Math.max(1, Math.round(need.wan * full)) };
  const luck = random.next();
  if (luck < 0.03) return { ...opened, contacts: [], lapses: true, until: endOfDay(nextWorkday(grabAt)) };
  if (luck < 0.07) return released(random, opened);
  const contacts = drawContacts(random, grabAt);
  const until = decideAt(random, frame, contacts);
  if (luck < 0.24) return { ...opened, contacts, end: { at: until, kind: 'DECLINE' }, lapses: false, until };
  const offer = drawOffer(random, { ...frame, intendedWan: opened.intendedWan, at: until });
  return { ...opened, contacts, offer, lapses: false, until: endOfDay(offer.validTo) };
}

function released(random: Random, opened: { grabAt: Date; intendedWan: number }): CaseStory {
  const until = afterWork(opened.grabAt, random.between(20, 240));
  return { ...opened, contacts: [], end: { at: until, kind: 'RELEASE' }, lapses: false, until };
}

/** Half of the first calls come within an hour and a half; a message is followed by a call or a visit in time. */
function drawContacts(random: Random, grabAt: Date): ContactStep[] {
  const wait = Math.min(450, 90 * Math.exp(random.around(0, 0.9)));
  const first = afterWork(grabAt, wait);
  const method = random.pick(['PHONE', 'PHONE', 'PHONE', 'VISIT', 'ONLINE'] as const);
  if (method !== 'ONLINE' && random.chance(0.8)) return [{ at: first, method }];
  const second = afterWork(first, random.between(90, 450));
  return [
    { at: first, method },
    { at: second, method: random.pick(['VISIT', 'PHONE'] as const) },
  ];
}

/** Within the decision's deadline: the clocks run from the day of the grab. */
function decideAt(random: Random, { need, grabAt }: CaseFrame, contacts: readonly ContactStep[]): Date {
  const small = need.security === 'UNSECURED' && need.wan <= smallNeedMaxWan;
  const days = small ? smallDecisionWorkdays : decisionWorkdays;
  const reviewed = contacts.at(-1)?.at ?? grabAt;
  const latest = chineseCalendar.deadline(dayOf(grabAt), days - 1);
  const drawn = afterWork(reviewed, (small ? 1.2 : 2.2) * workdayMinutes * Math.exp(random.around(0, 0.5)));
  return drawn <= latest ? drawn : afterWork(reviewed, random.between(100, 400));
}

interface OfferFrame extends CaseFrame {
  readonly at: Date;
  readonly intendedWan: number;
}

export function drawOffer(random: Random, { at, intendedWan, tier, share, need }: OfferFrame): OfferTerms {
  const secured = need.security === 'MORTGAGE' ? 25 : need.security === 'UNSECURED' ? -15 : 0;
  const rate = 420 - 12 * tier - 25 * share - secured + random.around(0, 22);
  return {
    at,
    wan: random.chance(0.6) ? intendedWan : Math.max(1, Math.round(intendedWan * random.between(0.7, 0.95))),
    annualRateBp: Math.min(460, Math.max(300, Math.round(rate / 5) * 5)),
    feesYuan: need.security === 'GUARANTEE' ? Math.round(intendedWan * 100 * random.between(0.5, 1)) : 0,
    validTo: addDays(dayOf(at), random.int(8, 16)),
  };
}

const nextWorkday = (from: Date): Day => chineseCalendar.addWorkdays(dayOf(from), 1);
