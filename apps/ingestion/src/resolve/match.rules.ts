import { organisationCheckDigit } from '@app/kernel';

import { isSlip, likeness, type NameParts } from './name.rules.js';

/** A name with how it sounds: syllables without tones. */
export interface ReadName extends NameParts {
  brandSound: string;
}

/** What a row says about whom it means, ready to be compared; empty texts where it says nothing. */
export interface Wanted {
  name: ReadName | null;
  organisationCode: string;
  registrationNumber: string;
  representative: string;
  division: string;
  address: string;
}

/** An enterprise under one of its names. */
export interface Known {
  uscc: string;
  name: ReadName;
  /** The name is one of before. */
  former: boolean;
  registrationNumber: string;
  representative: string;
  division: string;
  address: string;
}

/** Points by feature and by how it came out; what has no entry counts nothing. */
export type Points = Record<string, Record<string, number>>;

export interface MatchSettings {
  effectiveFrom: string;
  source: string;
  sure: number;
  margin: number;
  shown: number;
  candidates: number;
  points: Points;
}

/** One thing that was compared, how it came out, and what that counts. */
export interface Reason {
  feature: string;
  outcome: string;
  points: number;
}

export interface Match {
  uscc: string;
  /** The name under which it was found. */
  name: string;
  former: boolean;
  score: number;
  reasons: Reason[];
}

export interface Verdict {
  outcome: 'SURE' | 'UNSURE';
  /** Best first, one per enterprise. */
  candidates: Match[];
}

export const scoreMax = 1_000;

/** Compares everything that both sides know; a feature that one of them does not know says nothing. */
export function matchOf(wanted: Wanted, known: Known, points: Points): Match {
  const outcomes: [feature: string, outcome: string | null][] = [
    ['ORGANISATION_CODE', same(wanted.organisationCode, known.uscc.slice(8, 17))],
    ['REGISTRATION_NUMBER', same(wanted.registrationNumber, known.registrationNumber)],
    ...(wanted.name ? nameOutcomes(wanted.name, known) : []),
    ['REPRESENTATIVE', same(wanted.representative, known.representative)],
    ['DIVISION', divisionOutcome(wanted.division, known.division)],
    ['ADDRESS', addressOutcome(wanted.address, known.address)],
  ];
  const reasons = outcomes
    .filter((one): one is [string, string] => one[1] !== null)
    .map(([feature, outcome]) => ({ feature, outcome, points: points[feature]?.[outcome] ?? 0 }));
  const sum = reasons.reduce((total, reason) => total + reason.points, 0);
  return {
    uscc: known.uscc,
    name: known.name.full,
    former: known.former,
    score: Math.max(0, Math.min(scoreMax, sum)),
    reasons,
  };
}

const same = (one: string, other: string): string | null => {
  if (one === '' || other === '') return null;
  return one === other ? 'SAME' : 'DIFFERS';
};

function nameOutcomes(wanted: ReadName, { name, former }: Known): [string, string | null][] {
  if (wanted.full === name.full) return [['NAME', former ? 'FORMER' : 'SAME']];
  const parts: [string, string | null][] = [
    ['BRAND', brandOutcome(wanted, name)],
    ['TRADE', tradeOutcome(wanted.trade, name.trade)],
    ['REGION', regionOutcome(wanted, name)],
    ['FORM', formOutcome(wanted.form, name.form)],
    ['NUMBERS', wanted.numbers === name.numbers ? null : 'DIFFERS'],
    ['BRANCH', wanted.branch === name.branch ? null : 'DIFFERS'],
    ['FORMER_NAME', former ? 'USED' : null],
  ];
  const whole = parts.every(([, outcome]) => outcome === 'SAME' || outcome === 'SHORTER' || outcome === null);
  return [...parts, ['WHOLE', whole ? 'SAME' : null]];
}

function brandOutcome(wanted: ReadName, known: ReadName): string {
  if (wanted.brand === known.brand) return 'SAME';
  if (wanted.brandSound === known.brandSound) return 'SOUNDS';
  // Of two characters one is half the brand: 光能 and 光源 are two firms.
  const longer = Math.max(Array.from(wanted.brand).length, Array.from(known.brand).length);
  return longer > 2 && isSlip(wanted.brand, known.brand) ? 'SLIP' : 'DIFFERS';
}

function tradeOutcome(wanted: string, known: string): string {
  if (wanted === known) return 'SAME';
  if (wanted === '' || known === '') return 'MISSING';
  // 光电科技 and 科技 under one brand are two sisters more often than one firm.
  if (wanted.includes(known) || known.includes(wanted)) return 'WITHIN';
  return isSlip(wanted, known) && Math.max(wanted.length, known.length) > 2 ? 'SLIP' : 'DIFFERS';
}

function regionOutcome({ region: wanted }: ReadName, { region: known }: ReadName): string {
  if (wanted === null || known === null) return wanted === known ? 'SAME' : 'MISSING';
  if (wanted.word === known.word || (wanted.code !== undefined && wanted.code === known.code)) return 'SAME';
  return wanted.wide === true || known.wide === true ? widerOutcome(wanted.code, known.code) : 'DIFFERS';
}

/** A city is wider than its districts, not than another province. */
const widerOutcome = (one: string | undefined, other: string | undefined): string =>
  one === undefined || other === undefined || one.slice(0, 4) === other.slice(0, 4) ? 'WIDER' : 'DIFFERS';

/** 公司 is how people write 有限公司; 有限公司 and 股份有限公司 are two kinds. */
function formOutcome(wanted: string, known: string): string {
  if (wanted === known) return 'SAME';
  if (wanted === '' || known === '') return 'MISSING';
  return wanted === '公司' || known === '公司' ? 'SHORTER' : 'DIFFERS';
}

/** The city's own code says little: the park's firms carry it, and so do registers that name no district. */
function divisionOutcome(wanted: string, known: string): string | null {
  if (wanted === '' || known === '' || wanted === known) return same(wanted, known);
  return wanted.endsWith('00') || known.endsWith('00') ? null : 'DIFFERS';
}

/** From here on two addresses are one house written twice, or the same street. */
const similarFrom = 0.7;
const strangerBelow = 0.2;

function addressOutcome(wanted: string, known: string): string | null {
  if (wanted === '' || known === '') return null;
  if (wanted === known) return 'SAME';
  const like = likeness(wanted, known);
  if (like >= similarFrom) return 'SIMILAR';
  return like < strangerBelow ? 'DIFFERS' : null;
}

/** The best match per enterprise, and whether the best of all is sure: far enough up, and far enough from the next. */
export function verdictOf(wanted: Wanted, known: readonly Known[], settings: MatchSettings): Verdict {
  const best = new Map<string, Match>();
  for (const one of known) {
    const match = matchOf(wanted, one, settings.points);
    const before = best.get(match.uscc);
    if (!before || match.score > before.score) best.set(match.uscc, match);
  }
  const sorted = [...best.values()].toSorted((a, b) => b.score - a.score || (a.uscc < b.uscc ? -1 : 1));
  const [first, second] = sorted;
  const sure =
    first !== undefined && first.score >= settings.sure && first.score - (second?.score ?? 0) >= settings.margin;
  const candidates = sorted.filter(({ score }) => score >= settings.shown).slice(0, settings.candidates);
  return { outcome: sure ? 'SURE' : 'UNSURE', candidates };
}

/** The code of nine characters (GB 11714) as it stands inside a unified code, or undefined when it is none. */
export function organisationCodeOf(text: string): string | undefined {
  const code = text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s\p{Pd}]/gu, '');
  if (!/^[0-9A-Z]{8}[0-9X]$/.test(code)) return undefined;
  return organisationCheckDigit(code.slice(0, 8)) === code[8] ? code : undefined;
}
