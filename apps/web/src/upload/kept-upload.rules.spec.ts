import { isSameFile, markOf, secondsLeft, type KeptUpload } from './kept-upload.rules.js';

const kept: KeptUpload = {
  id: 'u',
  feed: 'tax.vat-return',
  reference: 'r-1',
  name: 'vat.csv',
  bytes: 10,
  lastModified: 7,
  mark: markOf(new TextEncoder().encode('0123456789')),
};

describe('an upload that goes on after a reload', () => {
  it('takes the same file and no other', () => {
    expect(isSameFile(kept, { bytes: 10, lastModified: 7, mark: kept.mark })).toBe(true);
    expect(isSameFile(kept, { bytes: 11, lastModified: 7, mark: kept.mark })).toBe(false);
    expect(isSameFile(kept, { bytes: 10, lastModified: 8, mark: kept.mark })).toBe(false);
    const other = markOf(new TextEncoder().encode('0123456780'));
    expect(isSameFile(kept, { bytes: 10, lastModified: 7, mark: other })).toBe(false);
  });

  it('marks content as FNV-1a does', () => {
    expect(markOf(new Uint8Array())).toBe('811c9dc5');
    expect(markOf(new TextEncoder().encode('foobar'))).toBe('bf9cf968');
  });

  it('says how long it will take by how long it took, and nothing after a blink', () => {
    expect(secondsLeft({ sent: 4_000_000, left: 8_000_000, ms: 30_000 })).toBe(60);
    expect(secondsLeft({ sent: 4_000_000, left: 8_000_000, ms: 900 })).toBeNull();
    expect(secondsLeft({ sent: 0, left: 8_000_000, ms: 30_000 })).toBeNull();
  });
});
