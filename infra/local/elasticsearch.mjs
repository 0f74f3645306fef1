// A real Elasticsearch on one machine, without Docker: for the cluster on one machine, tests and benchmarks.
//   node infra/local/elasticsearch.mjs [--port 9200] [--data <folder>] [--heap 1g] [--prepare]
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { cacheDir, elasticsearchHome, javaHome } from './elasticsearch-files.mjs';

/** A quarter of a minute on a machine of its own; many times that where tests share two cores. */
const startTimeoutMs = 400_000;
const stopTimeoutMs = 20_000;
/** The server refuses root: the account of nobody. */
const account = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/**
 * Starts the server on an empty or its own former folder; resolves when it answers.
 * @param {{ port?: number, host?: string, dataDir?: string, heap?: string, say?: (line: string) => void }} options
 */
export async function startElasticsearch({ port, host = '127.0.0.1', dataDir, heap = '1g', say = () => {} } = {}) {
  const home = elasticsearchHome(say);
  const java = javaHome();
  const http = port ?? (await freePort());
  const transport = await freePort();
  const data = reachable(resolve(dataDir ?? join(cacheDir(), `elasticsearch-data-${http}`)));
  await endOrphan(data);
  configure({ home, data, host, http, transport, heap });
  const server = launch({ home, java, data });
  writeFileSync(join(data, 'server.pid'), String(server.pid));
  const ended = new Promise((done) => server.once('exit', done));
  const url = `http://${host}:${http}`;
  try {
    await ready(url, server, data);
  } catch (error) {
    endTree(server.pid, 'SIGKILL');
    throw error;
  }
  return {
    url,
    port: http,
    pid: server.pid,
    dataDir: data,
    ended,
    /** Without a farewell, as a lost machine. */
    async kill() {
      endTree(server.pid, 'SIGKILL');
      await ended;
    },
    async stop() {
      if (server.exitCode !== null || server.signalCode !== null) return;
      server.kill('SIGTERM');
      const late = setTimeout(() => endTree(server.pid, 'SIGKILL'), stopTimeoutMs);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Root's folders are often closed to nobody: then the data lies elsewhere, at the same place for the same folder. */
function reachable(data) {
  if (!account.uid) return data;
  const open = (folder) => !existsSync(folder) || (statSync(folder).mode & 0o001) !== 0;
  for (let folder = dirname(data); ; folder = dirname(folder)) {
    if (!open(folder)) break;
    if (folder === dirname(folder)) return data;
  }
  const name = createHash('sha256').update(data).digest('hex').slice(0, 12);
  return join('/var/tmp', `xinqiao-elasticsearch-${name}`);
}

/** Written anew at each start, so that a folder can be used with other settings. */
function configure({ home, data, host, http, transport, heap }) {
  const config = join(data, 'config');
  for (const folder of ['config', 'tmp', 'data', 'logs']) mkdirSync(join(data, folder), { recursive: true });
  copyFileSync(join(home, 'config/log4j2.properties'), join(config, 'log4j2.properties'));
  const settings = {
    'cluster.name': 'xinqiao-local',
    'node.name': 'one',
    'path.data': join(data, 'data'),
    'path.logs': join(data, 'logs'),
    'http.host': host,
    'transport.host': '127.0.0.1',
    'http.port': http,
    'transport.port': transport,
    'discovery.type': 'single-node',
    // A developer's full disk must not make the index read-only.
    'cluster.routing.allocation.disk.threshold_enabled': false,
    'xpack.security.enabled': false,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name}: ${value}\n`);
  writeFileSync(join(config, 'elasticsearch.yml'), lines.join(''));
  const jvm = [
    '-Xms256m',
    `-Xmx${heap}`,
    '-XX:+UseG1GC',
    '-XX:-AlwaysPreTouch',
    `-Djava.io.tmpdir=${join(data, 'tmp')}`,
  ];
  writeFileSync(join(config, 'jvm.options'), `${jvm.join('\n')}\n`);
  if (account.uid) spawnSync('chown', ['-R', `${account.uid}:${account.gid}`, data]);
}

/** The launcher's binary is for another processor: its Java class does the same. It wants stdin to stay open. */
function launch({ home, java, data }) {
  const log = openSync(join(data, 'console.log'), 'w');
  const folder = join(home, 'lib/tools/server-launcher');
  const jars = readdirSync(folder).filter((name) => name.endsWith('.jar'));
  return spawn(
    join(java, 'bin/java'),
    [
      '-Xmx64m',
      '-XX:+UseSerialGC',
      '-cp',
      jars.map((name) => join(folder, name)).join(':'),
      'org.elasticsearch.server.launcher.ServerLauncher',
    ],
    { cwd: home, env: environment({ home, java, data }), ...account, stdio: ['pipe', log, log] },
  );
}

const environment = ({ home, java, data }) => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LANG: 'C.UTF-8',
  HOME: data,
  ES_TMPDIR: join(data, 'tmp'),
  LIBFFI_TMPDIR: join(data, 'tmp'),
  ES_PATH_CONF: join(data, 'config'),
  ES_JAVA_HOME: java,
  ES_HOME: home,
  JAVA: join(java, 'bin/java'),
  JAVA_TYPE: 'ES_JAVA_HOME',
  ES_DISTRIBUTION_TYPE: 'tar',
});

async function ready(url, server, data) {
  const giveUpAt = Date.now() + startTimeoutMs;
  while (!(await answers(url))) {
    if (server.exitCode !== null || server.signalCode !== null || Date.now() > giveUpAt) {
      const lines = readFileSync(join(data, 'console.log'), 'utf8').trimEnd().split('\n');
      throw new Error(`Elasticsearch did not start:\n${lines.slice(-15).join('\n')}`);
    }
    await pause(200);
  }
}

async function answers(url) {
  const health = await fetch(`${url}/_cluster/health?wait_for_status=yellow&timeout=1s`)
    .then((answer) => answer.json())
    .catch(() => null);
  return health?.status === 'yellow' || health?.status === 'green';
}

/** After a kill -9 of whoever started it the server lives on and holds its folder. */
async function endOrphan(data) {
  const file = join(data, 'server.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  if (isOurs(pid)) {
    endTree(pid, 'SIGKILL');
    while (isOurs(pid)) await pause(50);
  }
  rmSync(file, { force: true });
}

const isOurs = (pid) => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('elasticsearch');
  } catch {
    return false;
  }
};

/** The launcher and the server that it started. */
function endTree(pid, signal) {
  const { stdout } = spawnSync('ps', ['-o', 'pid=', '--ppid', String(pid)], { encoding: 'utf8' });
  const children = (stdout ?? '').split('\n').map(Number).filter(Boolean);
  for (const one of [...children, pid])
    try {
      process.kill(one, signal);
    } catch {
      // It has ended already, which is what was wanted.
    }
}

function freePort() {
  return new Promise((done, fail) => {
    const probe = createServer().once('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

async function main() {
  const option = (name) => {
    const at = process.argv.indexOf(`--${name}`);
    return at < 0 ? undefined : process.argv[at + 1];
  };
  const say = (line) => console.error(line);
  if (process.argv.includes('--prepare')) {
    console.log(elasticsearchHome(say));
    return;
  }
  const port = Number(option('port') ?? 9200);
  const server = await startElasticsearch({ port, dataDir: option('data'), heap: option('heap'), say });
  console.log(`ready ${server.url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.stop());
  process.exitCode = (await server.ended) ?? 0;
}

if (import.meta.filename === process.argv[1]) await main();
