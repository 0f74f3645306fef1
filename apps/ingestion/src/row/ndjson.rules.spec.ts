import { jest } from '@jest/globals';

import { cellsOfJson } from './ndjson.rules.js';

describe('a line of JSON', () => {
  it('keeps every digit of a number, and writes lists and answers as a file does', () => {
    const cells = cellsOfJson('{"a": 12345678901234567.05, "b": ["甲", "乙"], "c": null, "d": true, "e": "x"}');
    expect(cells).toEqual(
      new Map([
        ['a', '12345678901234567.05'],
        ['b', '甲;乙'],
        ['c', ''],
        ['d', '是'],
        ['e', 'x'],
      ]),
    );
  });

  it.each(['', '[]', '7', 'null', '{"a":', '{"a":{"b":1}}', '{"a":[1]}'])('that is %j is none', (line) => {
    expect(cellsOfJson(line)).toBe('broken');
  });

  it('of sixty thousand fields is read once, and not number by number', () => {
    const line = JSON.stringify(Object.fromEntries(Array.from({ length: 60_000 }, (_, at) => [`k${at}`, 1.5])));
    const read = jest.spyOn(JSON, 'parse');
    const cells = cellsOfJson(line);
    expect(read).toHaveBeenCalledTimes(1);
    read.mockRestore();
    expect(cells === 'broken' ? 0 : cells.size).toBe(60_000);
    expect(cells).toContainEqual(['k7', '1.5']);
  });
});
