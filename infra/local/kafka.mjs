// A real Apache Kafka (KRaft, one node) on one machine, without Docker: for the cluster on one machine and for tests.
//   node infra/local/kafka.mjs [--port 9092] [--data <folder>] [--heap 384m] [--prepare]
import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** Ten seconds on a machine of its own, and many times that where tests share two cores. */
const startTimeoutMs = 240_000;
const stopTimeoutMs = 15_000;
/** Any identity will do: the cluster is this one node. */
const clusterId = 'eGlucWlhby1sb2NhbC0wMQ';
const ours = (name) => join(import.meta.dirname, 'kafka', name);

/** The folder with Kafka's jars; Maven fetches them (43 MB, once a machine) when they are not there yet. */
export function kafkaJars(say = () => {}) {
  const pom = ours('pom.xml');
  const version = createHash('sha256').update(readFileSync(pom)).digest('hex').slice(0, 12);
  const jars = join(homedir(), '.cache', 'xinqiao', `kafka-${version}`);
  if (existsSync(jars)) return jars;
  say('fetching Apache Kafka (43 MB, once a machine)');
  // Under another name until it is whole: two starts that meet do no harm.
  const unready = `${jars}.${process.pid}`;
  const goal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
  try {
    execFileSync('mvn', ['-q', '-B', '-f', pom, goal, '-DincludeScope=runtime', `-DoutputDirectory=${unready}`], {
      stdio: ['ignore', 2, 2],
    });
    if (!existsSync(jars)) renameSync(unready, jars);
  } finally {
    rmSync(unready, { recursive: true, force: true });
  }
  return jars;
}

/**
 * Starts the broker on an empty folder or its own former one; resolves when it answers. A folder keeps its port.
 * With `secured` it has a second address that asks for a name and password (SCRAM or PLAIN) behind TLS, as sources have it:
 * `pem` is a file with private key and certificate.
 * @param {{ port?: number, host?: string, dataDir?: string, logDir?: string, heap?: string, say?: (line: string) => void,
 *   secured?: { pem: string, name: string, password: string } }} options
 */
export async function startKafka({ port, host = '127.0.0.1', dataDir, logDir, heap = '384m', say, secured } = {}) {
  const jars = kafkaJars(say);
  const data = resolve(dataDir ?? join(tmpdir(), 'xinqiao-kafka'));
  mkdirSync(data, { recursive: true });
  await endOrphan(data);
  const address = await configure({ data, logDir: logDir ?? join(data, 'log'), host, wanted: port, secured });
  const java = [`-Dlog4j2.configurationFile=${ours('log4j2.properties')}`, '-cp', `${jars}/*`];
  format(data, java, secured);
  if (await answers(host, address)) throw new Error(`port ${address} is served by another Kafka already`);
  const broker = launch(data, [`-Xmx${heap}`, '-Xms128m', '-XX:+UseSerialGC', '-Djava.awt.headless=true', ...java]);
  writeFileSync(join(data, 'broker.pid'), String(broker.pid));
  const ended = new Promise((done) => broker.once('exit', done));
  const hasEnded = () => broker.exitCode !== null || broker.signalCode !== null;
  try {
    await ready(() => answers(host, address), hasEnded, data);
  } catch (error) {
    broker.kill('SIGKILL');
    throw error;
  }
  return {
    brokers: `${host}:${address}`,
    secured: secured && securedAddress(data),
    port: address,
    pid: broker.pid,
    dataDir: data,
    ended,
    /** Without a farewell, as a lost machine. */
    async kill() {
      broker.ref();
      broker.kill('SIGKILL');
      await ended;
    },
    async stop() {
      if (hasEnded()) return;
      broker.ref();
      broker.kill('SIGTERM');
      const late = setTimeout(() => broker.kill('SIGKILL'), stopTimeoutMs);
      await ended;
      clearTimeout(late);
    },
  };
}

/** Written once per folder, so that a restart is found at the same address. */
async function configure({ data, logDir, host, wanted, secured }) {
  const file = join(data, 'server.properties');
  if (existsSync(file)) return Number(/^listeners=PLAINTEXT:\/\/[\d.]+:(\d+)/m.exec(readFileSync(file, 'utf8'))[1]);
  const port = wanted ?? (await freePort());
  const controller = await freePort();
  const settings = {
    'process.roles': 'broker,controller',
    'node.id': 1,
    'controller.quorum.voters': `1@127.0.0.1:${controller}`,
    listeners: `PLAINTEXT://${host}:${port},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': `PLAINTEXT://${host}:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT',
    'log.dirs': logDir,
    'metadata.log.dir': join(data, 'metadata'),
    // Topics are made by the program, with the partitions and the retention of libs/contracts.
    'auto.create.topics.enable': false,
    // There is one node to keep copies on.
    'offsets.topic.replication.factor': 1,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.replication.factor': 1,
    'transaction.state.log.min.isr': 1,
    'transaction.state.log.num.partitions': 4,
    'share.coordinator.state.topic.replication.factor': 1,
    'share.coordinator.state.topic.min.isr': 1,
    'group.initial.rebalance.delay.ms': 0,
    // After a kill the next start waits so long until it may serve; shorter, and a busy machine shuts a good broker out.
    'broker.session.timeout.ms': 9_000,
    'broker.heartbeat.interval.ms': 500,
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    'log.segment.bytes': 67_108_864,
    'num.network.threads': 2,
    'num.io.threads': 4,
  };
  if (secured) secure(settings, { host, port: await freePort(), ...secured });
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}\n`);
  writeFileSync(file, lines.join(''));
  return port;
}

function secure(settings, { host, port, pem, name, password }) {
  const listener = 'listener.name.sasl_ssl';
  const module = (kind) => `org.apache.kafka.common.security.${kind} required`;
  settings.listeners += `,SASL_SSL://${host}:${port}`;
  settings['advertised.listeners'] += `,SASL_SSL://${host}:${port}`;
  settings['listener.security.protocol.map'] += ',SASL_SSL:SASL_SSL';
  Object.assign(settings, {
    [`${listener}.ssl.keystore.type`]: 'PEM',
    [`${listener}.ssl.keystore.location`]: pem,
    [`${listener}.sasl.enabled.mechanisms`]: 'SCRAM-SHA-512,PLAIN',
    [`${listener}.scram-sha-512.sasl.jaas.config`]: `${module('scram.ScramLoginModule')};`,
    [`${listener}.plain.sasl.jaas.config`]: `${module('plain.PlainLoginModule')} user_${name}="${password}";`,
  });
}

const securedAddress = (data) =>
  /,SASL_SSL:\/\/([\d.:]+)/.exec(readFileSync(join(data, 'server.properties'), 'utf8'))[1];

function format(data, java, secured) {
  const mark = join(data, 'formatted');
  if (existsSync(mark)) return;
  const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', ...java];
  const properties = join(data, 'server.properties');
  const scram = secured ? ['--add-scram', `SCRAM-SHA-512=[name=${secured.name},password=${secured.password}]`] : [];
  execFileSync('java', [...quick, 'kafka.tools.StorageTool', 'format', '-t', clusterId, '-c', properties, ...scram]);
  writeFileSync(mark, '');
}

/** Detached: Ctrl-C in the terminal must not reach it before its clients. On Linux it ends when we are killed. */
function launch(data, flags) {
  const log = openSync(join(data, 'broker.log'), 'a');
  const command = ['java', ...flags, 'kafka.Kafka', join(data, 'server.properties')];
  if (process.platform === 'linux') command.unshift('setpriv', '--pdeathsig', 'KILL');
  const broker = spawn(command[0], command.slice(1), { stdio: ['ignore', log, log], detached: true });
  broker.unref();
  return broker;
}

async function ready(answering, hasEnded, data) {
  const giveUpAt = Date.now() + startTimeoutMs;
  while (!(await answering())) {
    if (hasEnded() || Date.now() > giveUpAt) {
      const lines = readFileSync(join(data, 'broker.log'), 'utf8').trimEnd().split('\n');
      throw new Error(`Kafka did not start:\n${lines.slice(-15).join('\n')}`);
    }
    await pause(50);
  }
}

/** One ApiVersions request: it is answered as soon as the broker may serve, and not before. */
function answers(host, port) {
  return new Promise((done) => {
    const socket = connect(port, host);
    const end = (value) => {
      socket.destroy();
      done(value);
    };
    socket.setTimeout(1_000, () => end(false));
    socket.on('error', () => end(false)).on('close', () => end(false));
    socket.on('connect', () => socket.write(Buffer.from('0000000a0012000000000001ffff', 'hex')));
    socket.once('data', (bytes) => end(bytes.length >= 10 && bytes.readInt32BE(4) === 1 && bytes.readInt16BE(8) === 0));
  });
}

/** After a kill -9 of whoever started it, a broker may live on and hold the folder. */
async function endOrphan(data) {
  const file = join(data, 'broker.pid');
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  if (isOurs(pid, data)) {
    process.kill(pid, 'SIGKILL');
    while (isOurs(pid, data)) await pause(20);
  }
  rmSync(file);
}

function isOurs(pid, data) {
  try {
    const linux = process.platform === 'linux';
    const command = linux
      ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      : execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' });
    return command.includes(join(data, 'server.properties'));
  } catch {
    return false;
  }
}

function freePort() {
  const probe = createServer();
  return new Promise((done, fail) => {
    probe.once('error', fail).listen(0, '127.0.0.1', () => {
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
    console.log(kafkaJars(say));
    return;
  }
  const port = Number(option('port') ?? 9092);
  const broker = await startKafka({ port, dataDir: option('data'), heap: option('heap'), say });
  console.log(`ready ${broker.brokers}`);
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => {
      stopping = true;
      void broker.stop();
    });
  const alive = setInterval(() => {}, 60_000);
  await broker.ended;
  clearInterval(alive);
  process.exitCode = stopping ? 0 : 1;
}

if (import.meta.filename === process.argv[1]) await main();
