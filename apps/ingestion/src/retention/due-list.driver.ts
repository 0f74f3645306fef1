import { addDays, addMonths, type Day, dayOf } from '@app/kernel';

import type { Contract } from '../contract/contract.rules.js';
import type { Writing } from './publicity.driver.js';
import { lookOn } from './retention.rules.js';

/**
 * A walk through a feed lists what is due within so many days; it begins while a week of the list before is left. A part lists
 * what it writes further ahead than any walk: what a walk had passed already is on the list all the same.
 */
export const listedDays = 92;
export const againDays = 7;
const writtenDays = listedDays + againDays + 1;

export interface Look {
  key: string;
  on: Day;
}

export const lastListed = (today: Day): Day => addDays(today, writtenDays);

/** On these days somebody looks whether the records are to go. */
export async function listLooks(tx: Writing, feedId: number, looks: readonly Look[]): Promise<void> {
  if (looks.length === 0) return;
  await tx.query(
    `insert into retention_due (look_on, feed_id, record_key)
     select d.on, $1, d.key from jsonb_to_recordset($2::jsonb) as d (key text, "on" date) on conflict do nothing`,
    [feedId, JSON.stringify(looks)],
  );
}

/** A version as a part writes it. */
interface WrittenVersion {
  row: { key: string; eventDate: string; fields: string };
}

/**
 * What a part brings that is due soon, or was due long ago: seldom anything, as terms are years. Of the others not more is
 * looked at than the day of the fact.
 */
export async function listWritten(
  tx: Writing,
  { feedId, contract, now }: { feedId: number; contract: Contract; now: Date },
  versions: readonly WrittenVersion[],
): Promise<void> {
  const { retention } = contract;
  if (!retention) return;
  const last = lastListed(dayOf(now));
  // Terms that began later end later; a few days more, as months have 28 to 31.
  const startMax = addDays(addMonths(last, -12 * retention.years), 3);
  const mayBeDue =
    retention.from === 'event_date'
      ? ({ row }: WrittenVersion) => row.eventDate <= startMax
      : ({ row }: WrittenVersion) => row.fields.includes(`"${retention.from}"`);
  const looks = versions.filter(mayBeDue).flatMap(({ row }): Look[] => {
    const fields = JSON.parse(row.fields) as Record<string, unknown>;
    const on = lookOn(contract, { eventDate: row.eventDate as Day, fields });
    return on !== null && on <= last ? [{ key: row.key, on }] : [];
  });
  await listLooks(tx, feedId, looks);
}
