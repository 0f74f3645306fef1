import type { City } from './city.js';
import { columnsOf } from './feed-columns.js';
import { itemOf } from './feed-file.js';
import type { Row } from './row.js';
import { pulledRows } from './write-feed-files.js';

export interface TaxPage {
  /** Place of the first item in the journal. */
  readonly from: number;
  readonly body: {
    readonly feed: string;
    readonly items: Record<string, string>[];
    readonly cursor: string;
    readonly next: string | null;
    readonly asOf: string;
  };
}

interface Asked {
  readonly feed: string;
  readonly after: string;
  readonly limit: number;
}

/** The bureau's returns in the order in which they were filed, page by page. A cursor is a place in it. */
export class TaxJournal {
  readonly #makeCity: () => City;
  #city: City | undefined;
  readonly #rows = new Map<string, Row[]>();

  constructor(makeCity: () => City) {
    this.#makeCity = makeCity;
  }

  get asOf(): string {
    return this.#cityNow().calendar.today;
  }

  total(feed: string): number {
    return this.#rowsOf(feed).length;
  }

  /** The page behind the cursor; undefined when it is no cursor of this feed. */
  page({ feed, after, limit }: Asked): TaxPage | undefined {
    const from = after === '' ? 0 : placeOf(feed, after);
    const rows = this.#rowsOf(feed);
    if (from === undefined || from > rows.length) return undefined;
    return this.#cut(feed, from, Math.min(from + limit, rows.length));
  }

  /** The page before the asked one, with the cursor that was asked: it leads back to where the caller stood. */
  pageBefore({ feed, after, limit }: Asked, page: TaxPage): TaxPage {
    const { body } = this.#cut(feed, Math.max(0, page.from - limit), page.from);
    const cursor = after === '' ? cursorOf(feed, 0) : after;
    return { from: page.from, body: { ...body, cursor, next: cursor } };
  }

  #cut(feed: string, from: number, to: number): TaxPage {
    const rows = this.#rowsOf(feed);
    const columns = columnsOf(feed);
    const items = rows.slice(from, to).map((row) => itemOf(row, columns));
    const cursor = cursorOf(feed, to);
    return { from, body: { feed, items, cursor, next: to < rows.length ? cursor : null, asOf: this.asOf } };
  }

  #rowsOf(feed: string): Row[] {
    const known = this.#rows.get(feed) ?? pulledRows(this.#cityNow(), feed);
    this.#rows.set(feed, known);
    return known;
  }

  #cityNow(): City {
    this.#city ??= this.#makeCity();
    return this.#city;
  }
}

function cursorOf(feed: string, place: number): string {
  return Buffer.from(`${feed}@${place}`).toString('base64url');
}

function placeOf(feed: string, cursor: string): number | undefined {
  const parts = /^(.+)@(\d{1,12})$/.exec(Buffer.from(cursor, 'base64url').toString());
  return parts?.[1] === feed ? Number(parts[2]) : undefined;
}
