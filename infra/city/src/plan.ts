import { addDays, type Day, day } from '@app/kernel';

import { Random } from '../../demo-city/src/random.js';
import { type Catalogue, columnsOf, type Feed, place } from './catalogue.js';
import { type Drift, type FileContent, type Form, packed, type Style, tableOf, writeFile } from './file-writer.js';
import type { Written } from './row-fault.js';
import { firmCodes } from './sound-row.js';
import { Stream } from './stream.js';
import { isRowByRow, onlyHttp, type OtherWays, type Way, wayOf } from './way.js';

/** What happens to a delivery as a whole. */
export const fileFaults = [
  'LATE',
  'OUT_OF_ORDER',
  'SAME_AGAIN',
  'REFERENCE_REUSED',
  'REPEATED',
  'TRUNCATED',
  'WRONG_ENCODING',
  'COLUMN_MISSING',
  'COLUMN_RENAMED',
  'COLUMN_ADDED',
  'WRONG_TOTALS',
  'EMPTY',
  'CUT',
  'IN_PIECES',
  'STRANGER',
] as const;
export type FileFault = (typeof fileFaults)[number];

export interface Delivery {
  feed: Feed;
  source: string;
  reference: string;
  way: Way;
  style: Style;
  fault: FileFault | undefined;
  content: FileContent;
  /** What is sent: cut, packed, or as it was written. */
  body: Buffer;
  /** Charset that is told; undefined: none. */
  told: 'utf-8' | 'gb18030' | undefined;
  /** Place of the simulated day on which it is sent, and the second of that day. */
  on: number;
  second: number;
}

export interface PlanWish {
  seed: string;
  /** Makes keys and references of this run unlike those of another. */
  tag: string;
  sources: number;
  days: number;
  today: Day;
  rows: number;
  /** Share of deliveries with a fault of the whole file. */
  faultShare: number;
  ways?: OtherWays;
}

/** Everything that is going to be sent, in the order in which it is sent. */
export function planOf({ sources, feeds }: Catalogue, wish: PlanWish): Delivery[] {
  const taking = new Set(sources.slice(0, wish.sources).map(({ code }) => code));
  const random = new Random(`${wish.seed}/plan`);
  const firms = firmCodes(random.fork('firms'), 200);
  const deck = new Deck(random.fork('faults'), wish.faultShare);
  const all: Delivery[] = [];
  for (const [number, feed] of feeds.entries())
    for (const source of feed.sources.filter((code) => taking.has(code))) {
      const own = new Random(`${wish.seed}/${feed.feed}/${source}`);
      const way = wayOf(new Random(`${wish.seed}/way/${feed.feed}/${source}`), feed, wish.ways ?? onlyHttp);
      const prefix = `${wish.tag}${number.toString(36)}${feed.sources.indexOf(source).toString(36)}`;
      const stream = new Stream({
        random: own,
        feed,
        source,
        way,
        style: styleBy(way, styleOf(own, feed)),
        prefix,
        firms,
        today: wish.today,
        rows: wish.rows,
        faultShare: 0.12,
      });
      all.push(...streamDeliveries(stream, wish, deck));
    }
  return all.toSorted((a, b) => a.on - b.on || a.second - b.second || (a.reference < b.reference ? -1 : 1));
}

function* streamDeliveries(stream: Stream, wish: PlanWish, deck: Deck): Generator<Delivery> {
  const { random, feed, source, way } = stream.wish;
  const every = random.pick([1, 2, 2, 3, 4, 6]);
  let number = 0;
  for (let on = random.int(0, Math.min(every, wish.days) - 1); on < wish.days; on += every) {
    number += 1;
    const made = addDays(wish.today, on - wish.days + 1);
    const rows = stream.rowsOn(made);
    const fault = deck.draw(feed, stream.wish.style.form, way);
    const reference = `${wish.tag}-${feed.feed}-${source}-${number}`;
    const written = damaged({ random, feed, rows, way, style: stream.wish.style, fault });
    const late = fault === 'LATE' ? random.int(2, 9) : fault === 'OUT_OF_ORDER' ? every : 0;
    yield {
      ...written,
      feed,
      source,
      reference,
      way,
      fault,
      // What is too late for the last day comes at its end.
      on: Math.min(on + late, wish.days - 1),
      second: late > 0 ? 86_399 : random.int(0, 86_000),
    };
  }
}

/** Deals faults in turn, each to the next delivery that can have it. */
class Deck {
  private waiting: FileFault[] = [];

  constructor(
    private readonly random: Random,
    private readonly share: number,
  ) {}

  draw(feed: Feed, form: Form, way: Way): FileFault | undefined {
    if (!this.random.chance(this.share)) return undefined;
    const find = (): number => this.waiting.findIndex((fault) => suits(fault, feed, form) && comesBy(fault, way));
    if (find() < 0 || this.waiting.length < fileFaults.length / 2)
      this.waiting.push(...this.random.shuffle(fileFaults.filter((fault) => !this.waiting.includes(fault))));
    const at = find();
    return at < 0 ? undefined : this.waiting.splice(at, 1)[0];
  }
}

/** Senders by HTTP alone; a folder has no sender, and a page is not cut without being asked for again. */
const bySenders = new Set<FileFault>(['CUT', 'IN_PIECES', 'STRANGER', 'SAME_AGAIN', 'REFERENCE_REUSED']);
const ofFiles = new Set<FileFault>(['TRUNCATED', 'WRONG_ENCODING', 'EMPTY', 'WRONG_TOTALS']);

const comesBy = (fault: FileFault, way: Way): boolean =>
  way === 'HTTP' || (!bySenders.has(fault) && !(isRowByRow(way) && ofFiles.has(fault)));

function suits(fault: FileFault, { delivery }: Feed, form: Form): boolean {
  if (fault === 'WRONG_TOTALS') return delivery?.totals !== undefined;
  if (fault === 'WRONG_ENCODING') return form === 'CSV' || form === 'NDJSON';
  return form !== 'FIXED' || !(fault.startsWith('COLUMN_') || fault === 'TRUNCATED' || fault === 'EMPTY');
}

interface Sheet {
  random: Random;
  feed: Feed;
  rows: Written[];
  way: Way;
  style: Style;
  fault: FileFault | undefined;
}

function damaged({
  random,
  feed,
  rows,
  way,
  style,
  fault,
}: Sheet): Pick<Delivery, 'style' | 'content' | 'body' | 'told'> {
  const drift = fault?.startsWith('COLUMN_') ? driftOf(random, feed, fault as Drift['kind']) : undefined;
  const totals = totalsOf(feed, rows, fault === 'WRONG_TOTALS');
  const written = writeFile(feed, tableOf(feed, rows, style, drift), style, totals);
  const told = style.declared || (style.form === 'NDJSON' && way !== 'DROP') ? style.charset : undefined;
  if (fault === 'TRUNCATED') return sent(style, shortened(random, written), told);
  if (fault === 'EMPTY') return sent(style, emptied(random, style, written), told);
  const wrong = style.charset === 'utf-8' ? 'gb18030' : 'utf-8';
  return sent(style, written, fault === 'WRONG_ENCODING' && way === 'HTTP' ? wrong : told);
}

const sent = (style: Style, content: FileContent, told: Delivery['told']) => ({
  style,
  content,
  body: packed(content.bytes, style),
  told,
});

/** A column that files must have; not one of those that are summed up, whose loss is one of the totals. */
const driftOf = (random: Random, feed: Feed, kind: Drift['kind']): Drift => {
  const sums = feed.delivery?.totals?.sums ?? [];
  const wanted = columnsOf(feed).flatMap(({ name, required }, at) =>
    required && at >= place.further && !sums.includes(name) ? [at] : [],
  );
  return { kind, at: random.pick(wanted) };
};

/** Somewhere behind the header. */
function shortened(random: Random, content: FileContent): FileContent {
  const { bytes, text } = content;
  const cut = (whole: Buffer): Buffer => {
    const header = Math.max(whole.indexOf(10) + 1, 40);
    return whole.subarray(0, random.int(Math.min(header, whole.length - 2), whole.length - 2));
  };
  const short = cut(bytes);
  return { ...content, bytes: short, text: text === bytes ? short : undefined };
}

function emptied(random: Random, { form }: Style, content: FileContent): FileContent {
  const isText = form === 'CSV' || form === 'NDJSON';
  const bytes = isText && random.chance(0.5) ? Buffer.from('\ufeff') : Buffer.alloc(0);
  return { ...content, bytes, text: isText ? bytes : undefined };
}

function formOf(random: Random, { delivery = {} }: Feed): Form {
  const forms: { form: Form; weight: number }[] = [
    { form: 'CSV', weight: 10 },
    { form: 'NDJSON', weight: 3 },
    { form: 'XLSX', weight: delivery.xlsx ? 10 : 2 },
    { form: 'XML', weight: delivery.xml ? 10 : 2 },
    { form: 'ZIP', weight: delivery.zip ? 10 : 1 },
    { form: 'FIXED', weight: delivery.fixed ? 40 : 0 },
  ];
  return random.weighted(forms).form;
}

/** A folder says no charset and knows no packing for the way; a page is a list of JSON objects. */
function styleBy(way: Way, style: Style): Style {
  if (way === 'HTTP') return style;
  if (way === 'DROP') return { ...style, declared: false, gzip: false };
  return { ...style, form: 'NDJSON', charset: 'utf-8', declared: true, bom: false, newline: '\n', gzip: false };
}

function styleOf(random: Random, feed: Feed): Style {
  const form = formOf(random, feed);
  const old = ['CSV', 'ZIP', 'XML'].includes(form) && random.chance(0.4);
  const all = columnsOf(feed).flatMap(({ mayBeAbsent }, at) => (mayBeAbsent && random.chance(0.5) ? [] : [at]));
  return {
    form,
    charset: old ? 'gb18030' : 'utf-8',
    declared: random.chance(0.7),
    bom: form === 'CSV' && random.chance(0.3),
    newline: random.chance(0.5) ? '\r\n' : '\n',
    order: form !== 'FIXED' && random.chance(0.3) ? random.shuffle(all) : all,
    gzip: random.chance(0.15),
  };
}

/** The last row of a file that has one; the wrong one tells of a row that is not there. */
function totalsOf(feed: Feed, rows: readonly Written[], wrong: boolean): string[] | undefined {
  const totals = feed.delivery?.totals;
  if (!totals) return undefined;
  const columns = columnsOf(feed);
  const cells = columns.map(() => '');
  cells[place.key] = totals.marker;
  cells[columns.findIndex(({ name }) => name === totals.count)] = String(rows.length + Number(wrong));
  for (const name of totals.sums ?? []) {
    const at = columns.findIndex((column) => column.name === name);
    const fen = rows.reduce((sum, { cells: row }) => sum + Math.round(Number(row[at]) * 100), 0);
    cells[at] = (fen / 100).toFixed(2);
  }
  return cells;
}

export const dayAt = (wish: Pick<PlanWish, 'today' | 'days'>, on: number): Day =>
  addDays(day(wish.today), on - wish.days + 1);
