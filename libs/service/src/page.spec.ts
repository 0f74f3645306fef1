import { randomUUID } from 'node:crypto';

import { InvalidInput } from '@app/kernel';

import { encodeCursor, idCursor, instantCursor, numberCursor } from './page.js';

const id = randomUUID();

describe('cursors of lists', () => {
  it('come back as they were given', () => {
    const at = new Date('2026-11-23T02:00:00.123Z');
    expect(instantCursor(encodeCursor([at.toISOString(), id]))).toEqual({ at, id });
    expect(idCursor(encodeCursor([id]))).toBe(id);
    expect(numberCursor(encodeCursor([7]))).toBe(7);
    expect([instantCursor(undefined), idCursor(undefined), numberCursor(undefined)]).toEqual([null, null, null]);
  });

  const foreign: [string, (string | number)[]][] = [
    ['another list’s', [id]],
    ['no instant', ['soon', id]],
    ['an instant before the calendar of the database', ['-271821-04-20T00:00:00.000Z', id]],
    ['an instant after it', ['+275760-09-13T00:00:00.000Z', id]],
    ['a number for an instant', [0, id]],
    ['no id', ['2026-11-23T02:00:00.000Z', "' or 1=1"]],
  ];
  it.each(foreign)('are refused when they hold %s', (_, values) => {
    expect(() => instantCursor(encodeCursor(values))).toThrow(InvalidInput);
  });

  it.each(['', 'x', '=====', Buffer.from('{}').toString('base64url')])('are refused when they are %p', (text) => {
    expect(() => instantCursor(text)).toThrow(InvalidInput);
    expect(() => idCursor(text)).toThrow(InvalidInput);
    expect(() => numberCursor(text)).toThrow(InvalidInput);
  });

  it.each([['7'], [7.5], [2 ** 60], [7, 7]])('of a number are refused when they hold %p', (...values) => {
    expect(() => numberCursor(encodeCursor(values))).toThrow(InvalidInput);
  });
});
