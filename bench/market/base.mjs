// The other side of grabs: pgbench calls one prepared function for each, with the same effects in the same tables.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { banks, needs, pairsThere } from './pairs.mjs';

/** pgbench on the PATH, or the newest that Debian keeps beside its server. */
export function findPgbench() {
  const home = '/usr/lib/postgresql';
  const kept = existsSync(home) ? readdirSync(home).toSorted((a, b) => Number(b) - Number(a)) : [];
  const found = ['pgbench', ...kept.map((version) => `${home}/${version}/bin/pgbench`)].find(answers);
  if (!found) throw new Error('pgbench is needed: apt install postgresql-contrib, or any PostgreSQL with its tools');
  return found;
}

function answers(program) {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Counters, grab, audit, outbox and idempotency as the lane writes them; limits, places and the key are checked. */
export async function addBase(owner) {
  await owner.query(readFileSync(join(import.meta.dirname, 'grab.sql'), 'utf8'));
}

const script = `\\set number :first + :n * :clients + :client_id
\\set n :n + 1
\\set need (:number * 7919) % ${needs}
\\set bank (:need + :number / ${needs}) % ${banks}
\\set manager :number % (2 + :bank % 9)
select bench.grab(:number, :need, :bank, :manager);
`;

/** The same pins as the lane's own connection. */
const pins = '-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c enable_hashjoin=off -c jit=off';

/** @returns grabs a second, and how many pair numbers were used up */
export async function runBase({ pgbench, ownerUrl, home, clients, seconds, first }) {
  const file = join(home, 'grab.sql');
  writeFileSync(file, script);
  const { stdout } = await promisify(execFile)(
    pgbench,
    ['-n', '-M', 'prepared', '-f', file, '-c', String(clients), '-j', '2', '-T', String(seconds)]
      .concat(['-D', 'n=0', '-D', `first=${first}`, '-D', `clients=${clients}`])
      .concat([ownerUrl]),
    { env: { ...process.env, PGOPTIONS: pins } },
  );
  const rate = Number(/tps = ([\d.]+)/.exec(stdout)[1]);
  const done = Number(/actually processed: (\d+)/.exec(stdout)[1]);
  // Clients do not go in step: the fastest may be well ahead of the average.
  const used = Math.ceil(done * 1.5) + 1_000;
  if (first + used > pairsThere) throw new Error('no pair of need and bank is left: fewer rounds or seconds, please');
  return { rate, used };
}
