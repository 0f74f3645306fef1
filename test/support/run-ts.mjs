// Lets a plain Node process run the house's TypeScript from source, with decorators: for tests that kill real processes.
// Usage: node --import <this file> <file>.ts
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { transformSync } from '@swc/core';

const root = fileURLToPath(new URL('../../', import.meta.url));
const options = {
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

registerHooks({
  resolve(specifier, context, next) {
    const lib = /^@app\/([^/]+)$/.exec(specifier);
    if (lib) return next(pathToFileURL(`${root}libs/${lib[1]}/src/index.ts`).href, context);
    if (specifier.startsWith('.') && context.parentURL?.endsWith('.ts'))
      return next(specifier.replace(/\.js$/, '.ts'), context);
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
