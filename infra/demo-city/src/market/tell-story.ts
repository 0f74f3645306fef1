import { addDays, dayOf } from '@app/kernel';

import type { Enterprise } from '../city.js';
import type { Random } from '../random.js';
import type { ActWriter } from './act-writer.js';
import type { CaseStory } from './case-story.js';
import type { Desks, Manager } from './desk.js';
import type { Officer } from './market-act.js';
import type { NeedDraft } from './need-draft.js';
import type { NeedStory } from './need-story.js';
import { later } from './work-time.js';

/** Whose need it is, and what it is called in the plan. */
export interface NeedTitle {
  readonly key: string;
  readonly enterprise: Enterprise;
  readonly officer: Officer;
  readonly draft: NeedDraft;
  /** Signs the authorisation on this occasion, for so many months. */
  readonly signs: false | number;
}

/** Banks look into the credit database in so many of their cases. */
const queryShare = 0.08;

interface Booked {
  readonly key: string;
  readonly story: CaseStory;
  readonly manager: Manager;
}

/** Gives a story its people and writes it down as acts. */
export function tellStory(writer: ActWriter, desks: Desks, random: Random, title: NeedTitle, story: NeedStory): void {
  const { key, officer, draft, signs, enterprise } = title;
  const own = { by: officer.login, thread: officer.uscc };
  const written = later(story.publishedAt, -random.between(4, 40));
  if (signs) writer.sign({ ...own, at: later(written, -random.between(3, 20)) }, authorisationOf(enterprise), signs);
  writer.draft({ ...own, at: written }, key, draft, officer.name);
  writer.publish({ ...own, at: story.publishedAt }, key);
  const without = new Set<string>();
  const booked = story.cases.map((one, place): Booked => {
    const manager = desks.take(random, {
      wan: draft.wan,
      security: draft.security,
      from: one.grabAt,
      until: one.until,
      lapses: one.lapses,
      without,
    });
    without.add(manager.institution.code);
    return { key: `${key}-g${place + 1}`, story: one, manager };
  });
  for (const one of booked) tellCase(writer, random, title, one);
  tellEnd(writer, random, title, story, booked);
  for (const deadline of story.deadlines) writer.sweepAfter(deadline);
}

export const authorisationOf = ({ no }: Enterprise): string => `a-${no}`;

function tellCase(writer: ActWriter, random: Random, title: NeedTitle, { key, story, manager }: Booked): void {
  const step = (at: Date) => ({ at, by: manager.login, thread: title.officer.uscc });
  writer.grab(step(story.grabAt), title.key, key, story.intendedWan);
  for (const [place, { at, method }] of story.contacts.entries())
    writer.contact(step(at), key, { method, place: place + 1 }, random);
  const called = story.contacts[0];
  const member = manager.institution.memberships.includes('CREDIT');
  const queriedAt = called && later(called.at, 5 + random.between(1, 20));
  if (queriedAt && member && queriedAt < story.until && random.chance(queryShare))
    writer.query(step(queriedAt), key, title.enterprise);
  if (story.offer) writer.offer(step(story.offer.at), key, { ...story.offer, need: title.draft });
  if (story.end?.kind === 'RELEASE') writer.release(step(story.end.at), key);
  if (story.end?.kind === 'DECLINE') writer.decline(step(story.end.at), key, random);
}

function tellEnd(
  writer: ActWriter,
  random: Random,
  { key, officer }: NeedTitle,
  { withdrawnAt, accepted }: NeedStory,
  booked: readonly Booked[],
): void {
  const own = { by: officer.login, thread: officer.uscc };
  if (withdrawnAt) writer.withdraw({ ...own, at: withdrawnAt }, key, random);
  const chosen = booked.find(({ story }) => story === accepted?.case);
  if (!accepted || !chosen) return;
  writer.accept({ ...own, at: accepted.at }, chosen.key);
  const { outcome } = accepted;
  if (!outcome) return;
  const step = { at: outcome.at, by: chosen.manager.login, thread: officer.uscc };
  if (outcome.kind === 'DECLINE') return void writer.decline(step, chosen.key, random);
  const drawn = addDays(dayOf(outcome.at), -outcome.lateDays);
  const acceptedOn = dayOf(accepted.at);
  const wan = accepted.case.offer?.wan ?? 0;
  writer.disburse(step, chosen.key, { wan, drawnOn: drawn < acceptedOn ? acceptedOn : drawn });
}
