import { mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { Answer, Caller } from './caller.js';
import type { Delivery } from './plan.js';
import type { SourceApi } from './source-api.js';
import type { SourceTopics } from './source-topics.js';

/** How a delivery was taken, and the name that the platform gave its batch. */
export interface TakenBatch {
  answer: Answer;
  reference: string;
}

const endings = { CSV: 'csv', NDJSON: 'ndjson', XLSX: 'xlsx', XML: 'xml', ZIP: 'zip', FIXED: 'txt' } as const;
const lookEveryMs = 100;
/** The platform looks every two seconds; a busy one takes its time. */
const looksMax = 1_200;

const none = (what: string): TakenBatch => ({ answer: { status: 404, body: { code: what } }, reference: '' });

/** Puts the file into the folder that the platform watches, and waits until it was taken. */
export async function putDown(
  operator: Caller,
  { folder, delivery, name }: { folder: string; delivery: Delivery; name: string },
): Promise<TakenBatch> {
  const { feed } = delivery.feed;
  const own = join(folder, feed);
  const file = `${name}.${endings[delivery.style.form]}`;
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, `${file}.part`), delivery.body);
  renameSync(join(own, `${file}.part`), join(own, file));
  writeFileSync(join(own, `${file}.done`), '');
  for (let look = 0; look < looksMax; look += 1) {
    if (!readdirSync(own).includes(file)) return batchOf(operator, feed, (one) => one.startsWith(`drop-${file}-`));
    await pause(lookEveryMs);
  }
  return none(`${file} was left in its folder`);
}

/** Lays a page ready, says that there is something new, and waits until it was asked for and taken. */
export async function layReady(
  operator: Caller,
  { api, delivery, name }: { api: SourceApi; delivery: Delivery; name: string },
): Promise<TakenBatch> {
  const { feed } = delivery.feed;
  const lines = delivery.body.toString().split('\n').filter(Boolean);
  api.add(feed, name, lines);
  for (let look = 0; look < looksMax; look += 1) {
    // Asked again now and then: a visit of before may have been under way, and have ended before the page was there.
    if (look % 20 === 0) await operator.post(`/api/ingestion/feeds/${feed}/pulls`, {});
    const reference = api.referenceOf(feed, name);
    const found = reference === undefined ? undefined : await batchOf(operator, feed, (one) => one === reference);
    if (found && found.answer.status === 202) return found;
    await pause(lookEveryMs);
  }
  return none(`page ${name} was not asked for`);
}

/** Says all rows on the topic of their feed, at once, and waits until they were gathered into a batch. */
export async function speak(
  operator: Caller,
  { topics, delivery }: { topics: SourceTopics; delivery: Delivery },
): Promise<TakenBatch> {
  const { feed } = delivery.feed;
  const lines = delivery.body.toString().split('\n').filter(Boolean);
  const wanted = await topics.say(feed, lines);
  for (let look = 0; look < looksMax; look += 1) {
    const found = await batchOf(operator, feed, (one) => one === wanted);
    if (found.answer.status === 202) return found;
    await pause(lookEveryMs);
  }
  return none(`${wanted} was not heard`);
}

async function batchOf(operator: Caller, feed: string, is: (reference: string) => boolean): Promise<TakenBatch> {
  const { body } = await operator.get(`/api/ingestion/batches?feed=${feed}&limit=100`);
  const found = (body['items'] as Answer['body'][]).find(({ reference }) => is(String(reference)));
  if (!found) return none('no batch');
  return { answer: { status: 202, body: found }, reference: String(found['reference']) };
}
