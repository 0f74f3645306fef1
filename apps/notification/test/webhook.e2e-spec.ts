import { grabChanged } from '@app/contracts';

import type { TestClient } from '../../../test/support/test-service.js';
import { AddressGuard } from '../src/webhook/address-guard.driver.js';
import { WebhookJob } from '../src/webhook/webhook.job.js';
import { type Receiver, startReceiver, verify } from './support/receiver.js';
import { aGrabChange, root, startTown, type Town } from './support/town.js';

/** Resolves every name to what the test says, as a hostile name server does. */
class HostileNames extends AddressGuard {
  answer: { address: string; family: number }[] = [];
  protected override addressesOf(): Promise<{ address: string; family: number }[]> {
    return Promise.resolve(this.answer);
  }
}

describe('webhooks of institutions', () => {
  let town: Town;
  let receiver: Receiver;
  beforeAll(async () => {
    process.env['WEBHOOK_LOOPBACK'] = '1';
    receiver = await startReceiver();
    town = await startTown();
    await town.app.get(WebhookJob).pause();
  });
  afterEach(() => {
    receiver.received.length = 0;
    receiver.answers.length = 0;
    town.clock.set('2026-11-23T02:00:00Z');
  });
  afterAll(async () => {
    await town.stop();
    await receiver.stop();
    delete process.env['WEBHOOK_LOOPBACK'];
  });

  const send = async () => {
    const job = town.app.get(WebhookJob);
    await job.run();
    await job.settled();
  };
  const nowSeconds = () => Math.floor(town.clock.now().getTime() / 1_000);
  const bank = async () => {
    const admin = await town.as('institution-admin');
    const manager = await town.as('account-manager', { colleagueOf: admin.person! });
    return { admin, manager };
  };
  const register = async (admin: TestClient, kinds = ['case.accepted', 'case.lapsed'], url = receiver.url) => {
    const answer = await admin.post(`${root}/webhooks`, { url, kinds });
    expect(answer.status).toBe(201);
    return answer.body as { id: string; secret: string };
  };
  const accepted = async (manager: TestClient) =>
    town.hear(grabChanged, aGrabChange('91320505MA1XT00150', manager, { from: 'OFFERED', to: 'ACCEPTED' }));
  const messages = async (admin: TestClient, id: string) =>
    (await admin.get(`${root}/webhooks/${id}/messages`)).body.items as { id: string; state: string; tries: number }[];

  it('hear what the institution asked for, signed, and never who the enterprise is', async () => {
    const { admin, manager } = await bank();
    const { secret } = await register(admin);
    const events = await accepted(manager);
    await town.hearAgain(events);
    await town.hear(grabChanged, aGrabChange('91320505MA1XT00150', manager));
    await send();
    expect(receiver.received).toHaveLength(1);
    const [heard] = receiver.received;
    expect(verify(secret, heard!, nowSeconds())).toBe(true);
    expect(verify(secret, { ...heard!, body: heard!.body.replace('500000000', '900000000') }, nowSeconds())).toBe(
      false,
    );
    expect(verify(secret, heard!, nowSeconds() + 301)).toBe(false);
    expect(JSON.parse(heard!.body)).toMatchObject({
      type: 'case.accepted',
      timestamp: '2026-11-23T02:00:00.000Z',
      data: { needAmountFen: '500000000', industry: '39', district: '320583' },
    });
    expect(heard!.body).not.toContain('91320505MA1XT00150');
    await send();
    expect(receiver.received).toHaveLength(1);
  });

  it('tell an institution once of what concerns a manager and the admins alike', async () => {
    const { admin, manager } = await bank();
    await register(admin);
    const lapsed = { from: 'CONTACTED', to: 'LAPSED', reason: 'DECISION_DEADLINE' };
    await town.hear(grabChanged, aGrabChange('91320505MA1XT00150', manager, lapsed));
    await send();
    expect(receiver.received).toHaveLength(1);
  });

  it('show their secret once and keep it nowhere as it is', async () => {
    const { admin } = await bank();
    const { id, secret } = await register(admin);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(JSON.stringify((await admin.get(`${root}/webhooks`)).body)).not.toContain(secret);
    const dump = await town.db.query(
      `select (select string_agg(encode(sealed, 'escape'), '') from notification.webhook_secret)
              || coalesce((select string_agg(i::text, '') from notification.idempotency i), '') as all`,
    );
    expect(JSON.stringify(dump)).not.toContain(secret.slice(6));
    expect(id).toBeDefined();
  });

  it('sign with both secrets for a day after a rotation, then with the new one only', async () => {
    const { admin, manager } = await bank();
    const { id, secret: old } = await register(admin);
    const { secret: fresh } = (await admin.post(`${root}/webhooks/${id}/rotation`)).body;
    await accepted(manager);
    await send();
    expect([old, fresh].map((secret) => verify(secret, receiver.received[0]!, nowSeconds()))).toEqual([true, true]);
    town.clock.advance(24 * 3_600_000 + 1_000);
    await accepted(manager);
    await send();
    expect([old, fresh].map((secret) => verify(secret, receiver.received[1]!, nowSeconds()))).toEqual([false, true]);
  });

  it('are tried again later and later under one id, then parked; the admins hear of it and replay', async () => {
    const { admin, manager } = await bank();
    const { id } = await register(admin);
    await accepted(manager);
    receiver.answers.push(500, 0, 302, 429, 503, 404, 500, 500);
    for (let tries = 0; tries < 8; tries += 1) {
      await send();
      await send();
      expect(receiver.received).toHaveLength(tries + 1);
      town.clock.advance(15 * 3_600_000);
    }
    expect(await messages(admin, id)).toMatchObject([{ state: 'PARKED', tries: 8 }]);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect((await admin.get(`${root}/notifications`)).body.items[0]).toMatchObject({ kind: 'webhook.parked' });
    const [message] = await messages(admin, id);
    const { items } = (await admin.get(`${root}/webhooks/${id}/messages/${message!.id}/attempts`)).body;
    expect(items.map(({ status }: { status: number | null }) => status)).toEqual([
      500,
      null,
      302,
      429,
      503,
      404,
      500,
      500,
    ]);
    const replayed = await admin.post(`${root}/webhooks/${id}/messages/${message!.id}/replay`);
    expect([replayed.status, replayed.body.state]).toEqual([200, 'QUEUED']);
    await send();
    expect(await messages(admin, id)).toMatchObject([{ state: 'DELIVERED' }]);
    expect(receiver.received.at(-1)!.headers['webhook-id']).toBe(message!.id);
  });

  it('rest when the receiver says that it is gone, and wait while they are paused', async () => {
    const { admin, manager } = await bank();
    const { id } = await register(admin);
    await accepted(manager);
    receiver.answers.push(410);
    await send();
    expect((await admin.get(`${root}/webhooks`)).body.items[0]).toMatchObject({ state: 'PAUSED', reason: 'GONE' });
    await accepted(manager);
    await send();
    expect(receiver.received).toHaveLength(1);
    await admin.post(`${root}/webhooks/${id}/resumption`);
    await send();
    expect(receiver.received).toHaveLength(2);
  });

  it('are sent again after the sender died in the middle', async () => {
    const { admin, manager } = await bank();
    const { id } = await register(admin);
    await accepted(manager);
    await town.db.query(
      `update notification.webhook_message set state = 'SENDING', tries = 1, claimed_until = $2 where endpoint_id = $1`,
      [id, new Date(town.clock.now().getTime() + 300_000)],
    );
    await send();
    expect(receiver.received).toHaveLength(0);
    town.clock.advance(300_001);
    await Promise.all([send(), send()]);
    expect(receiver.received).toHaveLength(1);
  });

  it('can be tried out', async () => {
    const { admin } = await bank();
    const { id, secret } = await register(admin);
    const ping = await admin.post(`${root}/webhooks/${id}/ping`);
    await send();
    expect(JSON.parse(receiver.received[0]!.body)).toEqual({
      type: 'ping',
      timestamp: '2026-11-23T02:00:00.000Z',
      data: {},
    });
    expect(receiver.received[0]!.headers['webhook-id']).toBe(ping.body.messageId);
    expect(verify(secret, receiver.received[0]!, nowSeconds())).toBe(true);
  });

  it('belong to one institution and its admins', async () => {
    const [{ admin, manager }, other] = [await bank(), await bank()];
    const { id } = await register(admin);
    await accepted(manager);
    const [message] = await messages(admin, id);
    for (const path of [`${id}/messages`, `${id}/messages/${message!.id}/attempts`])
      expect((await other.admin.get(`${root}/webhooks/${path}`)).status).toBe(404);
    for (const path of [`${id}/rotation`, `${id}/ping`, `${id}/pause`, `${id}/messages/${message!.id}/replay`])
      expect((await other.admin.post(`${root}/webhooks/${path}`)).status).toBe(404);
    const own = await register(other.admin);
    expect((await other.admin.post(`${root}/webhooks/${own.id}/messages/${message!.id}/replay`)).status).toBe(404);
    expect((await manager.get(`${root}/webhooks`)).status).toBe(403);
    expect((await admin.delete(`${root}/webhooks/${id}`)).status).toBe(204);
    expect((await admin.get(`${root}/webhooks/${id}/messages`)).status).toBe(404);
    await accepted(manager);
    await send();
    expect(receiver.received).toHaveLength(0);
  });

  it('are five at most, at addresses of the public internet', async () => {
    const { admin } = await bank();
    const tried = await Promise.all(
      Array.from({ length: 7 }, () => admin.post(`${root}/webhooks`, { url: receiver.url, kinds: ['case.lapsed'] })),
    );
    expect(tried.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 201, 201, 201, 201, 409, 409]);
    for (const url of ['http://bank.example/', 'https://10.0.0.1/', 'https://169.254.169.254/latest', 'no address'])
      expect((await admin.post(`${root}/webhooks`, { url, kinds: ['case.lapsed'] })).status).toBe(422);
    expect((await admin.post(`${root}/webhooks`, { url: receiver.url, kinds: ['need.grabbed'] })).status).toBe(422);
  });
});

describe('a name that resolves to our own network', () => {
  it('reaches nothing there, whatever it resolved to before', async () => {
    const receiver = await startReceiver();
    const guard = new HostileNames();
    const town = await startTown((builder) => builder.overrideProvider(AddressGuard).useValue(guard));
    const job = town.app.get(WebhookJob);
    await job.pause();
    const admin = await town.as('institution-admin');
    const url = `https://rebound.example:${new URL(receiver.url).port}/`;
    const { id } = (await admin.post(`${root}/webhooks`, { url, kinds: ['case.lapsed'] })).body;
    const attempts: unknown[] = [];
    for (const answer of [['127.0.0.1'], ['93.184.216.34', '10.0.0.1'], ['::ffff:127.0.0.1'], []]) {
      guard.answer = answer.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      const { messageId } = (await admin.post(`${root}/webhooks/${id}/ping`)).body;
      await job.run();
      await job.settled();
      attempts.push(...(await admin.get(`${root}/webhooks/${id}/messages/${messageId}/attempts`)).body.items);
    }
    expect(attempts).toHaveLength(4);
    for (const attempt of attempts)
      expect(attempt).toMatchObject({ status: null, error: expect.stringContaining('AddressRefused') });
    expect(receiver.received).toEqual([]);
    await town.stop();
    await receiver.stop();
  });
});
