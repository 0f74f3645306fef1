import type { Language } from '../frame/dictionary.rules.js';

/** Chinese readers count in 万元, English ones in thousands: one unit down a whole column, and no figure is lost. */
const unitFen: Record<Language, bigint> = { zh: 1_000_000n, en: 100_000n };

export const moneyUnit: Record<Language, string> = { zh: '万元', en: "CNY '000" };

/** Whole fen as the unit of the language with two decimals, halves away from zero: `300000000` is `300.00` (万元). */
export function moneyFigure(fen: string | bigint, language: Language): string {
  const value = BigInt(fen);
  const size = value < 0n ? -value : value;
  const hundredths = (size * 200n + unitFen[language]) / (2n * unitFen[language]);
  return signed(value, `${grouped(hundredths / 100n)}.${pad(hundredths % 100n)}`);
}

export function moneyText(fen: string | bigint, language: Language): string {
  return language === 'zh' ? `${moneyFigure(fen, 'zh')} 万元` : `CNY ${moneyFigure(fen, 'en')}k`;
}

/** A band of amounts, given in 万元 as `300-500` or `3000+`; English readers get millions. */
export function bandText(band: string, language: Language): string {
  if (language === 'zh') return `${band} 万元`;
  return `CNY ${band.replaceAll(/\d+/g, (wan) => String(Number(wan) / 100))}m`;
}

/** To the fen: `3,000,000.00 元`. */
export function exactMoney(fen: string | bigint, language: Language): string {
  const value = BigInt(fen);
  const size = value < 0n ? -value : value;
  const yuan = signed(value, `${grouped(size / 100n)}.${pad(size % 100n)}`);
  return language === 'zh' ? `${yuan} 元` : `CNY ${yuan}`;
}

/** What a person typed in the unit of the language, as whole fen; null when it is no amount. */
export function fenOf(typed: string, language: Language): string | null {
  const match = /^(\d{1,12})(?:\.(\d{1,6}))?$/.exec(typed.replaceAll(/[,\s]/g, ''));
  if (!match) return null;
  const decimals = (match[2] ?? '').padEnd(6, '0');
  const millionths = BigInt(match[1]!) * 1_000_000n + BigInt(decimals);
  const fen = millionths * unitFen[language];
  return fen % 1_000_000n === 0n ? String(fen / 1_000_000n) : null;
}

/** The other way round, for a field that is filled in already. */
export function typedOf(fen: string, language: Language): string {
  const unit = unitFen[language];
  const value = BigInt(fen);
  const rest = String(value % unit).padStart(String(unit).length - 1, '0');
  return `${value / unit}.${rest}`.replace(/\.?0+$/, '');
}

/** Basis points as a rate: `395` is `3.95%`. */
export function rateText(bp: number): string {
  return `${(bp / 100).toFixed(2)}%`;
}

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

/** An instant as people in Suzhou read it: `2026-11-23 14:05`. */
export function instantText(instant: string): string {
  return shanghai.format(new Date(instant));
}

/** The instant that a clock in Suzhou calls `2026-11-23 14:05`, wherever the person who typed it is. */
export function instantOf(wall: string): string {
  return new Date(`${wall.replace(' ', 'T')}:00+08:00`).toISOString();
}

/** The day it is in Suzhou. */
export function dayOf(now: Date): string {
  return shanghai.format(now).slice(0, 10);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The same day of a later month, or its last where it is too short. */
export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

export const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000;

export interface TimeLeft {
  readonly days: number;
  readonly hours: number;
  readonly minutes: number;
  readonly passed: boolean;
  /** In the last tenth of its time, or past it. */
  readonly urgent: boolean;
}

/** How far a deadline is; `from` is when its clock began, and without it only a passed deadline is urgent. */
export function timeLeft(now: Date, deadline: string, from?: string): TimeLeft {
  const end = Date.parse(deadline);
  const left = end - now.getTime();
  const minutes = Math.floor(Math.abs(left) / 60_000);
  const whole = from === undefined ? null : end - Date.parse(from);
  return {
    days: Math.floor(minutes / 1_440),
    hours: Math.floor((minutes % 1_440) / 60),
    minutes: minutes % 60,
    passed: left < 0,
    urgent: left < 0 || (whole !== null && left * 10 <= whole),
  };
}

export function countText(value: number): string {
  return grouped(BigInt(Math.round(value)));
}

/** A share of 1 as `12.3%`. */
export function shareText(share: number): string {
  return `${(share * 100).toFixed(1)}%`;
}

const grouped = (value: bigint) => String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',');
const pad = (value: bigint) => String(value).padStart(2, '0');
const signed = (value: bigint, figure: string) => (value < 0n ? `-${figure}` : figure);
