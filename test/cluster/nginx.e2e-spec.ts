import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

import { nginxConf } from '../../infra/nginx/nginx-conf.mjs';
import { until } from './until.js';

const places = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'].map((place) => join(place, 'nginx'));
const nginx = places.find((path) => existsSync(path));

const servers: Server[] = [];
async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** An address at which nobody listens. */
async function nobody(): Promise<string> {
  const address = await listen(() => undefined);
  const server = servers.pop()!;
  server.close();
  await once(server, 'close');
  return address;
}

/** A copy that says who it is and what it got. */
const copy = (name: string): Promise<string> =>
  listen((request, response) => {
    void text(request).then((body) =>
      response.end(JSON.stringify({ name, url: request.url, body, headers: request.headers })),
    );
  });
interface Told {
  name: string;
  url: string;
  body: string;
  headers: Record<string, string>;
}
const told = async (answer: Response): Promise<Told> => (await answer.json()) as Told;

describe('nginx with our configuration', () => {
  if (!nginx) return it('is tried where nginx is installed', () => console.warn('there is no nginx here'));

  let home: string;
  let running: ChildProcess | undefined;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'xinqiao-nginx-'));
    mkdirSync(join(home, 'logs'));
  });
  afterEach(async () => {
    if (running?.exitCode === null) {
      running.kill('SIGTERM');
      await once(running, 'exit');
    }
    running = undefined;
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(home, { recursive: true });
  });

  const written = (conf: string): string => {
    const path = join(home, 'nginx.conf');
    writeFileSync(path, conf);
    return path;
  };
  /** nginx in front of these copies of `credit`. */
  const front = async (...copies: string[]): Promise<string> => {
    const at = await nobody();
    const conf = nginxConf({ services: { credit: copies }, portal: await copy('portal'), listen: at, home });
    running = spawn(nginx, ['-c', written(conf), '-g', 'daemon off;'], { stdio: 'inherit' });
    const answers = () =>
      fetch(`http://${at}/`).then(
        () => true,
        () => false,
      );
    await until(answers, 'nginx listens', 10_000);
    return `http://${at}`;
  };

  it('finds nothing wrong with it, on one machine and in compose', async () => {
    const [one, portal, at] = [await nobody(), await nobody(), await nobody()];
    const compose = nginxConf({
      services: { credit: ['credit:8080'] },
      portal: 'front:8080',
      listen: '8080',
      resolver: '127.0.0.11',
    });
    const alone = nginxConf({ services: { credit: [one] }, portal, listen: at, home });
    // Names that are asked for again and again are of nginx 1.27.3 and later; what stands around them is older.
    const older = compose.replaceAll(' resolve ', ' ').replaceAll(/(credit|front):8080/g, '127.0.0.1:1');
    for (const conf of [alone, older]) {
      // A file: it opens its standard error once more, which cannot be done with a socket.
      const log = join(home, 'said');
      const { status } = spawnSync(nginx, ['-t', '-c', written(conf)], {
        stdio: ['ignore', 'ignore', openSync(log, 'a')],
      });
      expect([status, readFileSync(log, 'utf8')]).toEqual([0, expect.stringContaining('test is successful')]);
    }
  });

  it('leads each request to its service, and what is none to the portal', async () => {
    const url = await front(await copy('one'));
    expect(await told(await fetch(`${url}/api/credit/queries?a=b%20c`))).toMatchObject({
      name: 'one',
      url: '/api/credit/queries?a=b%20c',
    });
    expect(await told(await fetch(`${url}/needs/7`))).toMatchObject({ name: 'portal', url: '/needs/7' });
  });

  it.each(['/metrics', '/api/credit/metrics', '/api/credit/%6detrics', '/api//credit/metrics?x=1'])(
    'keeps %s to itself',
    async (path) => {
      const url = await front(await copy('one'));
      expect((await fetch(url + path)).status).toBe(404);
    },
  );

  it('overwrites what a caller says of proxies', async () => {
    const url = await front(await copy('one'));
    const headers = { 'x-forwarded-for': '127.0.0.9', 'x-forwarded-proto': 'https', forwarded: 'for=8.8.8.8' };
    const got = (await told(await fetch(`${url}/api/credit/queries`, { headers }))).headers;
    expect(got).toMatchObject({ 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', host: new URL(url).host });
    expect(got['forwarded']).toBeUndefined();
  });

  it('takes a command to a copy that lives', async () => {
    const url = await front(await nobody(), await copy('two'));
    for (let time = 0; time < 4; time += 1) {
      const answer = await fetch(`${url}/api/credit/queries`, { method: 'POST', body: 'x'.repeat(3_000_000) });
      expect((await told(answer)).body).toHaveLength(3_000_000);
    }
  });

  it('does not send a command twice when a copy dies over it, and says that it may be sent again', async () => {
    let asked = 0;
    const dying = (): Promise<string> =>
      listen((request) => {
        asked += 1;
        request.socket.destroy();
      });
    const url = await front(await dying(), await dying());
    const answer = await fetch(`${url}/api/credit/queries`, { method: 'POST', body: '{}' });
    expect([answer.status, answer.headers.get('retry-after'), asked]).toEqual([503, '1', 1]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
  });
});
