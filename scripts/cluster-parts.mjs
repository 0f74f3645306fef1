// Processes of a cluster on one machine: kept alive, found again after a restart at the same address, ended together.
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { node, root } from './toolchain.mjs';

const againMs = 500;
/** A process that does not even start is not started for ever. */
const failuresMax = 20;
const endTimeoutMs = 30_000;

/** Something that runs until it is stopped, and is started again when it ends by itself. */
export class Kept {
  stopping = false;
  failures = 0;

  /**
   * @param {string} name
   * @param {() => Promise<{ pid: number, ended: Promise<unknown>, stop: () => Promise<unknown> }>} launch
   * @param {(line: string) => void} say
   */
  constructor(name, launch, say) {
    Object.assign(this, { name, launch, say });
  }

  async start() {
    this.now = await this.launch();
    void this.keep();
    return this.now;
  }

  get pid() {
    return this.now?.pid;
  }

  async stop() {
    this.stopping = true;
    await this.now?.stop();
  }

  async keep() {
    for (;;) {
      await this.now.ended;
      if (this.stopping) return;
      this.say(`${this.name} ended; starting it again`);
      await this.again();
      if (this.stopping) return;
    }
  }

  async again() {
    while (!this.stopping) {
      await pause(againMs);
      try {
        this.now = await this.launch();
        this.failures = 0;
        this.onStarted?.();
        return;
      } catch (error) {
        this.failures += 1;
        if (this.failures >= failuresMax) this.stopping = true;
        this.say(`${this.name} does not start: ${error.message}`);
      }
    }
  }
}

/**
 * A Node 24 process of ours, which notices when we die; what it says goes to a file of its own.
 * @returns {Promise<{ pid: number, ended: Promise<number | null>, stop: () => Promise<unknown> }>} when `line` was said, or at once
 */
export async function process24({ args, settings, log, line, within = (command) => command, timeoutMs = 120_000 }) {
  const out = openSync(log, 'a');
  const [command, ...rest] = within([node(), '--enable-source-maps', ...args]);
  const child = spawn(command, rest, {
    cwd: root,
    stdio: ['ignore', out, out, 'ipc'],
    env: { ...process.env, ...settings, NODE_OPTIONS: '' },
    // Ctrl-C in the terminal reaches us alone: we end our processes in the right order.
    detached: true,
  });
  closeSync(out);
  let over = false;
  const ended = new Promise((done) =>
    child.once('exit', (code) => {
      over = true;
      done(code);
    }),
  );
  const stop = async () => {
    if (over) return;
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), endTimeoutMs);
    await ended;
    clearTimeout(late);
  };
  if (line) await said(log, line, () => over, timeoutMs);
  return { pid: child.pid, ended, stop };
}

/** Waits for a line of a log, from where it ends now. */
async function said(log, line, hasEnded, timeoutMs) {
  const from = readFileSync(log, 'utf8').length;
  const giveUpAt = Date.now() + timeoutMs;
  while (!readFileSync(log, 'utf8').slice(from).includes(line)) {
    if (hasEnded() || Date.now() > giveUpAt) {
      const tail = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-10).join('\n');
      throw new Error(`no "${line}":\n${tail}`);
    }
    await pause(50);
  }
}

/** Resolves when an address answers 200. */
export async function answering(url, timeoutMs = 120_000) {
  const giveUpAt = Date.now() + timeoutMs;
  for (;;) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    if (answer?.ok) return;
    if (Date.now() > giveUpAt) throw new Error(`${url} is not ready: ${(await answer?.text()) ?? 'no answer'}`);
    await pause(100);
  }
}

/** Free ports, all different. */
export async function freePorts(count) {
  const probes = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise((done) =>
          createServer().listen(0, '127.0.0.1', function listening() {
            done(this);
          }),
        ),
    ),
  );
  const ports = probes.map((probe) => probe.address().port);
  await Promise.all(probes.map((probe) => new Promise((done) => probe.close(done))));
  return ports;
}

/** The folder of a cluster: its stores, logs, keys, and who runs it. */
export class Home {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(join(folder, 'logs'), { recursive: true });
    const owner = this.read('cluster.json')?.owner;
    if (owner && owner !== process.pid && isCluster(owner))
      throw new Error(`already running: process ${owner} uses ${folder}`);
  }

  log = (name) => join(this.folder, 'logs', `${name}.log`);

  read(name) {
    try {
      return JSON.parse(readFileSync(join(this.folder, name), 'utf8'));
    } catch {
      return undefined;
    }
  }

  /** Whole or not at all: somebody may just be reading it. */
  write(name, value) {
    const file = join(this.folder, name);
    writeFileSync(`${file}.new`, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

function isCluster(pid) {
  try {
    return process.kill(pid, 0) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('cluster.mjs');
  } catch {
    return false;
  }
}
