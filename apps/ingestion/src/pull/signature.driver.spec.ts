import { signatureOf, skewOf } from './signature.driver.js';

const request = { method: 'GET', target: '/a?b=1', body: '', timestamp: '1782000000', nonce: 'n' };

describe('a signed request', () => {
  it('has another signature whenever anything of it is another', () => {
    const changes = [
      {},
      { method: 'POST' },
      { target: '/a?b=2' },
      { body: 'x' },
      { timestamp: '1782000001' },
      { nonce: 'm' },
      // Moving text from one part to the next does not make it the same.
      { target: '/a?b=1\n1782000000', timestamp: 'n', nonce: '' },
    ];
    const signatures = changes.map((change) => signatureOf({ ...request, ...change }, 'secret'));
    expect(new Set([...signatures, signatureOf(request, 'other')]).size).toBe(changes.length + 1);
  });

  it('follows the clock of a source that is minutes off, and of no source that is days off or says nothing', () => {
    const nowMs = Date.parse('2026-11-23T02:00:00Z');
    expect(skewOf('Mon, 23 Nov 2026 02:07:00 GMT', nowMs)).toBe(420_000);
    expect(skewOf('Mon, 23 Nov 2026 01:58:00 GMT', nowMs)).toBe(-120_000);
    expect(skewOf('Mon, 23 Nov 2026 02:00:01 GMT', nowMs)).toBe(0);
    expect(skewOf('Thu, 01 Jan 1970 00:00:00 GMT', nowMs)).toBe(0);
    expect(skewOf(null, nowMs)).toBe(0);
    expect(skewOf('yesterday', nowMs)).toBe(0);
  });
});
