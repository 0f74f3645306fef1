import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { SettingError } from '@app/config';
import { parse } from 'yaml';

import type { QualitySettings } from './score.rules.js';

/** How scores are weighed: `catalogue/quality.yaml` beside the contracts, oldest first. */
export function readQualitySettings(contractsFolder: string): QualitySettings[] {
  const path = join(contractsFolder, 'catalogue', 'quality.yaml');
  const { settings } = parse(readFileSync(path, 'utf8')) as { settings?: QualitySettings[] };
  if (!settings || settings.length === 0 || settings.some(({ weights }) => !weights))
    throw new SettingError(`${path} lacks settings`);
  return settings.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
}

export const qualitySettingsOn = (settings: readonly QualitySettings[], today: string): QualitySettings =>
  settings.findLast(({ effectiveFrom }) => effectiveFrom <= today) ?? settings[0]!;
