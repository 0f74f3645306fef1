import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { writePiece } from './piece.driver.js';

describe('a piece of a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-piece-'));
  const path = join(folder, 'file');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  let now = 0;
  /** Chunks with silence of so many seconds before each. */
  async function* slowly(...chunks: [seconds: number, text: string, meanwhile?: () => void][]): AsyncGenerator<Buffer> {
    for (const [seconds, text, meanwhile] of chunks) {
      now += seconds * 1_000;
      meanwhile?.();
      yield Buffer.from(text);
    }
  }
  const piece = (content: AsyncIterable<Buffer>, safe: (at: number) => Promise<boolean>) =>
    writePiece({ path, offset: 0, end: 8, content, safe, nowMs: () => now });

  it('whose sender fell silent while another one wrote is not written over what that one was told is safe', async () => {
    let mine = true;
    const another = (): void => {
      mine = false;
      writeFileSync(path, 'AAAABBBB');
    };
    const ended = await piece(slowly([0, 'aaaa'], [60, 'bbbb', another]), () => Promise.resolve(mine));
    expect([ended, readFileSync(path, 'utf8')]).toEqual(['LOST', 'AAAABBBB']);
  });

  it('whose sender is slow says on its way that it is still there', async () => {
    const places: number[] = [];
    const keep = (at: number): Promise<boolean> => {
      places.push(at);
      return Promise.resolve(true);
    };
    expect(await piece(slowly([4, 'aa'], [4, 'bb'], [4, 'cc'], [12, 'dd']), keep)).toBe('WHOLE');
    expect(places).toEqual([4, 6, 8]);
    expect(readFileSync(path, 'utf8')).toBe('aabbccdd');
  });
});
