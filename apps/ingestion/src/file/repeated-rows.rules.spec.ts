import { test } from '@fast-check/jest';
import fc from 'fast-check';

import { KeyTable } from './key-table.rules.js';
import { RepeatedRows } from './repeated-rows.rules.js';

const digest = (key: number): string => key.toString(16).padStart(8, '0').repeat(4);
const row = fc.record({ key: fc.nat(4), day: fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03') });

describe('rows of repeated keys', () => {
  test.prop([fc.array(row)])(
    'come by key, report date and line, and know which of them a later line replaces',
    (rows) => {
      const table = new RepeatedRows();
      rows.forEach(({ key, day }, line) => table.add(digest(key), day, { line, offset: line * 10, length: 5 }));
      table.sort();
      const order = rows
        .map((_, line) => line)
        .toSorted((a, b) => {
          const [one, other] = [rows[a]!, rows[b]!];
          return one.key - other.key || (one.day === other.day ? a - b : one.day < other.day ? -1 : 1);
        });
      const replaced = (line: number) =>
        rows.some(({ key, day }, later) => later > line && key === rows[line]!.key && day === rows[line]!.day);
      expect(order.map((_, place) => table.at(place))).toEqual(
        order.map((line) => ({
          line,
          offset: line * 10,
          length: 5,
          collapsed: replaced(line),
          known: rows.some(({ key }, other) => key === rows[line]!.key && replaced(other)),
        })),
      );
    },
  );

  it('has room for more than it began with', () => {
    const table = new RepeatedRows();
    for (let line = 0; line < 5_000; line += 1)
      table.add(digest(line % 7), '2026-01-01', { line, offset: line, length: 1 });
    table.sort();
    expect(table.size).toBe(5_000);
    expect(
      Array.from({ length: 5_000 }, (_, place) => table.at(place)).filter(({ collapsed }) => !collapsed),
    ).toHaveLength(7);
  });
});

describe('the table of keys', () => {
  it('finds every key that comes again among a hundred thousand, and hardly another', () => {
    const table = new KeyTable();
    const keys = Array.from({ length: 100_000 }, (_, at) => `ZZ-2026-${at}`);
    keys.forEach((key) => table.add(key));
    const again = keys.filter((_, at) => at % 1_000 === 0);
    again.forEach((key) => table.add(key));
    expect(keys.filter((key) => table.isRepeated(key))).toEqual(again);
  });

  test.prop([fc.array(fc.string({ unit: 'binary-ascii', maxLength: 3 }))])(
    'takes bytes for the text they are',
    (keys) => {
      const table = new KeyTable();
      for (const key of keys) {
        const bytes = Buffer.from(`..${key}..`);
        table.addBytes(bytes, 2, bytes.length - 2);
      }
      keys.forEach((key) => table.add(key));
      expect(keys.every((key) => table.isRepeated(key))).toBe(true);
    },
  );

  test.prop([fc.array(fc.string({ maxLength: 3 }))])('never misses one', (keys) => {
    const table = new KeyTable();
    keys.forEach((key) => table.add(key));
    const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
    expect(twice.every((key) => table.isRepeated(key))).toBe(true);
  });
});
