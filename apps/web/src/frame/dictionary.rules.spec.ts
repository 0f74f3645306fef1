import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { fill, flawsOf, type Dictionary } from './dictionary.rules.js';

const rooms = join(import.meta.dirname, '..');
const files = readdirSync(rooms, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.text.ts'));

describe('the texts of the portal', () => {
  it('are found', () => expect(files.length).toBeGreaterThan(2));

  it.each(files)('%s says everything in both languages', async (file) => {
    const room = (await import(join(rooms, file))) as Record<string, Dictionary>;
    const flaws = Object.values(room).flatMap(flawsOf);
    expect(flaws).toEqual([]);
  });

  it('would show a forgotten translation and a forgotten place', () => {
    const texts = { zh: { a: '甲', b: '剩 {n} 天' }, en: { b: 'days left' } } as unknown as Dictionary;
    expect(flawsOf(texts)).toEqual(['a: no text in en', 'b: places differ between zh and en']);
  });

  it('keep a place readable when its value is missing', () => {
    expect(fill('剩 {n} 天 {what}', { n: 3 })).toBe('剩 3 天 {what}');
  });
});
