import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { registry } from '@app/observe';

import { searchParts, type SearchParts } from '../src/index.js';
import { KnownDocuments, openGround, type SearchGround } from './following-ground.js';
import { aDocument } from './search-suite.js';

/** Looks like Elasticsearch from outside, and does what a test wants of it. */
class Pretender {
  asked = 0;
  answer: (response: ServerResponse) => void = () => undefined;
  private readonly server = createServer((_request, response) => {
    this.asked += 1;
    response.setHeader('x-elastic-product', 'Elasticsearch');
    this.answer(response);
  });

  async open(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const saying =
  (body: object, status = 200) =>
  (response: ServerResponse): void =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const empty = { took: 1, timed_out: false, hits: { hits: [] } };

const degraded = async (): Promise<number> => {
  const [, value] = /^search_degraded (\d)$/m.exec(await registry.metrics()) ?? [];
  return Number(value);
};

describe('PostgreSQL standing in', () => {
  let ground: SearchGround;
  let pretender: Pretender;
  let parts: SearchParts;
  beforeAll(async () => {
    ground = await openGround({ url: undefined, index: 't-none' });
    await ground.source.transaction((tx) => ground.index.index([aDocument('A1', '苏州光舟半导体有限公司')], tx));
  });
  // Each has an engine of its own, and what it has heard of it: only what PostgreSQL knows is everybody's.
  beforeEach(async () => {
    pretender = new Pretender();
    const address = { url: await pretender.open(), index: 't-pretended' };
    parts = await searchParts(ground.source, new KnownDocuments(), ground.ledger, address);
  });
  afterEach(async () => {
    pretender.close();
    await parts.engine?.close();
  });
  afterAll(() => ground.close());
  const find = () => parts.index.search({ text: '光舟', facets: [], limit: 20 });
  const standsIn = { hits: [{ id: 'A1' }], servedBy: 'postgresql', degraded: true };

  // First: engines of the tests that follow are never back.
  it('is told of until the engine is back, also when nobody searches any more', async () => {
    expect(await degraded()).toBe(0);
    pretender.answer = saying({}, 503);
    await find();
    expect(await degraded()).toBe(1);
    pretender.answer = saying(empty);
    const before = pretender.asked;
    while ((await degraded()) === 1) expect(pretender.asked - before).toBeLessThan(2);
    expect(await find()).toMatchObject({ hits: [], servedBy: 'elasticsearch', degraded: false });
  });

  it.each([
    ['has too much to do', saying({ error: { type: 'circuit_breaking_exception' } }, 429)],
    ['gives up half way', saying({ ...empty, timed_out: true })],
    ['loses its shards', saying({ error: { type: 'search_phase_execution_exception' } }, 503)],
    ['is not Elasticsearch at all', (response: ServerResponse) => void response.writeHead(200).end('<html>')],
    ['hangs up', (response: ServerResponse) => void response.destroy()],
  ])('answers at once when the engine %s', async (_, answer) => {
    pretender.answer = answer;
    expect(await find()).toMatchObject(standsIn);
  });

  it('keeps one person waiting for an engine that says nothing, no longer than a person waits, and nobody else', async () => {
    const begun = performance.now();
    expect(await find()).toMatchObject(standsIn);
    expect(performance.now() - begun).toBeLessThan(5_000);
    const others = await Promise.all(Array.from({ length: 20 }, find));
    expect([others.every((answer) => answer.degraded), pretender.asked]).toEqual([true, 1]);
  });
});
