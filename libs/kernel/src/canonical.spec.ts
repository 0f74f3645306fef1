import { fc, test as property } from '@fast-check/jest';

import { canonicalJson, sha256Hex } from './canonical.js';

describe('canonical JSON', () => {
  it('has one spelling, whatever the order of the keys', () => {
    expect(canonicalJson({ b: [1, { d: null, c: '企业' }], a: true })).toBe('{"a":true,"b":[1,{"c":"企业","d":null}]}');
  });

  it('sorts by UTF-16 unit and writes numbers as RFC 8785 does', () => {
    const text = canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 });
    expect(text).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"\ud83d\ude00":5,"\ufb33":3}');
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    );
  });

  it('leaves out what is undefined, as every sender does', () => {
    expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  });

  const cycle: Record<string, unknown> = {};
  cycle['self'] = cycle;
  it.each([
    ['a bigint', 1n],
    ['NaN', Number.NaN],
    ['an infinity', [Infinity]],
    ['a date', { at: new Date(0) }],
    ['a map', new Map()],
    ['bytes', Buffer.from('a')],
    ['a hole', [undefined]],
    ['nothing', undefined],
    ['a function', () => 1],
    ['half a character', '\ud83d'],
    ['a cycle', cycle],
  ])('refuses %s rather than guess', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });

  it('lets one object stand in two places', () => {
    const twice = { a: 1 };
    expect(canonicalJson([twice, twice])).toBe('[{"a":1},{"a":1}]');
  });

  it('hashes as everyone does', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('企业')).toBe(sha256Hex(Buffer.from('企业', 'utf8')));
  });
});

property.prop([fc.jsonValue()])('says the same as JSON, and says it the same again', (value) => {
  const text = canonicalJson(value);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
  expect(canonicalJson(JSON.parse(text))).toBe(text);
});
