/** A unified social credit code in normal form whose own check digit is right (GB 32100-2015). */
export type Uscc = string & { readonly brand: 'Uscc' };

export type UsccReason = 'LENGTH' | 'ALPHABET' | 'DIVISION' | 'CHECK_DIGIT';

export interface UsccCheck {
  readonly normalised: string;
  readonly valid: boolean;
  readonly reason: UsccReason | null;
  /**
   * A wrong check digit can be a known slip of the registry and is mended by people; a wrong shape is no code at
   * all.
   */
  readonly disposition: 'ACCEPT' | 'REJECT' | 'QUARANTINE';
  /**
   * Whether the organisation code inside (GB 11714) checks too. Real codes break it: accepted, with a quality issue.
   */
  readonly organisationCheckDigit: boolean;
}

/** No I, O, S, V, Z. The value of a character is its place. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

const valueOf = new Map(Array.from(alphabet, (character, value) => [character, value] as const));

/** NFKC, upper case, white space removed. Never guesses a letter: an I stays an I, so that the slip is seen. */
export function normaliseUscc(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{White_Space}]/gu, '');
}

/** Checks in the order length, alphabet, division, check digit, and names the first that fails. Never throws. */
export function checkUscc(text: string): UsccCheck {
  const normalised = normaliseUscc(text);
  const reason = faultOf(normalised);
  const wellFormed = reason === null || reason === 'CHECK_DIGIT';
  return {
    normalised,
    valid: reason === null,
    reason,
    disposition: reason === null ? 'ACCEPT' : reason === 'CHECK_DIGIT' ? 'QUARANTINE' : 'REJECT',
    organisationCheckDigit: wellFormed && organisationCheckDigit(normalised.slice(8, 16)) === normalised[16],
  };
}

/** The code in normal form, or undefined when any check but the inner one fails. */
export function parseUscc(text: string): Uscc | undefined {
  const { valid, normalised } = checkUscc(text);
  return valid ? (normalised as Uscc) : undefined;
}

/** The same for what must be one, as literals in code and checked columns: throws RangeError. */
export function uscc(text: string): Uscc {
  const parsed = parseUscc(text);
  if (parsed === undefined) throw new RangeError(`not a unified social credit code: ${text}`);
  return parsed;
}

/**
 * The 18th character for the first 17, which are in normal form. Throws RangeError on another length or alphabet.
 */
export function usccCheckDigit(first17: string): string {
  if (first17.length !== 17) throw new RangeError('needs 17 characters');
  const sum = weights.reduce((total, weight, index) => total + weight * valueIn(first17, index), 0);
  // The outer remainder turns 31 into 0: the usual mistake leaves it out and has no character for it.
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/**
 * The 9th character of an organisation code for its first 8. Letters count 10 to 35 here (J is 19), not as in the
 * outer check.
 */
export function organisationCheckDigit(first8: string): string {
  if (!/^[0-9A-Z]{8}$/.test(first8)) throw new RangeError('needs 8 digits and letters');
  const sum = organisationWeights.reduce(
    (total, weight, index) => total + weight * parseInt(first8.charAt(index), 36),
    0,
  );
  return '0123456789X'.charAt((11 - (sum % 11)) % 11);
}

/** Serials fill six characters of the alphabet. */
export const usccSerialMax = 31 ** 6 - 1;

/**
 * A synthetic code of an enterprise (registered by 市场监管, class 企业) that passes every check: one for each division
 * (six digits) and serial (0 to `usccSerialMax`). It may coincide with a real one by chance: for the demo city and
 * tests only.
 */
export function makeUscc(division: string, serial: number): Uscc {
  if (!/^\d{6}$/.test(division)) throw new RangeError(`not a division of six digits: ${division}`);
  if (!Number.isInteger(serial) || serial < 0 || serial > usccSerialMax) throw new RangeError(`no serial: ${serial}`);
  let left = serial;
  let body = '';
  for (let place = 0; place < 6; place += 1) {
    body = alphabet.charAt(left % 31) + body;
    left = Math.floor(left / 31);
  }
  const subject = `MA${body}`;
  const first17 = `91${division}${subject}${organisationCheckDigit(subject)}`;
  return `${first17}${usccCheckDigit(first17)}` as Uscc;
}

function faultOf(code: string): UsccReason | null {
  // Code points, not UTF-16 units: one rare character must not count as two.
  const characters = Array.from(code);
  if (characters.length !== 18) return 'LENGTH';
  if (!characters.every((character) => valueOf.has(character))) return 'ALPHABET';
  if (!/^\d{6}$/.test(code.slice(2, 8))) return 'DIVISION';
  return usccCheckDigit(code.slice(0, 17)) === code[17] ? null : 'CHECK_DIGIT';
}

function valueIn(text: string, index: number): number {
  const value = valueOf.get(text.charAt(index));
  if (value === undefined) throw new RangeError(`not in the alphabet of GB 32100: ${text.charAt(index)}`);
  return value;
}
