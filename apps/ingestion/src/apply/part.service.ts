import { finished } from 'node:stream/promises';

import { recordsChanged } from '@app/contracts';
import { insertOutboxSql, outboxRecordset, outboxRows } from '@app/messaging';
import { counter } from '@app/observe';
import type { Client } from 'pg';
import pgCopyStreams from 'pg-copy-streams';

import { keepMapped } from '../account/mapped-row.driver.js';
import type { Contract } from '../contract/contract.rules.js';
import { keepClaimed } from '../resolve/claimed-row.driver.js';
import { listWritten } from '../retention/due-list.driver.js';
import { writePublicity } from '../retention/publicity.driver.js';
import { type FaultKind, faultTexts, leadingFault } from '../row/fault.rules.js';
import { type ArrivingRow, effectOf, type Head, type PartEffect } from './classify.rules.js';
import { keepMoves } from './move.driver.js';
import { type CorrectedHead, endOverlays, inForceOf } from './overlay-end.driver.js';
import { copiesOf, type CopyPlace, hashBytes, type TableCopy } from './part-copy.driver.js';
import { type Admitted, admitted, asArrived, type Replay } from './replay.driver.js';
import { type SetAside, withdrawsUnknown } from './set-aside.rules.js';

export interface Part {
  number: number;
  lane: 1 | 2;
  doneTo: number;
  rows: ArrivingRow[];
  setAside: SetAside[];
  /** No row of the feed was there when the batch began and no key comes twice in this lane: nothing to look up. */
  allNew: boolean;
}

export interface PartPlace extends CopyPlace {
  feed: string;
  now: Date;
  workMs: number;
  /** The contract of a feed whose records end being shown. */
  hiding?: Contract | undefined;
  /** The contract of today: how long its records are kept. */
  keeping: Contract;
  replay?: Replay | undefined;
}

/** Enough of a line to know it again; longer ones are cut. */
const rawLengthMax = 4_000;

const news = outboxRecordset();
const insertNewsSql = insertOutboxSql(news, 'ingestion');

const rowsTaken = counter('ingestion_rows_total', 'Rows of deliveries by what became of them.', ['feed', 'outcome']);

/** What a part does, with what is copied in for it as bytes. */
interface ReadyPart {
  rows: ArrivingRow[];
  effect: PartEffect;
  copies: TableCopy[];
  /** Rows that retention does not let in any more. */
  over: SetAside[];
}

/**
 * Where the file alone says what a part will meet, it is made ready while PostgreSQL still writes the part before: in a first
 * load no head has to be looked up, and in lane 1 a key comes once, so that no other part changes its head.
 */
export async function readyPart(
  client: Client,
  place: CopyPlace & Pick<PartPlace, 'replay'>,
  part: Part,
): Promise<ReadyPart | undefined> {
  const rows = { rows: part.rows, over: [] };
  if (part.allNew) return readyFor(place, rows, new Map());
  if (part.lane === 2 || place.replay) return undefined;
  return readyFor(place, rows, await headsOf(client, place.feedId, part.rows));
}

function readyFor(place: CopyPlace, { rows, over }: Admitted, heads: Map<string, Head>): ReadyPart {
  const effect = effectOf(rows, heads);
  return { rows, effect, copies: copiesOf(place, effect), over };
}

/** Writes one part in one transaction: records, heads, rows set aside, totals, the place reached, and the events. */
export async function writePart(client: Client, place: PartPlace, part: Part, ready?: ReadyPart): Promise<void> {
  await client.query('begin');
  try {
    const { rows, effect, copies, over } = ready ?? (await comparedRows(client, place, part.rows));
    for (const copy of copies) await copyInto(client, copy);
    await keepMoves(client, place.feedId, effect.moves);
    const corrected = await changeHeads(client, place.feedId, effect.changedHeads);
    const overlays = await endOverlays(client, place, corrected, effect.versions);
    if (place.hiding)
      await writePublicity(client, { ...place, contract: place.hiding }, inForceOf(effect.versions, overlays));
    await listWritten(client, { ...place, contract: place.keeping }, effect.versions);
    await keepStale(client, place, effect.stale);
    const setAside = [...part.setAside, ...over, ...effect.unknown.map(withdrawsUnknown)];
    await writeSetAside(client, place.batchId, setAside);
    await keepClaimed(client, place.batchId, [...rows, ...part.setAside]);
    await keepMapped(client, place.batchId, rows);
    await tell(client, place, effect);
    const counts = await writeTotals(client, place, part, { effect, setAside });
    await client.query('commit');
    for (const [outcome, count] of Object.entries(counts)) rowsTaken.inc({ feed: place.feed, outcome }, count);
  } catch (error) {
    await client.query('rollback').catch(() => undefined);
    throw error;
  }
}

async function comparedRows(client: Client, place: PartPlace, rows: ArrivingRow[]): Promise<ReadyPart> {
  const heads = await headsOf(client, place.feedId, rows);
  const { replay } = place;
  if (!replay) return readyFor(place, { rows, over: [] }, heads);
  const kept = await admitted(client, { ...place, replay }, rows, heads);
  return readyFor(place, { ...kept, rows: await asArrived(client, { ...place, replay }, kept.rows) }, heads);
}

/** The lateral with `offset 0` pins one index probe a key; a plain join turned to reading whole tables as they grew. */
async function headsOf(client: Client, feedId: number, rows: ArrivingRow[]): Promise<Map<string, Head>> {
  const keys = [...new Set(rows.map(({ key }) => key))];
  const { rows: found } = await client.query<[number, string, number, string, boolean, Buffer]>({
    name: 'heads',
    rowMode: 'array',
    text: `select k.place::int, h.uscc, h.version, h.report_date::text, h.withdrawn, h.hash
           from unnest($2::text[]) with ordinality k (key, place)
           cross join lateral (
             select * from record_head where feed_id = $1 and record_key = k.key offset 0
           ) h`,
    values: [feedId, textArray(keys)],
  });
  const heads = new Map<string, Head>();
  for (const [place, uscc, version, reportDate, withdrawn, hash] of found)
    heads.set(keys[place - 1]!, { uscc, version, reportDate, withdrawn, hash: hash.toString('latin1') });
  return heads;
}

/** Arrays as PostgreSQL reads them; the driver looks at the type of each element first, which costs more than the rest. */
const textArray = (texts: string[]): string =>
  `{${texts.map((text) => `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, String.raw`\$&`) : text}"`).join(',')}}`;
const plainArray = (values: (number | boolean | string)[]): string => `{${values.join(',')}}`;

async function copyInto(client: Client, { table, bytes }: TableCopy): Promise<void> {
  const stream = client.query(pgCopyStreams.from(`copy ${table} from stdin (format binary)`));
  stream.end(bytes);
  await finished(stream);
}

/**
 * Every key is there; the upsert is taken because it always probes the index key by key, where an update joined to a
 * list turned to comparing each head with the whole list as the table grew.
 */
async function changeHeads(client: Client, feedId: number, heads: Map<string, Head>): Promise<CorrectedHead[]> {
  if (heads.size === 0) return [];
  const list = [...heads.values()];
  const { rows } = await client.query<CorrectedHead>({
    name: 'change-heads',
    // A correction that was approved a moment ago is seen here: the row is returned as it is under its lock.
    text: `with changed as (
             insert into record_head (feed_id, record_key, uscc, version, report_date, withdrawn, hash)
             select $1, * from unnest($2::text[], $3::text[], $4::int[], $5::date[], $6::boolean[], $7::bytea[])
             on conflict (feed_id, record_key) do update
             set uscc = excluded.uscc, version = excluded.version, report_date = excluded.report_date,
                 withdrawn = excluded.withdrawn, hash = excluded.hash
             returning record_key as key, overlay
           ) select key, overlay from changed where overlay is not null`,
    values: [
      feedId,
      textArray([...heads.keys()]),
      plainArray(list.map(({ uscc }) => uscc)),
      plainArray(list.map(({ version }) => version)),
      plainArray(list.map(({ reportDate }) => reportDate)),
      plainArray(list.map(({ withdrawn }) => withdrawn)),
      textArray(list.map(({ hash }) => `\\x${hashBytes(hash).toString('hex')}`)),
    ],
  });
  return rows;
}

/**
 * Once per key, report date and content; a row that is held as a version already is history enough. `offset 0` keeps
 * the probe one of the index for each row, as above.
 */
async function keepStale(client: Client, place: PartPlace, rows: ArrivingRow[]): Promise<void> {
  if (rows.length === 0) return;
  const list = rows.map(({ key, reportDate, hash, uscc, op, eventDate, fields, line }) => ({
    key,
    report_date: reportDate,
    hash: `\\x${hashBytes(hash).toString('hex')}`,
    uscc,
    op,
    event_date: eventDate,
    fields: JSON.parse(fields) as unknown,
    line,
  }));
  await client.query(
    `insert into stale_record
       (feed_id, record_key, report_date, hash, uscc, op, event_date, fields, batch_id, line_number, received_at)
     select $1, s.key, s.report_date, s.hash, s.uscc, s.op, s.event_date, s.fields, $2, s.line, $3
     from json_to_recordset($4::json) as s (key text, report_date date, hash bytea, uscc text, op text,
                                            event_date date, fields jsonb, line int)
     where not exists (
       select from record r
       where r.uscc = s.uscc and r.feed_id = $1 and r.record_key = s.key and r.report_date = s.report_date
         and r.event_date = s.event_date and r.fields = s.fields offset 0
     )
     on conflict do nothing`,
    [place.feedId, place.batchId, place.receivedAt, JSON.stringify(list)],
  );
}

async function writeSetAside(client: Client, batchId: string, rows: SetAside[]): Promise<void> {
  if (rows.length === 0) return;
  const list = rows.map(({ line, place, raw, key, faults, cells }) => {
    const { code, pointer } = leadingFault(faults);
    const { kind, zh, en } = faultTexts[code];
    const shown = { key: key === null ? null : storable(key), raw: storable(raw), place: storable(place) };
    return { line, kind, code, pointer, zh, en, faults, ...shown, cells: keptCells(cells) };
  });
  await client.query(
    `insert into quarantine (batch_id, line_number, kind, code, pointer, zh, en, faults, record_key, raw, place, cells)
     select $1, line, kind, code, pointer, zh, en, faults, key, raw, place, cells
     from json_to_recordset($2::json) as q (line int, kind text, code text, pointer text, zh text, en text,
                                            faults jsonb, key text, raw text,
                                            place text, cells jsonb)`,
    [batchId, JSON.stringify(list)],
  );
}

/** Rows beyond that are no work for people: they are delivered again. */
const cellsLengthMax = 32_000;

function keptCells(cells: readonly string[]): string[] | null {
  const length = cells.reduce((sum, cell) => sum + cell.length, 0);
  return cells.length === 0 || length > cellsLengthMax ? null : cells.map(storable);
}

/** PostgreSQL keeps neither NUL nor halves of characters: they are shown as signs instead. */
const storable = (text: string): string =>
  text
    .slice(0, rawLengthMax)
    .replaceAll('\0', '\u2400')
    .replaceAll(/\p{Surrogate}/gu, '\ufffd');

async function tell(client: Client, place: PartPlace, { touched }: PartEffect): Promise<void> {
  if (touched.size === 0) return;
  const { feed, batchId } = place;
  const events = [...touched].map(([uscc, records]) => ({ uscc: uscc as never, feed, batchId, records }));
  await client.query(insertNewsSql, news.parameters(outboxRows(recordsChanged, events, place.now)));
}

interface Written {
  effect: PartEffect;
  setAside: SetAside[];
}

async function writeTotals(
  client: Client,
  place: PartPlace,
  part: Part,
  { effect, setAside }: Written,
): Promise<Record<string, number>> {
  const set = (kind: FaultKind) =>
    setAside.filter(({ faults }) => faultTexts[leadingFault(faults).code].kind === kind).length;
  const counts = {
    accepted: effect.versions.length,
    unchanged: effect.unchanged,
    stale: effect.stale.length,
    quarantined: set('QUARANTINED'),
    refused: set('REFUSED'),
  };
  const newest = part.rows.reduce((latest, row) => (row.reportDate > latest ? row.reportDate : latest), '');
  await client.query(
    `with p as (
       insert into part (batch_id, number, lane, done_to, read, accepted, unchanged, stale, quarantined, refused,
                         committed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
     )
     update batch set read = read + $5, accepted = accepted + $6, unchanged = unchanged + $7, stale = stale + $8,
       quarantined = quarantined + $9, refused = refused + $10, live_delta = live_delta + $12,
       report_date_max = greatest(report_date_max, $13::date), work_ms = work_ms + $14, tries = 0
     where id = $1`,
    [
      place.batchId,
      part.number,
      part.lane,
      part.doneTo,
      part.rows.length + part.setAside.length,
      ...Object.values(counts),
      place.now,
      effect.liveDelta,
      newest === '' ? null : newest,
      Math.round(place.workMs),
    ],
  );
  return counts;
}
