import { declineReasons } from '../grab/case.rules.js';
import { endingCodes, endingTextOf } from './ending.rules.js';

describe('why a case ended, in plain words', () => {
  it.each(endingCodes)('%s says what happened and what can be done, in both languages', (code) => {
    const { said, next } = endingTextOf(code)!;
    for (const { zh, en } of [said, next]) {
      expect(zh).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(en).toMatch(/^[A-Z“].*\.$/);
      expect(en).not.toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('knows every reason of a decline, and what it does not know is still an end', () => {
    expect(endingCodes).toEqual(expect.arrayContaining([...declineReasons]));
    expect(endingTextOf('SOMETHING_NEW')!.said.en).toContain('SOMETHING_NEW');
    expect(endingTextOf(null)).toBeNull();
  });
});
