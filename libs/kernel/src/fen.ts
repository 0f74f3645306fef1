/** Money in whole fen. Compare and add as plain bigint; there is no other currency on the platform. */
export type Fen = bigint & { readonly brand: 'Fen' };

export type MoneyUnit = 'yuan' | 'wan';

/**
 * Why a text is no amount: not a decimal number, with thousands separators, finer than a fen, or beyond 18 digits of
 * fen.
 */
export type MoneyFault = 'FORMAT' | 'SEPARATOR' | 'TOO_FINE' | 'TOO_LARGE';

/** Fits PostgreSQL's bigint and is more than all money there is. */
const digitsMax = 18;
const limit = 10n ** BigInt(digitsMax);
/** How many decimals of a unit make one fen. */
const decimalsOf: Record<MoneyUnit, number> = { yuan: 2, wan: 6 };

/** Money from a whole number of fen. Throws RangeError on anything else; for text of clients use `parseFen`. */
export function fen(value: bigint | number | string): Fen {
  if (typeof value === 'bigint') return value as Fen;
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value) as Fen;
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value) as Fen;
  throw new RangeError(`not a whole number of fen: ${value}`);
}

/**
 * The form in JSON: digits only, no sign unless allowed, no leading zeros, at most 18 digits; undefined otherwise.
 */
export function parseFen(text: string, options: { negative?: boolean } = {}): Fen | undefined {
  if (!/^(0|-?[1-9]\d{0,17})$/.test(text)) return undefined;
  if (text.startsWith('-') && options.negative !== true) return undefined;
  return BigInt(text) as Fen;
}

/** Money from 元, as tests and limits write it. Throws RangeError unless it comes to whole fen. */
export function yuan(amount: number | bigint): Fen {
  const exact = typeof amount === 'bigint' || Math.abs(amount) <= Number.MAX_SAFE_INTEGER;
  const read = exact ? fenFromDecimal(String(amount), 'yuan', { negative: true }) : { fault: 'TOO_LARGE' as const };
  if ('fault' in read) throw new RangeError(`not an amount in yuan: ${amount} (${read.fault})`);
  return read.fen;
}

/**
 * Reads what a department wrote in 元 or 万元, exactly: `12.5` 万元 is 12500000 fen. Says what is wrong rather than
 * rounding; zeros beyond the last fen (`1.500` 元) are no loss and pass. Thousands separators are refused, since
 * `1,5` may mean two things.
 */
export function fenFromDecimal(
  text: string,
  unit: MoneyUnit,
  options: { negative?: boolean } = {},
): { fen: Fen } | { fault: MoneyFault } {
  const parts = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!parts) return { fault: /^-?\d[\d,，]*(\.\d+)?$/.test(text) ? 'SEPARATOR' : 'FORMAT' };
  const [, sign, whole = '', fraction = ''] = parts;
  if (sign === '-' && options.negative !== true) return { fault: 'FORMAT' };
  const decimals = decimalsOf[unit];
  const digits = fraction.replace(/0+$/, '');
  if (digits.length > decimals) return { fault: 'TOO_FINE' };
  const amount = BigInt(whole + digits.padEnd(decimals, '0'));
  if (amount >= limit) return { fault: 'TOO_LARGE' };
  return { fen: (sign === '-' ? -amount : amount) as Fen };
}

/** `1234567` fen → `12,345.67`. */
export function formatYuan(amount: Fen): string {
  return withDecimals(amount);
}

/** In 万元 with two decimals, half up (away from zero): `12345678` fen → `12.35`. */
export function formatWan(amount: Fen): string {
  const hundredths = (abs(amount) + 5_000n) / 10_000n;
  return withDecimals(amount < 0n ? -hundredths : hundredths);
}

/**
 * A part of an amount in basis points, rounded down to the fen. Throws RangeError on a negative or
 * broken share.
 */
export function shareOf(amount: Fen, basisPoints: number): Fen {
  if (!Number.isSafeInteger(basisPoints) || basisPoints < 0) throw new RangeError(`not basis points: ${basisPoints}`);
  const product = amount * BigInt(basisPoints);
  const quotient = product / 10_000n;
  return (product < 0n && product % 10_000n !== 0n ? quotient - 1n : quotient) as Fen;
}

function withDecimals(hundredths: bigint): string {
  const digits = abs(hundredths).toString().padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${hundredths < 0n ? '-' : ''}${whole}.${digits.slice(-2)}`;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}
