import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { figure, pluck, round } from './measure.mjs';
import { freePort, stop } from './processes.mjs';

const root = join(import.meta.dirname, '..');
const givenUpMs = 600_000;

export const bench = {
  what: 'first start: fresh clone of what is committed to `ready` with the demo city, npm’s own cache warm',
  floor: 120,
  stretch: 75,
  better: 'less',
  async run({ quick, rounds = quick ? 0 : 5 }) {
    const seen = [];
    // The first one fills npm's cache and is cut.
    for (let turn = 0; turn <= rounds; turn += 1) {
      const parts = await firstStart();
      console.log(`${turn === 0 ? 'warm-up' : `round ${turn}`}  ${JSON.stringify(parts)}`);
      if (turn > 0 || quick) seen.push(parts);
    }
    return {
      ours: { unit: 's', rounds: pluck(seen, 'total').map(round) },
      base: null,
      ratio: null,
      also: ['npm ci', 'services', 'portal', 'postgres', 'city'].map((part) => figure(part, 's', pluck(seen, part))),
      settings: {
        command: 'npm start',
        node: execFileSync('node', ['-v'], { env: outside(), encoding: 'utf8' }).trim(),
      },
    };
  },
};

/** As a newcomer's shell sees it: without this checkout's own Node and npm settings. */
function outside() {
  const own = join(root, 'node_modules', '.bin');
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_|^NODE_|_DATABASE_URL$|^DATA_DIR$|^DEMO/i.test(name),
  );
  const path = process.env.PATH.split(delimiter).filter(
    (folder) => folder !== own && !/node_modules|node-gyp-bin/.test(folder),
  );
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter) };
}

async function firstStart() {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-first-'));
  const home = join(folder, 'xinqiao');
  execFileSync('git', ['clone', '--quiet', '--no-hardlinks', root, home]);
  const began = performance.now();
  const child = spawn('npm', ['start'], {
    cwd: home,
    env: { ...outside(), PORT: String(await freePort()) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    return partsOf(await marksOf(child, home, began));
  } finally {
    await stop(child, 'SIGINT');
    rmSync(folder, { recursive: true, force: true });
  }
}

/** When each step was seen to begin, in seconds; steps that say nothing are seen by what they leave on disk. */
async function marksOf(child, home, began) {
  const marks = {};
  const mark = (name) => (marks[name] ??= (performance.now() - began) / 1_000);
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('building the services')) mark('services');
    if (line.startsWith('building the portal')) mark('portal');
    if (line.startsWith('ready http')) mark('ready');
  });
  while (marks.ready === undefined) {
    if (child.exitCode !== null) throw new Error(`npm start ended with ${child.exitCode}`);
    if (performance.now() - began > givenUpMs) throw new Error('not ready after ten minutes');
    if (existsSync(join(home, 'dist/.built-web'))) mark('built');
    if (marks.built && isServing(home)) mark('postgres');
    await pause(20);
  }
  return marks;
}

function isServing(home) {
  const file = join(home, '.data/postgres/postmaster.pid');
  return existsSync(file) && readFileSync(file, 'utf8').split('\n')[7]?.trim() === 'ready';
}

const partsOf = ({ services, portal, built, postgres, ready }) => ({
  total: ready,
  'npm ci': services,
  services: portal - services,
  portal: built - portal,
  postgres: postgres - built,
  city: ready - postgres,
});
