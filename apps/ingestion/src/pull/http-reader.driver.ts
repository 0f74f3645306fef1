import { createHash } from 'node:crypto';

import { addDays, day, type Day } from '@app/kernel';

import type { Asked, Piece, Position, Stretch } from '../source/source-reader.rules.js';
import { fetchPage, NothingThere, type PageSource, type PageWish } from './page.driver.js';
import { holeBefore, type PulledPage } from './page.rules.js';

/** Reads a feed of a paged source from where it stands to its end; gaps first. */
export async function* readPages(source: PageSource, asked: Asked): AsyncGenerator<Piece> {
  const { gaps } = source.connector;
  for (const gap of asked.gaps) yield* refill(source, asked, gap);
  if (gaps?.by === 'DAY') yield* readDays(source, asked, day(gaps.since));
  else yield* readOn(source, asked);
}

async function* readOn(source: PageSource, { feed, position, stop }: Asked): AsyncGenerator<Piece> {
  const seen = new Set<string>();
  for (let { cursor, sequence } = position; !stop.aborted;) {
    const page = await fetchPage(source, { feed, after: cursor, seen });
    seen.add(cursor);
    const hole = source.connector.gaps?.by === 'SEQUENCE' ? holeBefore(page, sequence) : undefined;
    const last = page.sequence ? String(Math.max(page.sequence.to, Number(sequence ?? 0))) : sequence;
    yield {
      ...pieceOf(page, { mark: markOf(cursor), next: { cursor: page.cursor, sequence: last } }),
      ...(hole && { missing: { kind: 'SEQUENCE' as const, ...hole } }),
    };
    if (page.next === null || page.cursor === cursor) return;
    [cursor, sequence] = [page.cursor, last];
  }
}

/**
 * Day by day up to yesterday. The cursor is the last day that is done, or, within a day, that day and the place in it.
 * A day that the source does not have yet, or did not close, is told as missing and the next one is read.
 */
async function* readDays(source: PageSource, asked: Asked, since: Day): AsyncGenerator<Piece> {
  const begin = beginningOf(asked.position.cursor, since);
  let { today } = begin;
  for (let { after } = begin; today < asked.today && !asked.stop.aborted; today = addDays(today, 1), after = '') {
    const next: Position = { cursor: today, sequence: null };
    const missing: Stretch = { kind: 'DAY', from: today, to: today };
    let closed = true;
    for await (const read of pagesOfDay(source, asked, { today, after })) {
      closed = read !== 'NOT_THERE' && !leftOpen(read.page);
      if (read === 'NOT_THERE') continue;
      const mark = markOf(`${today} ${read.after}`);
      yield pieceOf(read.page, {
        mark,
        next: read.page.next === null ? next : { cursor: `${today} ${read.page.next}`, sequence: null },
      });
    }
    if (!closed) yield { mark: `${today}-missing`, lines: [], next, asOf: null, missing };
  }
}

/** The day to begin with, and the place within it. */
function beginningOf(cursor: string, since: Day): { today: Day; after: string } {
  const [done = '', after = ''] = cursor.split(' ', 2);
  if (done === '') return { today: since, after };
  return { today: after === '' ? addDays(day(done), 1) : day(done), after };
}

/** The last page of a day says whether the day is over. */
const leftOpen = ({ next, complete }: PulledPage): boolean => next === null && complete === false;

type ReadOfDay = { page: PulledPage; after: string } | 'NOT_THERE';

async function* pagesOfDay(
  source: PageSource,
  { feed, stop }: Asked,
  { today, after: from }: { today: string; after: string },
): AsyncGenerator<ReadOfDay> {
  const seen = new Set<string>();
  for (let after: string | null = from; after !== null && !stop.aborted;) {
    const page: PulledPage | undefined = await pageIfThere(source, { feed, after, seen, query: { day: today } });
    if (!page) {
      yield 'NOT_THERE';
      return;
    }
    seen.add(after);
    yield { page, after };
    after = page.next;
  }
}

/** Asks once more for what was missing; what comes of it fills the gap, in whole or in part. */
async function* refill(source: PageSource, asked: Asked, gap: Stretch): AsyncGenerator<Piece> {
  if (gap.kind === 'DAY') yield* refillDay(source, asked, gap);
  if (gap.kind !== 'SEQUENCE') return;
  const { feed } = asked;
  let from = Number(gap.from);
  while (from <= Number(gap.to) && !asked.stop.aborted) {
    const query = { from: String(from), to: gap.to };
    const page = await pageIfThere(source, { feed, after: '', seen: new Set(), query });
    if (!page?.sequence || page.items.length === 0 || page.sequence.from > Number(gap.to)) return;
    const fills: Stretch = { kind: 'SEQUENCE', from: String(page.sequence.from), to: String(page.sequence.to) };
    yield { ...pieceOf(page, { mark: `again-${fills.from}-${fills.to}`, next: null }), fills };
    from = page.sequence.to + 1;
  }
}

async function* refillDay(source: PageSource, asked: Asked, gap: Stretch): AsyncGenerator<Piece> {
  for await (const read of pagesOfDay(source, asked, { today: gap.from, after: '' })) {
    if (read === 'NOT_THERE') return;
    const { page, after } = read;
    const closed = page.next === null && !leftOpen(page);
    yield {
      ...pieceOf(page, { mark: `again-${markOf(`${gap.from} ${after}`)}`, next: null }),
      ...(closed && { fills: gap }),
    };
  }
}

async function pageIfThere(source: PageSource, wish: PageWish): Promise<PulledPage | undefined> {
  try {
    return await fetchPage(source, wish);
  } catch (error) {
    if (error instanceof NothingThere) return undefined;
    throw error;
  }
}

const pieceOf = (page: PulledPage, place: Pick<Piece, 'mark' | 'next'>): Piece => ({
  ...place,
  lines: page.items.map((item) => JSON.stringify(item)),
  asOf: page.asOf,
});

/** A cursor is opaque and may be long: only a short and plain one is shown as it is. */
const markOf = (cursor: string): string =>
  /^[\w=.-]{0,80}$/.test(cursor) ? cursor || 'start' : createHash('sha256').update(cursor).digest('hex').slice(0, 16);
