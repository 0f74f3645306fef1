import { readFileSync } from 'node:fs';

import { textSetting } from '@app/config';

import { ReferenceEmpty } from './connector.error.js';
import type { Reference } from './connector.rules.js';

/** What a reference points to, read each time: a secret that was renewed is used at once. Undefined when it is not there. */
export function referred(reference: Reference): string | undefined {
  if ('setting' in reference) return textSetting(reference.setting);
  try {
    const text = readFileSync(reference.file, 'utf8').trim();
    return text === '' ? undefined : text;
  } catch {
    return undefined;
  }
}

/** @throws ReferenceEmpty, which names the place and never what was in it */
export function needed(reference: Reference): string {
  const text = referred(reference);
  if (text === undefined) throw new ReferenceEmpty('setting' in reference ? reference.setting : reference.file);
  return text;
}
