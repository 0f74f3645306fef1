import { Readable } from 'node:stream';

import { InvalidInput, type InputFault } from '@app/kernel';

/** Deeper input than any form of ours has; bounds the walk. */
const depthMax = 20;

/**
 * Refuses what PostgreSQL or JSON cannot keep (NUL, half a surrogate pair, 1e400) before any rule sees it, so that it
 * is a named fault of one field and never a failure in the middle of a transaction.
 */
export function refuseUnstorable(...inputs: unknown[]): void {
  const errors: InputFault[] = [];
  for (const input of inputs) walk(input, '', errors, 0);
  if (errors.length > 0) throw new InvalidInput(errors);
}

function walk(value: unknown, pointer: string, errors: InputFault[], depth: number): void {
  if (depth > depthMax) {
    errors.push({ pointer, detail: `nested deeper than ${depthMax} levels` });
    return;
  }
  if (typeof value === 'string') {
    if (isUnstorable(value)) errors.push({ pointer, detail: 'holds a NUL character or half of a character' });
    return;
  }
  // Bytes and streams are files on their way; who takes them in reads them with care.
  if (typeof value === 'number' && !Number.isFinite(value)) {
    errors.push({ pointer, detail: 'is larger than any number can be kept' });
    return;
  }
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value) || value instanceof Readable) return;
  for (const [key, inner] of Object.entries(value)) {
    if (isUnstorable(key)) {
      errors.push({ pointer, detail: 'a field name holds a NUL character or half of a character' });
      continue;
    }
    walk(inner, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, errors, depth + 1);
  }
}

const isUnstorable = (text: string): boolean => text.includes('\0') || /\p{Surrogate}/u.test(text);
