import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { dataRefusalsText } from './data-refusals.text.js';
import { problemsText } from './problems.text.js';
import { refusalsText } from './refusals.text.js';

const root = join(import.meta.dirname, '../../../..');
const known = { ...dataRefusalsText.zh, ...refusalsText.zh, ...problemsText.zh };

/** Codes of named errors, as services declare them; those of what is not there share one sentence. */
function codesOf(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const sources = files.filter((file) => file.endsWith('.ts') && /(^|[/\\])src[/\\]/.test(file));
  return sources
    .filter((file) => !file.startsWith('web') && !file.includes('node_modules'))
    .flatMap((file) => [...readFileSync(join(root, folder, file), 'utf8').matchAll(/readonly code = '([A-Z_.]+)'/g)])
    .map(([, code]) => code!)
    .filter((code) => code.includes('.') && !/NOT_FOUND$|_UNKNOWN$/.test(code));
}

describe('refusals', () => {
  it('are found where services declare them', () => expect(codesOf('apps').length).toBeGreaterThan(100));

  it('have words for whoever reads them, whatever the service', () => {
    const wordless = [...codesOf('apps'), ...codesOf('libs')].filter((code) => !(code in known));
    expect([...new Set(wordless)]).toEqual([]);
  });
});
