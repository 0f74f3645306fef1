import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

/** Rules of style.md that a program can check and the linter does not. */
const root = join(import.meta.dirname, '../..');
const skipped = new Set(['node_modules', 'dist', '.data', 'generated', 'screenshots', 'public']);

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesUnder(path) : [path];
  });
}

const code = ['apps', 'libs', 'infra', 'test', 'scripts', 'bench']
  .flatMap((name) => filesUnder(join(root, name)))
  .filter((path) => /\.(ts|tsx|mjs|js)$/.test(path));
const nameOf = (path: string) => relative(root, path).split(sep).join('/');
const textOf = (path: string) => readFileSync(path, 'utf8');

describe('the house keeps its own rules', () => {
  it('no file is longer than 300 lines', () => {
    const long = code
      .map((path) => [nameOf(path), textOf(path).split('\n').length] as const)
      .filter(([, n]) => n > 301);
    expect(long).toEqual([]);
  });

  it('no constructor takes more than five things', () => {
    const crowded = code.flatMap((path) =>
      [...textOf(path).matchAll(/constructor\(([^)]*(?:\([^)]*\)[^)]*)*)\)\s*\{/g)]
        .filter(([, list = '']) => topLevelParts(list) > 5)
        .map(() => nameOf(path)),
    );
    expect(crowded).toEqual([]);
  });

  it('no folder is a drawer for everything', () => {
    const drawers = code
      .map(nameOf)
      .filter((name) => /\/(utils?|helpers?|common|shared|types|interfaces|constants)\//.test(name));
    expect(drawers).toEqual([]);
  });

  it('files of services are named by what they hold', () => {
    const kinds =
      /^(main|data-source|index)\.ts$|\.(module|controller|consumer|service|rules|entity|request|response|event|error|config|job|guard|strategy|filter|driver|spec|e2e-spec)\.ts$/;
    const services = code.filter((path) =>
      /^apps\/(identity|ingestion|credit|profiling|marketplace|supervision|notification)\/src\//.test(nameOf(path)),
    );
    const odd = services.map(nameOf).filter((name) => {
      if (name.includes('/migrations/')) return !/\/\d{13}-[a-z0-9-]+\.ts$/.test(name);
      return !kinds.test(basename(name).replace('.rules.spec.ts', '.spec.ts'));
    });
    expect(odd).toEqual([]);
  });

  it('only libs/config reads the environment', () => {
    const readers = code
      .map((path) => [nameOf(path), textOf(path)] as const)
      .filter(([name, text]) => /^(apps|libs|infra)\//.test(name) && /process\.env\b/.test(text))
      .map(([name]) => name)
      .filter((name) => !/^libs\/config\/|\.(e2e-)?spec\.ts$|^(apps|libs)\/[^/]+\/test\/|^apps\/web\//.test(name));
    expect(readers).toEqual([]);
  });

  it('rules read no clock and wait for nothing', () => {
    const impure = code
      .filter((path) => path.endsWith('.rules.ts'))
      .filter((path) => /\bawait\b|Date\.now\(|new Date\(\)|Math\.random\(/.test(textOf(path)))
      .map(nameOf);
    expect(impure).toEqual([]);
  });

  it('no test is left alone or switched off', () => {
    const off = code
      .filter((path) => path.endsWith('spec.ts') && !path.endsWith('house-rules.e2e-spec.ts'))
      .filter((path) => /\b(it|describe|test)\.(only|skip|todo)\b|\bx(it|describe)\(/.test(textOf(path)))
      .map(nameOf);
    expect(off).toEqual([]);
  });
});

/** Commas at the top level of a parameter list, plus one. */
function topLevelParts(list: string): number {
  if (list.trim() === '') return 0;
  let depth = 0;
  let parts = 1;
  for (const letter of list.replace(/,\s*$/, '')) {
    if ('([{<'.includes(letter)) depth += 1;
    if (')]}>'.includes(letter)) depth -= 1;
    if (letter === ',' && depth === 0) parts += 1;
  }
  return parts;
}
