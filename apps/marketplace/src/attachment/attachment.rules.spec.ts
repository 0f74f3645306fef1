import { fc, it as property } from '@fast-check/jest';

import { attachmentBytesMax, contentCharactersMax, decodeBase64, isOfType } from './attachment.rules.js';

describe('a file that a bank keeps', () => {
  it('is what it says by its first bytes', () => {
    const pdf = Buffer.from('%PDF-1.7\n');
    expect(isOfType(pdf, 'application/pdf')).toBe(true);
    expect(isOfType(pdf, 'image/png')).toBe(false);
    expect(isOfType(Buffer.from('<script>'), 'image/jpeg')).toBe(false);
    expect(isOfType(Buffer.from([0xff, 0xd8]), 'image/jpeg')).toBe(false);
  });

  it.each(['', '====', 'JVBERi0', 'JVBERi0=\n', 'JVBERi1=', '图片'])('is not read from %p', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });

  property.prop([fc.uint8Array({ minLength: 1, maxLength: 200 })])('comes back byte for byte', (bytes) => {
    const content = Buffer.from(bytes);
    expect(decodeBase64(content.toString('base64'))).toEqual(content);
  });

  it('fits the largest request', () => {
    expect(Buffer.alloc(attachmentBytesMax).toString('base64')).toHaveLength(contentCharactersMax);
    expect(contentCharactersMax).toBeLessThan(1_048_576 - 10_000);
  });
});
