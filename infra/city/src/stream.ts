import { addDays, day } from '@app/kernel';

import type { Random } from '../../demo-city/src/random.js';
import { type Feed, place } from './catalogue.js';
import type { Style } from './file-writer.js';
import { canHave, type FaultSite, faultyRow, type RowFault, rowFaults, type Written } from './row-fault.js';
import { soundRow } from './sound-row.js';
import type { Way } from './way.js';

export interface StreamWish {
  random: Random;
  feed: Feed;
  source: string;
  way: Way;
  style: Style;
  /** Begins all keys of this stream. */
  prefix: string;
  firms: readonly string[];
  today: string;
  /** Rows of a delivery, about. */
  rows: number;
  /** Share of rows with a fault. */
  faultShare: number;
}

/** A page that is JSON has no line in it that is not; a broker takes no message of a megabyte. */
const impossible: Partial<Record<Way, readonly RowFault[]>> = { PULL: ['BROKEN_LINE'], TOPIC: ['HUGE_CELL'] };

/** What became of earlier rows, as the department remembers them; faults come in turn, so that each has its day. */
export class Stream {
  private readonly held: string[][] = [];
  private readonly faults: RowFault[];
  private readonly site: FaultSite;
  private keys = 0;
  private turn = 0;

  constructor(readonly wish: StreamWish) {
    const { random, feed, style, today, way } = wish;
    this.site = { random, feed, form: style.form, totals: feed.delivery?.totals !== undefined, today };
    const faults = rowFaults.filter((fault) => !impossible[way]?.includes(fault));
    this.faults = random.shuffle(faults.filter((fault) => canHave(fault, this.site)));
  }

  /** The rows that the department writes on a day. */
  rowsOn(on: string): Written[] {
    const { random, rows, faultShare } = this.wish;
    const count = random.int(Math.ceil(rows / 2), Math.ceil(rows * 1.5));
    const written = Array.from({ length: count }, () => this.oneRow(on)).flat();
    const faulty = Math.floor(count * faultShare + random.next());
    for (let made = 0; made < faulty; made += 1) written.splice(random.int(0, written.length), 0, this.faulty(on));
    return plainBesideOpenQuote(written);
  }

  private oneRow(on: string): Written[] {
    const { random } = this.wish;
    if (this.held.length < 5 || random.chance(0.6)) {
      const fresh = this.remembered(this.fresh(on));
      const before = random.chance(0.03) ? this.movedOn(fresh, on) : [];
      return [...before, this.typed(fresh)].map((cells) => ({ cells }));
    }
    return this.another(on, random.int(0, this.held.length - 1)).map((cells) => ({ cells }));
  }

  private fresh(on: string): string[] {
    const { random, feed, prefix, firms, style } = this.wish;
    this.keys += 1;
    const key = `${prefix}-${this.keys}`;
    return soundRow({ random, feed, key, uscc: random.pick(firms), report: on, narrow: style.form === 'FIXED' });
  }

  private remembered(cells: string[]): string[] {
    this.held.push(cells);
    return cells;
  }

  /** A row about a key that was told before: changed, the same, older, withdrawn, moved, or twice in one file. */
  private another(on: string, at: number): string[][] {
    const { random, firms } = this.wish;
    const old = this.held[at]!;
    const changed = this.otherContent(old, on);
    const kept = (cells: string[]): string[][] => [(this.held[at] = cells)];
    const later = old.with(place.report, on).with(place.op, 'U');
    const ways: [number, () => string[][]][] = [
      [5, () => kept(changed)],
      [3, () => kept(later)],
      [2, () => [changed.with(place.report, addDays(day(on), -random.int(1, 6)))]],
      [2, () => [later.with(place.op, 'D')]],
      [1, () => [later.map((cell, column) => (column < place.further ? cell : '')).with(place.op, 'D')]],
      [2, () => kept(later.with(place.uscc, random.pick(firms)))],
      [2, () => this.movedOn(later, on).concat(kept(later))],
      [2, () => [later, ...kept(changed)]],
      [1, () => [old]],
    ];
    return random.weighted(ways.map(([weight, make]) => ({ weight, make }))).make();
  }

  /** The day before, the same row was another firm's: one file moves a record twice, or brings and moves it. */
  private movedOn(cells: string[], on: string): string[][] {
    const { random, firms } = this.wish;
    const event = addDays(day(on), -30);
    return [
      cells
        .with(place.uscc, random.pick(firms))
        .with(place.event, event)
        .with(place.report, addDays(day(on), -1)),
    ];
  }

  /** The same key with the cells of another row. */
  private otherContent(old: string[], on: string): string[] {
    const { random, feed, style } = this.wish;
    const [key, uscc] = [old[place.key]!, old[place.uscc]!];
    return soundRow({ random, feed, key, uscc, report: on, narrow: style.form === 'FIXED' }).with(place.op, 'U');
  }

  private faulty(on: string): Written {
    const fault = this.faults[this.turn % this.faults.length]!;
    this.turn += 1;
    return faultyRow(fault, this.fresh(on), this.site);
  }

  /** Clerks type codes in lower case, in full width and with blanks, and days without dashes. */
  private typed(cells: string[]): string[] {
    const { random, style } = this.wish;
    const code = cells[place.uscc]!;
    if (random.chance(0.9) || style.form === 'FIXED') return cells;
    const wide = Array.from(code, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0)).join('');
    const sloppy = cells.with(place.uscc, random.pick([code.toLowerCase(), ` ${code} `, wide]));
    return random.chance(0.5) ? sloppy.with(place.event, cells[place.event]!.replaceAll('-', '')) : sloppy;
  }
}

/** A quote that is never closed ends at the next one: in such a file there is no other, so that all agree on its lines. */
function plainBesideOpenQuote(rows: Written[]): Written[] {
  const open = rows.find(({ shape }) => shape === 'open');
  if (!open) return rows;
  return rows
    .filter((row) => row === open || row.shape !== 'open')
    .map((row) => ({ ...row, cells: row.cells.map((cell) => cell.replaceAll(/[",\r\n]/g, '、')) }));
}
