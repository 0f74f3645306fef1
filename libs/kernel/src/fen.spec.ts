import { fc, test as property } from '@fast-check/jest';

import { fen, fenFromDecimal, formatWan, formatYuan, parseFen, shareOf, yuan } from './fen.js';

describe('an amount in JSON', () => {
  it.each([
    ['0', 0n],
    ['1', 1n],
    ['500000000', 500_000_000n],
    ['999999999999999999', 999_999_999_999_999_999n],
  ])('%s is read', (text, amount) => {
    expect(parseFen(text)).toBe(amount);
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '01',
    '00',
    '-0',
    '-1',
    '1.0',
    '1e3',
    '1,000',
    '0x1',
    '１',
    '1000000000000000000',
    '1\n',
  ])('%j is refused', (text) => {
    expect(parseFen(text)).toBeUndefined();
  });

  it('may be negative only where the field says so', () => {
    expect(parseFen('-25', { negative: true })).toBe(-25n);
    expect(parseFen('-0', { negative: true })).toBeUndefined();
  });
});

describe('an amount in code', () => {
  it.each([0.5, Number.NaN, Infinity, 2 ** 53, '1.5', '', ' 1', '1e3'])('is never made from %p', (value) => {
    expect(() => fen(value)).toThrow(RangeError);
  });

  it('is written in yuan down to the fen', () => {
    expect(yuan(5_000_000)).toBe(500_000_000n);
    expect(yuan(0.29)).toBe(29n);
    expect(yuan(-1.1)).toBe(-110n);
    expect(() => yuan(0.1 + 0.2)).toThrow(RangeError);
    expect(() => yuan(1e21)).toThrow(RangeError);
  });
});

describe('an amount of a department', () => {
  it.each([
    ['12.5', 'wan', 12_500_000n],
    ['0.000001', 'wan', 1n],
    ['100', 'wan', 100_000_000n],
    ['19.99', 'yuan', 1_999n],
    ['19.9', 'yuan', 1_990n],
    ['19.990', 'yuan', 1_999n],
    ['007', 'yuan', 700n],
    ['0', 'yuan', 0n],
  ] as const)('%s %s is %s fen', (text, unit, amount) => {
    expect(fenFromDecimal(text, unit)).toEqual({ fen: amount });
  });

  it.each([
    ['19.999', 'yuan', 'TOO_FINE'],
    ['0.0000001', 'wan', 'TOO_FINE'],
    ['1,000', 'yuan', 'SEPARATOR'],
    ['1，000.50', 'yuan', 'SEPARATOR'],
    ['', 'yuan', 'FORMAT'],
    ['-', 'yuan', 'FORMAT'],
    ['-5', 'yuan', 'FORMAT'],
    ['.5', 'yuan', 'FORMAT'],
    ['5.', 'yuan', 'FORMAT'],
    ['1e5', 'yuan', 'FORMAT'],
    ['5元', 'yuan', 'FORMAT'],
    ['10000000000000000', 'yuan', 'TOO_LARGE'],
  ] as const)('%j %s is refused: %s', (text, unit, fault) => {
    expect(fenFromDecimal(text, unit)).toEqual({ fault });
  });

  it('may be a loss where the contract says so', () => {
    expect(fenFromDecimal('-12.5', 'wan', { negative: true })).toEqual({ fen: -12_500_000n });
    expect(fenFromDecimal('-0', 'yuan', { negative: true })).toEqual({ fen: 0n });
  });
});

describe('an amount for people', () => {
  it.each([
    [0n, '0.00', '0.00'],
    [5n, '0.05', '0.00'],
    [4_999n, '49.99', '0.00'],
    [5_000n, '50.00', '0.01'],
    [12_345_678n, '123,456.78', '12.35'],
    [-5_000n, '-50.00', '-0.01'],
    [-4_999n, '-49.99', '0.00'],
    [100_000_000_000_000n, '1,000,000,000,000.00', '100,000,000.00'],
  ])('%s fen is %s 元 and %s 万元', (amount, inYuan, inWan) => {
    expect(formatYuan(fen(amount))).toBe(inYuan);
    expect(formatWan(fen(amount))).toBe(inWan);
  });
});

const amounts = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n }).map(fen);

property.prop([amounts])('what is written is read back', (amount) => {
  expect(parseFen(String(amount), { negative: true })).toBe(amount);
  expect(fenFromDecimal(formatYuan(amount).replaceAll(',', ''), 'yuan', { negative: true })).toEqual({ fen: amount });
});

property.prop([amounts, fc.nat(20_000)])('a share is the exact part, less than one fen short', (amount, share) => {
  const short = amount * BigInt(share) - shareOf(amount, share) * 10_000n;
  expect(short >= 0n && short < 10_000n).toBe(true);
});

it('refuses a share that is no whole number of basis points', () => {
  expect(() => shareOf(fen(1), 0.5)).toThrow(RangeError);
  expect(() => shareOf(fen(1), -1)).toThrow(RangeError);
});
