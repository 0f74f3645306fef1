import { comparable, syllablesOf } from '@app/search';

import type { Wanted, ReadName } from './match.rules.js';
import { nameReaderOf, type NameWords } from './name.rules.js';

export type NameReader = (name: string) => ReadName;

/** Longer names are no names; they are compared by their beginning. */
const nameLettersMax = 60;
/** A slip is looked for in so many letters of brand and trade: each of them is one key. */
const slipLettersMax = 14;

/** Reads names as they are typed: folded, taken apart, and with the sound of the brand. */
export function nameReader(words: NameWords): NameReader {
  const read = nameReaderOf(words);
  return (name) => {
    const parts = read(Array.from(comparable(name)).slice(0, nameLettersMax).join(''));
    return { ...parts, brandSound: syllablesOf(parts.brand).join(' ') };
  };
}

/**
 * What a name is found by: the whole, what is left without place and form, the brand, how it sounds, and each form with
 * one letter left out: two names that differ by one letter share one of those.
 */
export function keysOfName(name: ReadName): string[] {
  return [`f:${name.full}`, ...closeKeysOf(name), ...wideKeysOf(name)];
}

/** Keys that few enterprises share. */
function closeKeysOf({ brand, trade, brandSound }: ReadName): string[] {
  const core = `${brand}${trade}`;
  const letters = Array.from(core).slice(0, slipLettersMax);
  const slips = letters.length < 3 ? [] : letters.map((_, at) => `d:${letters.toSpliced(at, 1).join('')}`);
  return [...new Set([`c:${core}`, `s:${brandSound} ${trade}`, `d:${core}`, ...slips])];
}

/** Keys that many may share: asked only with a bound. */
const wideKeysOf = ({ brand, brandSound }: ReadName): string[] => [`b:${brand}`, `p:${brandSound}`];

export const organisationKey = (code: string): string => `o:${code}`;
export const registrationKey = (number: string): string => `r:${number}`;

/** What is asked first, and what only when more is wanted; each with a bound of its own. */
export function keysAsked({
  name,
  organisationCode,
  registrationNumber,
}: Wanted): [exact: string[], close: string[], wide: string[]] {
  const codes = [
    ...(organisationCode === '' ? [] : [organisationKey(organisationCode)]),
    ...(registrationNumber === '' ? [] : [registrationKey(registrationNumber)]),
  ];
  if (!name || name.brand === '') return [codes, [], []];
  return [[...codes, `f:${name.full}`], closeKeysOf(name), wideKeysOf(name)];
}
