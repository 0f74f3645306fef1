import { connect } from 'node:net';

import { needChanged } from '@app/contracts';

import { startService, type TestClient } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { NotificationModule } from '../src/notification.module.js';
import { Streams, streamsPerPersonMax } from '../src/stream/streams.service.js';
import { Listening } from './support/listening.js';
import { aNeedChange, root, serve, startTown, type Town } from './support/town.js';

describe('a stream of notices', () => {
  let town: Town;
  let url: string;
  const opened: Listening[] = [];
  beforeAll(async () => {
    town = await startTown();
    url = `${await serve(town)}${root}/stream`;
  });
  afterEach(() => {
    for (const one of opened.splice(0)) one.close();
  });
  afterAll(() => town.stop());

  const signed = (client: TestClient) => ({ authorization: `Bearer ${client.person!.token}` });
  const open = async (client: TestClient, headers: Record<string, string> = {}, at = url) => {
    const listening = await Listening.open(at, { ...signed(client), ...headers });
    opened.push(listening);
    return listening;
  };
  const tell = (uscc: string, count = 1) =>
    town.hear(needChanged, ...Array.from({ length: count }, () => aNeedChange(uscc)));
  /** One after the other, as each takes its own transaction. */
  const tellApart = async (uscc: string, count: number) => {
    for (let index = 0; index < count; index += 1) await tell(uscc);
  };

  it('shows what is told while it is open, and how much is unread', async () => {
    const enterprise = await town.enterprise();
    await tell(enterprise.uscc);
    const stream = await open(enterprise);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(stream.response.headers.get('cache-control')).toBe('no-store');
    await stream.until(() => stream.events.length === 1);
    expect(stream.events).toEqual([{ id: null, event: 'unread', data: { unread: 1 } }]);
    await tell(enterprise.uscc);
    await stream.until(() => stream.events.length === 3);
    expect(stream.events[1]).toMatchObject({ id: '2', event: 'notice', data: { number: 2, kind: 'need.published' } });
    await enterprise.post(`${root}/notifications/reading`);
    await stream.until(() => stream.events.length === 4);
    expect(stream.events[3]).toEqual({ id: null, event: 'unread', data: { unread: 0 } });
  });

  it('is open to nobody without a session, and shows nobody else’s notices', async () => {
    const answer = await fetch(url);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, 'AUTH.NOT_SIGNED_IN']);
    const [one, two] = [await town.enterprise(), await town.enterprise()];
    const [first, second] = [await open(one), await open(two)];
    await tell(two.uscc);
    await second.until(() => second.notices().length === 1);
    expect(first.notices()).toEqual([]);
  });

  it('takes the portal’s cookie as well', async () => {
    const enterprise = await town.enterprise();
    const stream = await Listening.open(url, { cookie: `access=${enterprise.person!.token}` });
    opened.push(stream);
    expect(stream.response.status).toBe(200);
  });

  it('resumes after the last number without loss and without doubles', async () => {
    const enterprise = await town.enterprise();
    const first = await open(enterprise);
    await tellApart(enterprise.uscc, 3);
    await first.until(() => first.notices().length === 3);
    first.close();
    await tell(enterprise.uscc, 250);
    const second = await open(enterprise, { 'last-event-id': '3' });
    void tellApart(enterprise.uscc, 10);
    await second.until(() => second.notices().length >= 260);
    expect(second.notices()).toEqual(Array.from({ length: 260 }, (_, index) => index + 4));
    const byQuery = await open(enterprise, {}, `${url}?lastEventId=260`);
    await byQuery.until(() => byQuery.notices().length === 3);
    const fromTheFuture = await open(enterprise, { 'last-event-id': '999999' });
    await tell(enterprise.uscc);
    await fromTheFuture.until(() => fromTheFuture.notices().length === 1);
  });

  it('hears what another copy of the service was told, also when both tell at once', async () => {
    const copy = await startService(database, NotificationModule, { db: town.db });
    const enterprise = await town.enterprise();
    const [here, there] = [await open(enterprise), await open(enterprise, {}, `${await serve(copy)}${root}/stream`)];
    await Promise.all(Array.from({ length: 20 }, () => tell(enterprise.uscc)));
    for (const stream of [here, there]) {
      await stream.until(() => stream.notices().length === 20);
      expect(stream.notices()).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    }
    await copy.stop();
    expect(there.ended || (await there.until(() => there.ended), true)).toBe(true);
  });

  it('goes on after the connection that wakes it was cut', async () => {
    const enterprise = await town.enterprise();
    const stream = await open(enterprise);
    await town.db.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'notification listener'`,
    );
    await tell(enterprise.uscc);
    await stream.until(() => stream.notices().length === 1);
  });

  it('ends when the session ends', async () => {
    const enterprise = await town.enterprise();
    const stream = await open(enterprise);
    await town.db.query('update identity.session set ended_at = now() where id = $1', [enterprise.person!.sessionId]);
    await town.app.get(Streams).endSessions();
    await stream.until(() => stream.ended);
    expect(stream.events.at(-1)).toEqual({ id: null, event: 'closing', data: { why: 'the session has ended' } });
  });

  it('has a pulse, so that proxies keep it and a dead line is found', async () => {
    const enterprise = await town.enterprise();
    const stream = await open(enterprise);
    town.app.get(Streams).heartbeat();
    await stream.until(() => stream.comments > 0);
  });

  it('is given to a person only so many times', async () => {
    const enterprise = await town.enterprise();
    const streams = await Promise.all(Array.from({ length: streamsPerPersonMax }, () => open(enterprise)));
    const refused = await fetch(url, { headers: signed(enterprise) });
    expect([refused.status, ((await refused.json()) as { code: string }).code]).toEqual([
      429,
      'NOTIFICATION.TOO_MANY_STREAMS',
    ]);
    expect(refused.headers.get('retry-after')).toBe('30');
    streams[0]!.close();
    await streams[1]!.until(() => true);
    const giveUpAt = performance.now() + 5_000;
    while ((await open(enterprise)).response.status !== 200) expect(performance.now()).toBeLessThan(giveUpAt);
  });

  it('holds back for a reader that does not read, and loses nothing', async () => {
    const enterprise = await town.enterprise();
    await tell(enterprise.uscc, 1_000);
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    socket.pause();
    socket.write(
      `GET ${root}/stream HTTP/1.1\r\nHost: x\r\nLast-Event-ID: 0\r\nAuthorization: Bearer ${enterprise.person!.token}\r\n\r\n`,
    );
    for (let index = 0; index < 20; index += 1) await tell(enterprise.uscc, 200);
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString()));
    socket.resume();
    const seen = () => [...text.matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    const giveUpAt = performance.now() + 20_000;
    while (seen().length < 5_000 && performance.now() < giveUpAt) await new Promise((done) => setTimeout(done, 20));
    socket.destroy();
    expect(seen()).toEqual(Array.from({ length: 5_000 }, (_, index) => index + 1));
  });
});
