// Prints a result, keeps it as JSON, and renders docs/benchmarks.md from all that are kept.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { arch, availableParallelism, platform, totalmem } from 'node:os';
import { join } from 'node:path';

import { median, round, worstOf } from './measure.mjs';

const root = join(import.meta.dirname, '..');
const results = join(import.meta.dirname, 'results');

export function print(result) {
  console.log(`\n${result.id}  ${result.what}`);
  const lines = linesOf(result);
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => width(line[column]))));
  for (const line of lines)
    console.log(line.map((cell, column) => cell + ' '.repeat(widths[column] - width(cell))).join('  '));
}

export async function write({ id, what, ours, base, ratio, floor, stretch, better, also, settings, versions }) {
  const machine = {
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: platform(),
    arch: arch(),
  };
  const at = new Date().toISOString();
  const kept = {
    id,
    what,
    ours,
    base,
    ratio,
    floor,
    stretch,
    better,
    also,
    machine,
    versions: await versionsOf(versions),
    settings,
    at,
  };
  mkdirSync(results, { recursive: true });
  const path = join(results, `${id}.json`);
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
  execFileSync(process.execPath, [join(root, 'node_modules/oxfmt/bin/oxfmt'), path]);
}

async function versionsOf(given = {}) {
  const version = (name) => JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')).version;
  const commit = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  return { node: process.versions.node, ...given, nest: version('@nestjs/core'), fastify: version('fastify'), commit };
}

/** The table of one result: a head and a line per figure. */
function linesOf({ ours, base, ratio, better, also = [] }) {
  const first = { what: 'main', ours, base, ratio, better };
  return [
    ['', 'ours', 'base', 'ratio', 'worst'],
    ...[first, ...also].map((line) => [
      line.what,
      shown(line.ours),
      line.base ? shown(line.base) : '',
      line.ratio ? String(line.ratio.median) : '',
      String(line.ratio ? line.ratio.worst : worstShown(line, better)),
    ]),
  ];
}

const shown = ({ unit, rounds }) => `${number(round(median(rounds)))} ${unit}`;
const worstShown = ({ ours, better: own }, better) => number(round(worstOf(ours.rounds, own ?? better)));
const number = (value) => (value === null ? '–' : value.toLocaleString('en-US', { maximumFractionDigits: 4 }));
const width = (text) => Array.from(text).length;

/** The goals first, then what is measured besides, each by its number. */
export const inOrder = (a, b) => {
  const letter = Number(a[0] !== 'G') - Number(b[0] !== 'G') || a[0].localeCompare(b[0]);
  return letter || Number(a.slice(1)) - Number(b.slice(1));
};

/** Writes docs/benchmarks.md anew. */
export function renderAll() {
  const ids = existsSync(results) ? readdirSync(results).map((name) => name.replace('.json', '')) : [];
  const all = ids.toSorted(inOrder).map((id) => JSON.parse(readFileSync(join(results, `${id}.json`), 'utf8')));
  writeFileSync(
    join(root, 'docs/benchmarks.md'),
    `${[introduction, overview(all), ...all.map(section)].join('\n\n')}\n`,
  );
}

const introduction = `# Benchmarks

Rendered by \`npm run bench\` from \`bench/results/*.json\`; do not edit. What holds each figure back is written in
\`bench/notes/<id>.md\` and shown here.

Only ratios mean anything on another machine: both sides run on the same machine in one run, turn by turn, after a
round that is cut as warm-up. A ratio is taken round by round; the table has the median and the worst round. Servers, load
generators and PostgreSQL (with full durability) share the machine's cores. A benchmark is never a test: nothing fails when
a figure falls, somebody looks.

\`npm run bench\` lists them, \`npm run bench -- G11\` measures and writes, \`--quick\` only looks.`;

const overview = (all) =>
  [
    '| id | what | ours | base | ratio | worst round | floor | stretch |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...all.map(
      ({ id, what, ours, base, ratio, floor, stretch, better }) =>
        `| [${id}](#${id.toLowerCase()}) | ${what} | ${shown(ours)} | ${base ? shown(base) : '–'} | ${ratio?.median ?? '–'} | ${
          ratio?.worst ?? worstShown({ ours }, better)
        } | ${floor ?? '–'} | ${stretch ?? '–'} |`,
    ),
  ].join('\n');

function section(result) {
  const [, ...lines] = linesOf(result);
  const notes = join(import.meta.dirname, 'notes', `${result.id}.md`);
  const { cores, memoryGb, system } = result.machine;
  return [
    `## ${result.id}\n\n${result.what}.${result.base ? ` Base: ${result.base.what}.` : ''}`,
    [
      '| figure | ours | base | ratio | worst round |',
      '| --- | --- | --- | --- | --- |',
      ...lines.map((line) => `| ${line.join(' | ')} |`),
    ].join('\n'),
    `Measured ${result.at.slice(0, 10)} on ${cores} cores and ${memoryGb} GB (${system}), ${result.ours.rounds.length} rounds; ${pairs(result.versions)}.\nSettings: ${pairs(result.settings)}.`,
    existsSync(notes) ? readFileSync(notes, 'utf8').trim() : '',
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

const pairs = (values) =>
  Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
