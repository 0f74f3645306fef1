import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

import { UnsupportedForm } from '../batch/batch.error.js';
import type { Contract, FileForm } from '../contract/contract.rules.js';
import { formOfMember } from '../format/member.rules.js';

/** @throws UnsupportedForm */
export function dropFormOf(name: string, contract: Contract): FileForm {
  const form = /\.zip$/i.test(name) ? 'ZIP' : formOfMember(name, contract);
  if (!form) throw new UnsupportedForm();
  return form;
}

/** Name and content: the same file put there again is the same batch, a corrected one under the old name another. */
export async function dropReferenceOf(name: string, content: Readable): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of content) hash.update(chunk as Buffer);
  const plain = name.replaceAll(/[^\x21-\x7e]/g, '_').slice(0, 100);
  return `drop-${plain}-${hash.digest('hex').slice(0, 32)}`;
}
