import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SettingError } from '@app/config';
import { parse } from 'yaml';

import type { MatchSettings } from './match.rules.js';
import type { NameWords } from './name.rules.js';

/** How names are read and matches counted: `catalogue/matching.yaml` beside the contracts. */
export interface Matching {
  words: NameWords;
  /** Oldest first. */
  settings: MatchSettings[];
}

/** @throws SettingError that names what is missing */
export function readMatching(contractsFolder: string): Matching {
  const path = join(contractsFolder, 'catalogue', 'matching.yaml');
  const { words, settings } = parse(readFileSync(path, 'utf8')) as Partial<Matching>;
  if (!words?.regions || !words.trades || !words.forms || !words.branches)
    throw new SettingError(`${path} lacks words of names`);
  const broken = (settings ?? []).filter(
    (one) => ![one.sure, one.margin, one.shown, one.candidates].every(Number.isInteger) || !one.effectiveFrom,
  );
  if (!settings || settings.length === 0 || broken.length > 0) throw new SettingError(`${path} lacks settings`);
  return { words, settings: settings.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)) };
}

/** The last settings that have begun. */
export const settingsOn = ({ settings }: Matching, today: string): MatchSettings =>
  settings.findLast(({ effectiveFrom }) => effectiveFrom <= today) ?? settings[0]!;
