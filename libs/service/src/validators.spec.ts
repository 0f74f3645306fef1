import { validateSync } from 'class-validator';

import { IsPlainText } from './validators.js';

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
