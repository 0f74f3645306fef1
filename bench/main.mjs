// Runs benches by their id, prints what came out, and writes it down unless it was a quick look.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { inOrder, print, renderAll, write } from './report.mjs';

/** G: the goals; B, L: what is measured besides. */
const isBench = /^[A-Z]\d+$/;

const { values, positionals: ids } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    seconds: { type: 'string' },
    rows: { type: 'string' },
    connections: { type: 'string' },
    seed: { type: 'string' },
    order: { type: 'string' },
    render: { type: 'boolean', default: false },
  },
});
const options = {
  ...values,
  ...Object.fromEntries(
    ['rounds', 'seconds', 'rows', 'connections', 'seed'].map((name) => [name, values[name] && Number(values[name])]),
  ),
};

if (values.render) renderAll();
else if (ids.length === 0) await list();
for (const id of ids) {
  const bench = await load(id);
  const result = await bench.run(options);
  const { what, floor, stretch, better } = bench;
  print({ id, what, floor, stretch, better, ...result });
  if (!values.quick) await write({ id, what, floor, stretch, better, ...result });
}
if (ids.length > 0 && !values.quick) renderAll();
process.exit();

async function load(id) {
  const file = join(import.meta.dirname, `${id}.mjs`);
  if (!isBench.test(id) || !existsSync(file)) {
    console.error(`there is no bench ${id}`);
    await list();
    process.exit(2);
  }
  return (await import(file)).bench;
}

async function list() {
  const names = readdirSync(import.meta.dirname).map((name) => name.replace('.mjs', ''));
  for (const name of names.filter((one) => isBench.test(one)).toSorted(inOrder)) {
    const { bench } = await import(`./${name}.mjs`);
    console.log(`${name.padEnd(4)} ${bench.what}`);
  }
}
