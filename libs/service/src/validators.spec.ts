import { validateSync } from 'class-validator';

import { IsInstant, IsPlainText } from './validators.js';

class Form {
  @IsPlainText(1, 10)
  text: unknown;
}

const holds = (text: unknown): boolean => validateSync(Object.assign(new Form(), { text })).length === 0;

describe('plain text', () => {
  it.each(['研发', 'a\nb', '𠮷'.repeat(10), '👩‍🔬', ' x '])('takes %j', (text) => {
    expect(holds(text)).toBe(true);
  });

  it.each([
    ['white space', ' \u3000\n'],
    ['signs that nobody sees', '\u200b\u2060\ufeff'],
    ['signs that turn the reading direction', 'a\u202eb'],
    ['control characters', 'a\u0007'],
    ['too much', 'x'.repeat(11)],
    ['no text', 5],
  ])('refuses %s', (_, text) => {
    expect(holds(text)).toBe(false);
  });
});

class Moment {
  @IsInstant()
  at: unknown;
}

const isInstant = (at: unknown): boolean => validateSync(Object.assign(new Moment(), { at })).length === 0;

describe('an instant', () => {
  it.each(['2026-03-01T08:00:00+08:00', '2026-03-01T00:00Z', '2024-02-29T23:59:59.999999999-12:00'])(
    'may be %s',
    (at) => {
      expect(isInstant(at)).toBe(true);
    },
  );

  it.each([
    '2026-03-01',
    '2026-03-01T08:00:00',
    '2026-02-30T08:00:00Z',
    '2026-W10-1T08:00:00Z',
    '2026-060T08:00:00Z',
    '2026-03-01T08,5Z',
    '2026-03-01T25:00:00Z',
    '2026-03-01T08:00:00+99:00',
    '+002026-03-01T08:00:00Z',
    5,
    null,
  ])('is not %s', (at) => {
    expect(isInstant(at)).toBe(false);
  });
});
