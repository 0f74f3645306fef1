import { type Fen, yuan } from '@app/kernel';

export const leadWindows = ['OPEN', 'EXCLUSIVE', 'SEALED'] as const;
export type LeadWindow = (typeof leadWindows)[number];

interface Band {
  code: string;
  /** Not included. */
  above: Fen;
  /** Included; null for the open end. */
  upTo: Fen | null;
}

const wan = (amount: number): Fen => yuan(amount * 10_000);

/** Bands of amounts in 万元 [design]: a lead shows the band, the exact amount opens with the grab. */
const bands: readonly Band[] = [
  { code: '0-100', above: wan(0), upTo: wan(100) },
  { code: '100-300', above: wan(100), upTo: wan(300) },
  { code: '300-500', above: wan(300), upTo: wan(500) },
  { code: '500-1000', above: wan(500), upTo: wan(1_000) },
  { code: '1000-3000', above: wan(1_000), upTo: wan(3_000) },
  { code: '3000+', above: wan(3_000), upTo: null },
];

export const amountBands = bands.map(({ code }) => code);

/** The band in which an amount lies; the lower bound belongs to the band below. */
export function amountBandOf(amount: Fen): string {
  return bands.find(({ upTo }) => upTo === null || amount <= upTo)!.code;
}

/** Bounds of a band: above the first, up to and with the second. */
export function boundsOf(code: string): { above: Fen; upTo: Fen | null } {
  const band = bands.find((one) => one.code === code);
  if (!band) throw new RangeError(`no such band: ${code}`);
  return band;
}
