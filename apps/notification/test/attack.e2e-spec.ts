import { grabChanged, needChanged } from '@app/contracts';

import type { TestClient } from '../../../test/support/test-service.js';
import { Listening } from './support/listening.js';
import { aGrabChange, aNeedChange, root, serve, startTown, type Town } from './support/town.js';

describe('whoever tries to misuse the house’s voice', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown();
  });
  beforeEach(() => town.clock.set('2026-11-23T02:00:00Z'));
  afterAll(() => town.stop());

  const ask = (client: TestClient, address = '13800002222') =>
    client.post(`${root}/settings/contacts`, { channel: 'SMS', address });

  it('gets no second code within a minute, not even by taking the address back in between', async () => {
    const enterprise = await town.enterprise();
    expect((await ask(enterprise)).status).toBe(202);
    const code = /code is (\d{6})/.exec(town.sms.sent.at(-1)!.text)![1]!;
    await enterprise.post(`${root}/settings/contacts/removal`, { channel: 'SMS' });
    const again = await ask(enterprise, '13800003333');
    expect([again.status, again.body.code]).toEqual([429, 'NOTIFICATION.CODE_TOO_SOON']);
    const proof = await enterprise.post(`${root}/settings/contacts/proof`, { channel: 'SMS', code });
    expect([proof.status, proof.body.code]).toEqual([409, 'NOTIFICATION.CODE_WRONG']);
  });

  it('gets ten codes a day, and more on the next', async () => {
    const enterprise = await town.enterprise();
    const statuses: number[] = [];
    for (let count = 0; count < 12; count += 1) {
      statuses.push((await ask(enterprise)).status);
      town.clock.advance(61_000);
    }
    expect(statuses).toEqual([...Array(10).fill(202), 429, 429]);
    town.clock.set('2026-11-23T16:00:00Z');
    expect((await ask(enterprise)).status).toBe(202);
  });

  it.each([
    'ann@firm.test\r\nBcc: all@firm.test',
    'ann\n@firm.test',
    'ann\u0001@firm.test',
    'ann\u0085@firm.test',
    'ann\u200b@firm.test',
    'ann@firm.test, bob@firm.test',
    'Ann <ann@firm.test>',
    '"ann bob"@firm.test',
    'ann@[127.0.0.1]',
    'ann@localhost',
    `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.test`,
    '13800002222\n',
    '23800002222',
  ])('cannot name %j as an address', async (address) => {
    const enterprise = await town.enterprise();
    for (const channel of ['EMAIL', 'SMS']) {
      const answer = await enterprise.post(`${root}/settings/contacts`, { channel, address });
      expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, '/address']);
    }
  });

  it('reads nobody else’s notices, deliveries or webhooks, and marks none as read', async () => {
    const [owner, other] = [await town.enterprise(), await town.enterprise()];
    await town.hear(needChanged, aNeedChange(owner.uscc, { to: 'EXPIRED' }));
    const [notice] = (await owner.get(`${root}/notifications`)).body.items;
    expect((await other.post(`${root}/notifications/${notice.id}/reading`)).status).toBe(404);
    expect((await owner.get(`${root}/notifications`)).body.unread).toBe(1);
    expect((await other.get(`${root}/notifications`)).body.items).toEqual([]);
    expect((await owner.get(`${root}/deliveries`)).status).toBe(403);
    const roles = ['account-manager', 'institution-admin', 'source', 'regulator'] as const;
    for (const role of roles) expect((await (await town.as(role)).get(`${root}/deliveries`)).status).toBe(403);
    for (const role of ['account-manager', 'operator', 'regulator'] as const)
      expect((await (await town.as(role)).get(`${root}/webhooks`)).status).toBe(403);
  });

  it('gets nothing of the past by a number that is none, and its own past by one', async () => {
    const enterprise = await town.enterprise();
    for (let count = 0; count < 3; count += 1) await town.hear(needChanged, aNeedChange(enterprise.uscc));
    const url = `${await serve(town)}${root}/stream`;
    const shown = async (last: string) => {
      const stream = await Listening.open(url, {
        authorization: `Bearer ${enterprise.person!.token}`,
        'last-event-id': last,
      });
      await stream.until(() => stream.events.some(({ event }) => event === 'unread'));
      const numbers = stream.notices();
      stream.close();
      return numbers;
    };
    for (const last of ['-1', '1e0', 'abc', '99999999999999', '0x1', '1 or 1=1']) expect(await shown(last)).toEqual([]);
    expect(await shown('1')).toEqual([2, 3]);
  });

  it('is told nothing after it has left, wherever it wished to be told', async () => {
    const manager = await town.as('account-manager');
    await town.db.query(`insert into notification.setting (person_id, phone) values ($1, '13800004444')`, [
      manager.person!.personId,
    ]);
    await town.db.query(`update identity.person set status = 'SUSPENDED' where id = $1`, [manager.person!.personId]);
    const before = town.sms.sent.length;
    const enterprise = await town.enterprise();
    await town.hear(grabChanged, aGrabChange(enterprise.uscc, manager, { from: 'OFFERED', to: 'ACCEPTED' }));
    const told = await town.db.query('select 1 from notification.notice where person_id = $1', [
      manager.person!.personId,
    ]);
    expect([told, town.sms.sent.length]).toEqual([[], before]);
  });
});
