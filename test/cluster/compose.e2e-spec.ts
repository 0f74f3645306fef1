import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { goTool } from '../../infra/local/go-tool.mjs';

interface Service {
  image?: string;
  environment?: Record<string, string>;
  deploy?: { replicas?: number };
  ports?: { published: string; target: number; host_ip?: string }[];
}
interface Project {
  services: Record<string, Service>;
}

const root = join(import.meta.dirname, '../..');
const compose = goTool('compose', (line) => console.log(line));
const secrets = { POSTGRES_PASSWORD: 'one', OPERATOR_PASSWORD: 'two' };
const files = ['docker-compose.yml', 'infra/compose/standalone.yml'];

/** What `docker compose config` says; no engine is asked. */
function config(list: string[], more: string[] = [], env: Record<string, string> = secrets) {
  const [command, ...first] = compose!;
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(
    command,
    [...first, ...list.flatMap((file) => ['-f', file]), '--env-file', '/dev/null', ...more],
    { cwd: root, encoding: 'utf8', env: { PATH, HOME, ...env } },
  );
  return { status, stdout, stderr };
}

function projectOf(list: string[], profiles: string[] = []): Project {
  const chosen = profiles.flatMap((profile) => ['--profile', profile]);
  const { status, stdout, stderr } = config(list, [...chosen, 'config', '--format', 'json']);
  expect([status, stderr]).toEqual([0, '']);
  return JSON.parse(stdout) as Project;
}

/** Who listens on this machine, and for whom. */
const published = ({ services }: Project): string[] =>
  Object.entries(services)
    .flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port.host_ip ?? '*'}:${port.published}`))
    .toSorted();

describe('the files for docker compose', () => {
  if (!compose) return it('are checked where docker or Go is installed', () => console.warn('no docker, no Go'));

  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'xinqiao-compose-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const written = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  it.each(files.flatMap((file) => [[], ['watching'], ['*']].map((profiles) => ({ file, profiles }))))(
    '$file is taken without a word, with the profiles $profiles',
    ({ file, profiles }) => {
      const chosen = profiles.flatMap((profile) => ['--profile', profile]);
      expect(config([file], [...chosen, 'config', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' });
    },
  );

  it.each(files)('%s names what is missing, and where it belongs', (file) => {
    for (const missing of Object.keys(secrets)) {
      const rest = Object.fromEntries(Object.entries(secrets).filter(([name]) => name !== missing));
      const { status, stderr } = config([file], ['config', '--quiet'], rest);
      expect([missing, status === 0, stderr]).toEqual([missing, false, expect.stringMatching(/set it in \.env/)]);
      expect(stderr).toContain(missing);
    }
  });

  it('is watched when it is asked to be, from this machine alone', () => {
    const plain = projectOf(['docker-compose.yml']);
    const watching = projectOf(['docker-compose.yml'], ['watching']);
    const added = Object.keys(watching.services).filter((name) => !(name in plain.services));
    expect(added.toSorted()).toEqual(['grafana', 'prometheus']);
    expect(published(plain)).toEqual(['nginx *:8080']);
    expect(published(watching)).toEqual(['grafana 127.0.0.1:3000', 'nginx *:8080', 'prometheus 127.0.0.1:9090']);
  });

  it('gives every process of the house its metrics apart from the requests', () => {
    const processes = files.flatMap((file) =>
      Object.entries(projectOf([file]).services).filter(
        ([, { environment = {} }]) => 'APP' in environment || 'OPERATOR_PASSWORD' in environment,
      ),
    );
    expect(processes.length).toBeGreaterThan(8);
    for (const [name, { environment }] of processes)
      expect([name, environment?.['METRICS_PORT']]).toEqual([name, '9464']);
  });

  it('can be laid over with what a place has otherwise', () => {
    const over = written(
      'over.yml',
      `services:
  marketplace: { deploy: { replicas: 3 }, environment: { LOG_LEVEL: warn } }
  nginx: { ports: !override ['127.0.0.1:9000:8080'] }
`,
    );
    const project = projectOf(['docker-compose.yml', over]);
    expect(project.services['marketplace']).toMatchObject({
      deploy: { replicas: 3 },
      environment: { APP: 'marketplace', LOG_LEVEL: 'warn', METRICS_PORT: '9464' },
    });
    expect(published(project)).toEqual(['nginx 127.0.0.1:9000']);
  });

  it.each([
    ['a key', 'services: { front: { mem_limits: 512m } }'],
    ['a service', 'services: { front: { depends_on: [nobody] } }'],
    ['a volume', 'services: { front: { volumes: ["nowhere:/data"] } }'],
  ])('would notice %s that is not there', (_, broken) => {
    expect(config(['docker-compose.yml', written('broken.yml', broken)], ['config', '--quiet']).status).not.toBe(0);
  });
});
