// A small cluster that is made to be killed: real Kafka and PostgreSQL, marketplace and supervision as processes of their own,
// kept alive by scripts/cluster.mjs.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import pg from 'pg';

const startMs = 300_000;
const againMs = 180_000;

/** @param {{ copies: number, settings?: Record<string, string> }} wish */
export async function withHouse({ copies, settings = {} }, work) {
  const home = mkdtempSync(join(tmpdir(), 'xinqiao-bench-'));
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../scripts/cluster.mjs')], {
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: { ...process.env, ...settingsOf(home, copies), ...settings },
  });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text) => (said = (said + text).slice(-100_000)));
  const house = new House(home);
  try {
    await until(() => {
      if (child.exitCode !== null) throw new Error(`the cluster did not start:\n${said}`);
      return said.includes('\nready http');
    }, startMs);
    return await work(house);
  } finally {
    await house.close();
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    if (child.exitCode === null) await ended;
    rmSync(home, { recursive: true, force: true });
  }
}

const settingsOf = (home, copies) => ({
  DATA_DIR: home,
  PORT: '0',
  DEMO: 'none',
  LOG_LEVEL: 'error',
  CLUSTER_COPIES: String(copies),
  CLUSTER_SERVICES: 'marketplace,supervision',
  CLUSTER_ELASTICSEARCH: '0',
  KAFKA_BROKERS: '',
  DATABASE_URL: '',
});

export class House {
  constructor(home) {
    this.home = home;
    const url = this.state.stores?.postgres;
    this.url = url;
  }

  /** Absent until the first process has started. */
  get state() {
    try {
      return JSON.parse(readFileSync(join(this.home, 'cluster/cluster.json'), 'utf8'));
    } catch {
      return {};
    }
  }

  /** The owner's pool; connections that were killed are replaced. */
  get owner() {
    this.pool ??= new pg.Pool({ connectionString: this.state.stores.postgres, max: 4 }).on('error', () => undefined);
    return this.pool;
  }

  async close() {
    await this.pool?.end();
  }

  portOf(name) {
    if (name === 'front') return Number(new URL(this.state.url).port);
    const copy = Object.values(this.state.services)
      .flat()
      .find((each) => each.name === name);
    return Number(new URL(copy.address).port);
  }

  /** Kills a process and waits until another one stands in its place and takes work. */
  async renew(name, signal = 'SIGKILL') {
    const before = this.state.pids[name];
    process.kill(before, signal);
    await until(() => (this.state.pids[name] ?? before) !== before, againMs);
    await until(() => this.takesWork(name), againMs);
  }

  async takesWork(name) {
    const service = name.replace(/-\d+$/, '');
    if (!this.state.services[service]) return true;
    const url = `http://127.0.0.1:${this.portOf(name)}/api/${service}/health/ready`;
    const answer = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    return answer?.ok === true;
  }
}

export async function until(what, timeoutMs = againMs) {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await what())) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain: ${what}`);
    await pause(50);
  }
}
