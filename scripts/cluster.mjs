// npm run cluster: real Kafka, Elasticsearch and PostgreSQL on this machine without Docker, every service as processes of
// its own (CLUSTER_COPIES of each), a front, and the demo city. Ctrl-C ends all.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { startKafka } from '../infra/local/kafka.mjs';
import { nginxConf } from '../infra/nginx/nginx-conf.mjs';
import { buildIfStale } from './build.mjs';
import { networkRange, openNetwork } from './cluster-network.mjs';
import { answering, freePorts, Home, Kept, process24 } from './cluster-parts.mjs';
import { ensureInstalled, root } from './toolchain.mjs';

const copies = Number(process.env.CLUSTER_COPIES || 1);
const poolMax = Number(process.env.DATABASE_POOL_MAX || 8);
/** Relay, listener and lanes of a copy come on top of its pool. */
const extraConnections = 6;
const say = (line) => console.log(line);
const kept = [];
const home = new Home(resolve(root, process.env.DATA_DIR || '.data', 'cluster'));
const state = { owner: process.pid, services: {} };
/** CLUSTER_NETWORK=1, for tests: every copy in a network namespace of its own, which can be cut off. */
const network = process.env.CLUSTER_NETWORK === '1' ? openNetwork() : undefined;
/** The tax bureau of the demo city listens on this machine alone, and ingestion pulls from it. */
const atHome = ['ingestion'];
const storeHost = network?.host ?? '127.0.0.1';
/** Beside the requests, metrics are served to the own machine alone, which a namespace is not. */
const metricsPort = 9_464;
let ending;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void end(0));
process.on('disconnect', () => void end(0));

try {
  await main();
} catch (error) {
  if (!ending) console.error(`npm run cluster: ${error.message}`);
  await end(1);
}

async function main() {
  ensureInstalled();
  buildIfStale();
  note();
  const names = servicesBuilt();
  const settings = { ...commonSettings(), ...(await startStores(names)) };
  Object.assign(settings, await fill(settings));
  const addresses = await startServices(names, settings);
  const url = await startFront(addresses, settings);
  await answering(`${url}/health/ready`);
  state.url = url;
  note();
  say(`ready ${url}`);
}

/** Last started, first ended: nobody loses what it needs before it has ended itself. */
function end(code) {
  ending ??= (async () => {
    const services = kept.filter(({ store }) => !store);
    for (const part of services.filter(({ front }) => front)) await part.stop();
    await Promise.all(services.map((part) => part.stop()));
    await Promise.all(kept.map((part) => part.stop()));
    network?.close();
    process.exit(code);
  })();
  return ending;
}

/** What a test or an operator wants to know of the processes; written anew when one was started again. */
function note() {
  const pids = Object.fromEntries(kept.map(({ name, pid }) => [name, pid]));
  home.write('cluster.json', { ...state, pids });
}

async function keep(name, launch, kind = {}) {
  if (ending) return new Promise(() => {});
  const part = Object.assign(new Kept(name, launch, say), kind, { onStarted: note });
  kept.push(part);
  const now = await part.start();
  note();
  return now;
}

/** Every service that was built, as a process can run it; CLUSTER_SERVICES=a,b: only these. */
function servicesBuilt() {
  const apps = join(root, 'dist/apps');
  const wanted = (process.env.CLUSTER_SERVICES ?? '').split(',').filter(Boolean);
  return readdirSync(apps)
    .filter((name) => existsSync(join(apps, name, 'src/data-source.js')))
    .filter((name) => wanted.length === 0 || wanted.includes(name));
}

function commonSettings() {
  return {
    DATA_DIR: home.folder,
    DATABASE_POOL_MAX: String(poolMax),
    HOST: '127.0.0.1',
    TRUST_PROXY: network ? 'loopback,uniquelocal' : 'loopback',
    DRAIN_MS: process.env.DRAIN_MS || '1000',
    LOG_LEVEL: process.env.LOG_LEVEL || 'info',
    OTEL_EXPORTER_OTLP_ENDPOINT: process.env.OTEL_EXPORTER_OTLP_ENDPOINT || '',
    DEMO: process.env.DEMO || 'city',
  };
}

async function startStores(names) {
  const [database, kafka, search] = await Promise.all([startDatabase(names.length), startBroker(), startSearch()]);
  state.stores = { postgres: database.url, kafka: kafka.KAFKA_BROKERS, elasticsearch: search.ELASTICSEARCH_URL };
  return { ...database.settings, ...kafka, ...search };
}

async function startDatabase(services) {
  const { startPostgres } = await import('./postgres.mjs');
  const { ensureDatabase, provision } = await import('./provision.mjs');
  const dataDir = join(home.folder, 'postgres');
  const connections = Math.max(
    150,
    30 + services * copies * (poolMax + extraConnections) + services * (10 + extraConnections),
  );
  let port;
  const also = network && { host: network.host, range: networkRange };
  const server = await keep('postgres', () => startPostgres({ dataDir, port, connections, also }), { store: true });
  port = server.port;
  await ensureDatabase(server.url(), 'xinqiao');
  const url = server.url('postgres', undefined, 'xinqiao');
  say(`PostgreSQL  127.0.0.1:${port}`);
  return { url, settings: await provision(url) };
}

async function startBroker() {
  const dataDir = join(home.folder, 'kafka');
  const logDir = process.env.CLUSTER_KAFKA_LOG_DIR;
  const broker = await keep('kafka', () => startKafka({ dataDir, logDir, host: storeHost, say }), { store: true });
  say(`Kafka       ${broker.brokers}`);
  return { KAFKA_BROKERS: broker.brokers };
}

/** Without it, searches are answered by PostgreSQL: CLUSTER_ELASTICSEARCH=0 says so, or a copy of the project without its part. */
async function startSearch() {
  const part = new URL('../infra/local/elasticsearch.mjs', import.meta.url);
  if (process.env.CLUSTER_ELASTICSEARCH === '0' || !existsSync(part)) return {};
  const { startElasticsearch } = await import(part.href);
  const [port] = await freePorts(1);
  const dataDir = join(home.folder, 'elasticsearch');
  const server = await keep(
    'elasticsearch',
    () => startElasticsearch({ port, dataDir, host: storeHost, heap: '512m', say }),
    {
      store: true,
    },
  );
  say(`Elasticsearch ${server.url}`);
  return { ELASTICSEARCH_URL: server.url };
}

/** Schemas in their order; with the demo city also all that is in it. */
async function fill(settings) {
  if (settings.DEMO !== 'city') {
    const migrating = await process24({
      args: ['dist/apps/standalone/src/migrate.js'],
      settings,
      log: home.log('migrate'),
    });
    if ((await migrating.ended) !== 0) throw new Error(`the schemas were not made, see ${home.log('migrate')}`);
    return {};
  }
  say('making the demo city (minutes at the first start)');
  const log = home.log('city');
  writeFileSync(log, '');
  const args = ['dist/apps/standalone/src/make-city.js'];
  const part = await process24({ args, settings, log, line: '\ncity ', timeoutMs: 60 * 60_000 });
  kept.push(Object.assign(new Kept('city', undefined, say), { now: part }));
  const lines = execFileSync('tail', ['-n', '100', log], { encoding: 'utf8' });
  for (const line of lines.split('\n')) if (/^demo |^ {2}\S/.test(line)) say(line);
  const [, url, key] = /\ncity (\S+) (\S+)/.exec(lines);
  return { TAX_BUREAU_URL: url, TAX_BUREAU_KEY: key };
}

/** The first copy of each makes what there is one of, such as keys; then come the others. */
async function startServices(names, settings) {
  const ports = await freePorts(names.length * copies);
  const addresses = {};
  for (let copy = 1; copy <= copies; copy += 1)
    await Promise.all(
      names.map(async (name) => {
        const port = ports.pop();
        const place = atHome.includes(name) ? undefined : network?.join(`${name}-${copy}`);
        const address = `http://${place?.address ?? '127.0.0.1'}:${port}`;
        (addresses[name] ??= []).push(address);
        const metrics = place ? `http://${place.address}:${metricsPort}/metrics` : `${address}/api/${name}/metrics`;
        (state.services[name] ??= []).push({ name: `${name}-${copy}`, address, metrics, link: place?.link });
        await keep(`${name}-${copy}`, () => startService(name, copy, { ...settings, PORT: String(port) }, place));
        await answering(`${address}/api/${name}/health/ready`);
      }),
    );
  return addresses;
}

function startService(name, copy, settings, place) {
  const args = [`dist/apps/${name}/src/main.js`];
  const separate = { HOST: place?.address, METRICS_PORT: String(metricsPort) };
  const own = place ? { ...reachableFrom(place, settings), ...separate } : settings;
  return process24({ args, settings: own, log: home.log(`${name}-${copy}`), within: place?.command });
}

/** From another namespace, this machine is not 127.0.0.1. */
function reachableFrom(place, settings) {
  const moved = ([name, value]) => [name, String(value).replaceAll('127.0.0.1', storeHost)];
  return Object.fromEntries(Object.entries(settings).map(moved));
}

/** nginx where it is installed, else our own front; the portal is our own front's in both cases. */
async function startFront(addresses, settings) {
  const port = Number(process.env.PORT || 8080) || (await freePorts(1))[0];
  const nginx = process.env.CLUSTER_NGINX === '0' ? undefined : nginxBinary();
  const [inner] = nginx ? await freePorts(1) : [port];
  const list = Object.entries(addresses).map(([name, urls]) => `${name}=${urls.join('|')}`);
  const own = { ...settings, PORT: String(inner), UPSTREAMS: list.join(',') };
  const args = ['dist/apps/standalone/src/cluster-front.js'];
  const launch = () => process24({ args, settings: own, log: home.log('front'), line: 'front http' });
  await keep('front', launch, { front: true });
  if (!nginx) return `http://127.0.0.1:${port}`;
  const conf = join(home.folder, 'nginx.conf');
  const hosts = Object.fromEntries(
    Object.entries(addresses).map(([name, urls]) => [name, urls.map((url) => new URL(url).host)]),
  );
  writeFileSync(
    conf,
    nginxConf({ services: hosts, portal: `127.0.0.1:${inner}`, listen: `127.0.0.1:${port}`, home: home.folder }),
  );
  await keep('nginx', () => startNginx(nginx, conf), { front: true });
  return `http://127.0.0.1:${port}`;
}

function nginxBinary() {
  const places = [...(process.env.PATH ?? '').split(':'), '/usr/sbin'];
  return places.map((place) => join(place, 'nginx')).find((path) => existsSync(path));
}

async function startNginx(binary, conf) {
  const { spawn } = await import('node:child_process');
  const child = spawn('setpriv', ['--pdeathsig', 'TERM', binary, '-c', conf, '-g', 'daemon off;'], {
    stdio: 'inherit',
    detached: true,
  });
  const ended = new Promise((done) => child.once('exit', done));
  return { pid: child.pid, ended, stop: async () => (child.kill('SIGQUIT'), ended) };
}
