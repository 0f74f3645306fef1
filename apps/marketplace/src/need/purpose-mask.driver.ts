import { Converter } from 'opencc-js/t2cn';

import { maskPurpose, type Secrets } from './purpose.rules.js';

/** Character by character: whole phrases would fold differently in a name than in a part of it. */
const simplify = Converter({ from: 't', to: 'cn' });
const simplified = new Map<string, string>();

/** Han characters are few, so each is converted once. */
function simplifiedOf(character: string): string {
  const known = simplified.get(character);
  if (known !== undefined) return known;
  const found = simplify(character);
  simplified.set(character, found);
  return found;
}

const nothing: Secrets = { names: [] };

/** A text as strangers may read it, whichever characters it and the names are written in. */
export const maskForStrangers = (text: string, secrets: Secrets = nothing): string =>
  maskPurpose(text, secrets, simplifiedOf);
