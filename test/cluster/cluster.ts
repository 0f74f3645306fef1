import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';

import { until } from './until.js';

interface Processes {
  url?: string;
  /** `link`: the cable of a process that has a network namespace of its own. */
  services: Record<string, { name: string; address: string; metrics: string; link?: string }[]>;
  stores: { postgres: string; kafka: string };
  pids: Record<string, number>;
}

/** Elasticsearch and Kafka take a quarter of a minute alone, and many times that on a machine that does other things. */
const startMs = (name: string): number => (['elasticsearch', 'kafka'].includes(name) ? 400_000 : 120_000);

/** Room for the broker's log on a disk of its own, which a test can fill; undefined where nothing may be mounted. */
export interface SmallDisk {
  folder: string;
  fill(): void;
  free(): void;
  unmount(): void;
}

/** `npm run cluster` with two copies of each service, as a test sees it: its address, and processes that it may kill. */
export class TestCluster {
  private constructor(
    private readonly process: ChildProcess,
    private readonly home: string,
    private readonly said: string[],
    readonly disk: SmallDisk | undefined,
  ) {}

  static readonly password = 'Cluster-2026-test';

  /** `traces`: where an OTLP receiver of this machine listens. */
  static async start(traces = ''): Promise<TestCluster> {
    const home = mkdtempSync(join(tmpdir(), 'xinqiao-cluster-'));
    const mounted = mountSmallDisk(join(home, 'disk'));
    const settings = {
      DATA_DIR: home,
      PORT: '0',
      CLUSTER_COPIES: '2',
      DEMO: 'city',
      DEMO_ENTERPRISES: '20',
      DEMO_PASSWORD: TestCluster.password,
      LOG_LEVEL: 'warn',
      CLUSTER_NETWORK: '1',
      // Only what a caller begins is traced: a trace of its own for every poll would be all that there is.
      OTEL_EXPORTER_OTLP_ENDPOINT: traces,
      OTEL_TRACES_SAMPLER_ARG: '0',
      // Own settings of the run are for the servers of other tests.
      KAFKA_BROKERS: '',
      DATABASE_URL: '',
      ...(mounted && { CLUSTER_KAFKA_LOG_DIR: mounted.folder }),
    };
    const child = spawn(process.execPath, ['scripts/cluster.mjs'], {
      // The channel tells it when we die.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: { ...process.env, ...settings },
    });
    const said: string[] = [];
    for (const stream of [child.stdout!, child.stderr!])
      stream.setEncoding('utf8').on('data', (text: string) => void said.push(text));
    const cluster = new TestCluster(child, home, said, mounted);
    await until(() => cluster.isReady(), 'the cluster is ready', 480_000);
    return cluster;
  }

  get url(): string {
    return this.processes().url!;
  }

  get brokers(): string {
    return this.processes().stores.kafka;
  }

  /** Names of the copies of all services. */
  copies(): string[] {
    return this.all().map(({ name }) => name);
  }

  /** Runs SQL as the superuser, on a connection of its own: the server may just have been killed. */
  async query<R extends object = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<R[]> {
    const client = new pg.Client({ connectionString: this.processes().stores.postgres });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<R>(sql, values)).rows;
    } finally {
      await client.end();
    }
  }

  /** Ends a process without a farewell and waits until another one stands in its place. */
  async kill(name: string, signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const before = this.processes().pids[name]!;
    // Elasticsearch's launcher would leave the server behind.
    const { stdout } = spawnSync('pgrep', ['-P', String(before)], { encoding: 'utf8' });
    process.kill(before, signal);
    if (name === 'elasticsearch')
      for (const pid of stdout.split('\n').filter(Boolean)) process.kill(Number(pid), signal);
    await until(() => this.processes().pids[name] !== before, `${name} is started again`, startMs(name));
    await until(() => this.answers(name), `${name} answers`, 120_000);
  }

  /**
   * Pulls the cables of some copies for a while: no connection is closed, but nothing comes through. False where this
   * machine knows no network namespaces.
   */
  async cutOff(names: string[], meanwhile: () => Promise<void>): Promise<boolean> {
    const links = this.all().flatMap(({ name, link }) => (names.includes(name) && link ? [link] : []));
    if (links.length === 0) return false;
    const turn = (to: 'up' | 'down'): void => {
      for (const link of links) execFileSync('ip', ['link', 'set', link, to]);
    };
    turn('down');
    try {
      await meanwhile();
    } finally {
      turn('up');
    }
    for (const name of names) await until(() => this.answers(name), `${name} answers again`, 120_000);
    return true;
  }

  /** What every process says of itself. */
  async metrics(): Promise<string[]> {
    const copies = Object.values(this.processes().services).flat();
    return Promise.all(copies.map(async ({ metrics }) => (await fetch(metrics)).text()));
  }

  async stop(): Promise<void> {
    const gone = new Promise((done) => this.process.once('exit', done));
    this.process.kill('SIGTERM');
    await gone;
    this.disk?.unmount();
    rmSync(this.home, { recursive: true, force: true });
  }

  private processes(): Processes {
    return JSON.parse(readFileSync(join(this.home, 'cluster/cluster.json'), 'utf8'));
  }

  private all(): { name: string; link?: string }[] {
    return Object.values(this.processes().services).flat();
  }

  private isReady(): boolean {
    if (this.process.exitCode !== null) throw new Error(`the cluster did not start:\n${this.said.join('')}`);
    return this.said.join('').includes('\nready http');
  }

  private async answers(name: string): Promise<boolean> {
    const [service, copy] = Object.entries(this.processes().services)
      .flatMap(([key, copies]) => copies.map((each) => [key, each] as const))
      .find(([, each]) => each.name === name) ?? [undefined, undefined];
    if (!copy) return true;
    const answer = await fetch(`${copy.address}/api/${service}/health/ready`).catch(() => undefined);
    return answer?.ok === true;
  }
}

/** 256 MB of memory as a disk: enough for the broker's log of a test, and quickly full. */
function mountSmallDisk(folder: string): SmallDisk | undefined {
  mkdirSync(folder);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m', 'none', folder], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  const filler = join(folder, 'filler');
  return {
    folder: join(folder, 'log'),
    unmount: () => void execFileSync('umount', ['--lazy', folder]),
    fill: () => {
      try {
        for (let at = 0; ; at += 1) writeFileSync(`${filler}-${at}`, Buffer.alloc(1_000_000));
      } catch {
        // Full, as was wanted.
      }
    },
    free: () => void execFileSync('sh', ['-c', `rm -f ${filler}-*`]),
  };
}
