import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

import { forward } from '../src/forward.js';
import { Upstreams } from '../src/upstreams.js';

const servers: Server[] = [];

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(handle).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A copy of a service that says who it is and what it got. */
const copy = (name: string): Promise<string> =>
  listen((request, response) => {
    if (request.url!.endsWith('/health/ready')) response.end('{}');
    else void tell(name, request, response);
  });

async function tell(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const told = { name, url: request.url, body: await text(request), headers: request.headers };
  response.setHeader('set-cookie', ['a=1', 'b=2']).end(JSON.stringify(told));
}

const said = async (answer: Response) => (await answer.json()) as { name: string; headers: object };

/** An address at which nobody listens any more. */
async function nobody(): Promise<string> {
  const url = await listen(() => undefined);
  const server = servers.pop()!;
  server.close();
  await once(server, 'close');
  return url;
}

async function frontOf(...addresses: string[]): Promise<{ url: string; upstreams: Upstreams }> {
  const upstreams = new Upstreams(new Map([['credit', addresses]]));
  await upstreams.watch();
  upstreams.close();
  return { url: await listen((request, response) => forward(request, response, 'credit', upstreams)), upstreams };
}

describe('the front of a cluster', () => {
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('lets the copies take turns', async () => {
    const { url } = await frontOf(await copy('one'), await copy('two'));
    const names: string[] = [];
    for (let time = 0; time < 6; time += 1) names.push((await said(await fetch(url))).name);
    expect(names.filter((name) => name === 'one')).toHaveLength(3);
  });

  it('takes a command with its whole body to a copy that lives, and knows the dead one at once', async () => {
    const { url, upstreams } = await frontOf(await copy('one'), await nobody());
    for (const condition of upstreams.inTurn('credit')) condition.condition.ready = true;
    const body = 'x'.repeat(3_000_000);
    for (let time = 0; time < 3; time += 1) {
      const answer = await fetch(`${url}/api/credit/queries?a=b`, { method: 'POST', body });
      expect(await answer.json()).toMatchObject({ name: 'one', url: '/api/credit/queries?a=b', body });
    }
    expect(upstreams.conditions.filter(({ ready }) => !ready)).toMatchObject([{ detail: 'does not answer' }]);
  });

  it('answers 503 with a problem when nobody is there', async () => {
    const { url } = await frontOf(await nobody());
    const answer = await fetch(`${url}/api/credit/queries`, { method: 'POST', body: '{}' });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await answer.json()).toMatchObject({ status: 503, code: 'UNAVAILABLE', instance: '/api/credit/queries' });
  });

  it('does not send a command twice when a copy dies over it', async () => {
    let asked = 0;
    const dying = await listen((request) => {
      asked += 1;
      request.socket.destroy();
    });
    const { url } = await frontOf(dying, dying);
    const answer = await fetch(url, { method: 'POST', body: '{}' });
    // Two of the requests were for its readiness.
    expect([answer.status, asked - 2]).toEqual([503, 1]);
  });

  it('overwrites what a caller says of proxies, and keeps every cookie', async () => {
    const { url } = await frontOf(await copy('one'));
    const answer = await fetch(url, { headers: { 'x-forwarded-for': '8.8.8.8', 'x-forwarded-proto': 'https' } });
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    const { headers } = await said(answer);
    expect(headers).toMatchObject({
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-proto': 'http',
      host: new URL(url).host,
    });
  });
});
