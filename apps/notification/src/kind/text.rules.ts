import { type Day, dayOf } from '@app/kernel';

import type { Language } from './kind-shape.rules.js';
import { type KindName, kindOf } from './kind.rules.js';
import { districts, industries } from './place-words.rules.js';
import { words } from './word.rules.js';

export type Value = string | number | boolean | null | readonly string[];
export type Variables = Readonly<Record<string, Value>>;

export interface Rendered {
  title: string;
  text: string;
  link: string | null;
}

/** The texts of a notice in a language. */
export function render(name: KindName, variables: Variables, language: Language): Rendered {
  const kind = kindOf(name);
  const fill = (template: string) =>
    filled(template, (key) => inWords(nameOf(key, variables), variables[key] ?? null, language));
  return {
    title: fill(kind.title[language]),
    text: fill(kind.text[language]),
    link: kind.link && filled(kind.link, (key) => encodeURIComponent(String(variables[key] ?? ''))),
  };
}

/** Keeps what the kind names and nothing else: a field that an event gains later goes nowhere by itself. */
export function onlyNamed(name: KindName, variables: Variables): Variables {
  return Object.fromEntries(kindOf(name).variables.map((key) => [key, variables[key] ?? null]));
}

const filled = (template: string, valueOf: (key: string) => string): string =>
  template.replaceAll(/\{(\w+)\}/g, (_, key: string) => valueOf(key));

/**
 * What is used of a limit is a number, but for the one limit that bounds amounts: a headroom tells of money, a limit that
 * is held (with `granted`) of shares of the need.
 */
function nameOf(key: string, variables: Variables): string {
  if (variables['what'] !== 'overSubscriptionBp') return key;
  if ('granted' in variables) return key === 'limit' || key === 'granted' ? `${key}Bp` : key;
  return key === 'used' || key === 'limit' ? `${key}Fen` : key;
}

/** What a variable is follows from how its name ends: `…Fen` money, `…Bp` a rate, `…From`, `…At` and `…By` an instant. */
function inWords(key: string, value: Value, language: Language): string {
  if (value === null) return language === 'zh' ? '未知' : 'unknown';
  if (Array.isArray(value)) return value.map((one) => inWords(key, one as string, language)).join(' / ') || '—';
  const text = String(value as string | number | boolean);
  if (key.endsWith('Fen')) return money(BigInt(text), language);
  if (key.endsWith('Bp')) return percent(Number(text));
  if (/(From|At|By)$/.test(key) && text.includes('T')) return moment(new Date(text));
  return codeInWords(key, text, language) ?? text;
}

function codeInWords(key: string, code: string, language: Language): string | undefined {
  if (key === 'district') return districts[language][code];
  if (key === 'industry') return industries[language][code.slice(0, 2)];
  if (key === 'amountBand') return language === 'zh' ? `${code} 万元` : `CNY ${code} × 10,000`;
  return words[language][code];
}

/** 5 000 000 yuan are 500 万元; English readers get yuan in full. */
export function money(fen: bigint, language: Language): string {
  if (language === 'en') return `CNY ${grouped(fen / 100n)}${cents(fen)}`;
  const perTenThousand = 1_000_000n;
  if (fen % 1_000_000n === 0n && fen >= perTenThousand) return `${grouped(fen / perTenThousand)} 万元`;
  return `${grouped(fen / 100n)}${cents(fen)} 元`;
}

const grouped = (whole: bigint): string => whole.toString().replaceAll(/\B(?=(\d{3})+$)/g, ',');
const cents = (fen: bigint): string => (fen % 100n === 0n ? '' : `.${(fen % 100n).toString().padStart(2, '0')}`);
const percent = (bp: number): string => `${(bp / 100).toFixed(2)}%`;

const shanghaiOffsetMs = 8 * 3_600_000;
/** Day and minute in Asia/Shanghai, the clock of every reader. */
const moment = (at: Date): string =>
  `${dayOf(at) satisfies Day} ${new Date(at.getTime() + shanghaiOffsetMs).toISOString().slice(11, 16)}`;
