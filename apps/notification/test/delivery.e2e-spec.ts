import { grabChanged, needChanged } from '@app/contracts';

import type { TestClient } from '../../../test/support/test-service.js';
import { DeliveryQueue } from '../src/delivery/delivery-queue.service.js';
import { DeliveryJob } from '../src/delivery/delivery.job.js';
import { PermanentFailure } from '../src/delivery/mail-sender.driver.js';
import { partsOf, type PostOffice, startPostOffice, subjectOf } from './support/post-office.js';
import { aGrabChange, aNeedChange, root, startTown, type Town } from './support/town.js';

describe('messages that go out', () => {
  let office: PostOffice;
  let town: Town;
  beforeAll(async () => {
    office = await startPostOffice();
    Object.assign(process.env, {
      SMTP_URL: office.url,
      MAIL_FROM: '信桥 <no-reply@xinqiao.test>',
      PORTAL_URL: 'https://x.test',
    });
    town = await startTown();
    await town.app.get(DeliveryJob).pause();
  });
  afterEach(() => {
    office.letters.length = 0;
    office.refusals.length = 0;
    town.sms.sent.length = 0;
    town.clock.set('2026-11-23T02:00:00Z');
  });
  afterAll(async () => {
    await town.stop();
    await office.stop();
    for (const name of ['SMTP_URL', 'MAIL_FROM', 'PORTAL_URL']) delete process.env[name];
  });

  const send = () => town.app.get(DeliveryJob).run();
  const settings = (client: TestClient, body: object) => client.post(`${root}/settings`, body);
  /** An enterprise with a proved address, by the doors that everybody takes. */
  const reachable = async (address = 'ann@firm.test') => {
    const enterprise = await town.enterprise();
    const named = await enterprise.post(`${root}/settings/contacts`, { channel: 'EMAIL', address });
    expect(named.status).toBe(202);
    const code = /code is (\d{6})/.exec(partsOf(office.letters.at(-1)!)[0]!.text)![1]!;
    const proved = await enterprise.post(`${root}/settings/contacts/proof`, { channel: 'EMAIL', code });
    expect([proved.status, proved.body.email]).toEqual([200, `${address[0]}***@firm.test`]);
    office.letters.length = 0;
    return enterprise;
  };
  const grabbed = async (uscc: string) =>
    town.hear(grabChanged, aGrabChange(uscc, await town.as('account-manager', { name: '太湖银行' })));
  const statesOf = async ({ person }: TestClient) =>
    (
      await town.db.query<{ state: string; tries: number }>(
        'select state, tries from notification.delivery where person_id = $1 order by id',
        [person!.personId],
      )
    ).map(({ state, tries }) => `${state} ${tries}`);

  it('arrive as plain text and HTML in the language of the person', async () => {
    const enterprise = await reachable();
    await grabbed(enterprise.uscc);
    await settings(enterprise, { language: 'en' });
    await grabbed(enterprise.uscc);
    await send();
    const [zh, en] = office.letters.toSorted((a, b) => Number(a.source.length > b.source.length)).slice(0, 2);
    const subjects = office.letters.map(subjectOf);
    expect(subjects).toEqual(Array(2).fill('Xinqiao：太湖银行 has taken up your need'));
    expect([zh!.to, en!.from]).toEqual([['ann@firm.test'], 'no-reply@xinqiao.test']);
    const [text, html] = partsOf(zh!);
    expect([text!.type, html!.type]).toEqual(['text/plain', 'text/html']);
    expect(text!.text).toContain('https://x.test/enterprise/needs');
    expect(html!.text).toContain('<a href="https://x.test/enterprise/needs">');
    expect(zh!.source).toContain('Auto-Submitted: auto-generated');
    expect(await statesOf(enterprise)).toEqual(['SENT 1', 'SENT 1']);
    await send();
    expect(office.letters).toHaveLength(2);
  });

  it('go to proved addresses only, and a code has five tries and a quarter of an hour', async () => {
    const enterprise = await town.enterprise();
    const prove = (code: string) => enterprise.post(`${root}/settings/contacts/proof`, { channel: 'EMAIL', code });
    const ask = () => enterprise.post(`${root}/settings/contacts`, { channel: 'EMAIL', address: 'bob@firm.test' });
    await ask();
    const again = await ask();
    expect([again.status, again.body.code]).toEqual([429, 'NOTIFICATION.CODE_TOO_SOON']);
    await grabbed(enterprise.uscc);
    expect(await statesOf(enterprise)).toEqual([]);
    const code = /code is (\d{6})/.exec(partsOf(office.letters[0]!)[0]!.text)![1]!;
    const wrong = code === '000000' ? '000001' : '000000';
    for (let guess = 0; guess < 5; guess += 1) expect((await prove(wrong)).status).toBe(409);
    expect((await prove(code)).body.code).toBe('NOTIFICATION.CODE_WRONG');
    town.clock.advance(61_000);
    expect((await ask()).status).toBe(202);
    town.clock.advance(16 * 60_000);
    const late = /code is (\d{6})/.exec(partsOf(office.letters[1]!)[0]!.text)![1]!;
    expect((await prove(late)).status).toBe(409);
  });

  it('are tried again later and later while the server says not now', async () => {
    const enterprise = await reachable();
    await grabbed(enterprise.uscc);
    office.refusals.push(451, 451);
    await send();
    expect(await statesOf(enterprise)).toEqual(['QUEUED 1']);
    await send();
    expect(await statesOf(enterprise)).toEqual(['QUEUED 1']);
    town.clock.advance(75_000);
    await send();
    town.clock.advance(7 * 60_000);
    await send();
    expect(await statesOf(enterprise)).toEqual(['SENT 3']);
    expect(office.letters).toHaveLength(1);
  });

  it('are parked when the server says never, or not in a day; an operator sends them again', async () => {
    const enterprise = await reachable('carl@firm.test');
    await grabbed(enterprise.uscc);
    office.refusals.push(550);
    await send();
    expect(await statesOf(enterprise)).toEqual(['PARKED 1']);
    await grabbed(enterprise.uscc);
    for (let tries = 0; tries < 7; tries += 1) {
      office.refusals.push(451);
      await send();
      town.clock.advance(15 * 3_600_000);
    }
    expect(await statesOf(enterprise)).toEqual(['PARKED 1', 'PARKED 7']);

    const operator = await town.as('operator');
    const { items } = (await operator.get(`${root}/deliveries?state=PARKED`)).body;
    expect(items).toHaveLength(2);
    expect(JSON.stringify(items)).not.toContain('carl');
    const replayed = await operator.post(`${root}/deliveries/${items[0].id}/replay`);
    expect([replayed.status, replayed.body.state]).toEqual([200, 'QUEUED']);
    await send();
    expect(await statesOf(enterprise)).toEqual(['PARKED 1', 'SENT 1']);
    expect((await operator.post(`${root}/deliveries/${items[0].id}/replay`)).body.code).toBe('NOTIFICATION.NOT_PARKED');
  });

  it('arrive twice at most when the sender dies between sending and marking', async () => {
    const enterprise = await reachable();
    await grabbed(enterprise.uscc);
    const queue = town.app.get(DeliveryQueue);
    // What a process killed right after its server took the message leaves behind.
    expect(await queue.claim(10)).toHaveLength(1);
    await send();
    expect(office.letters).toHaveLength(0);
    town.clock.advance(121_000);
    await send();
    expect(office.letters).toHaveLength(1);
    expect(await statesOf(enterprise)).toEqual(['SENT 2']);

    await grabbed(enterprise.uscc);
    for (let deaths = 0; deaths < 2; deaths += 1) {
      expect(await queue.claim(10)).toHaveLength(1);
      town.clock.advance(121_000);
    }
    await send();
    expect(office.letters).toHaveLength(1);
    expect(await statesOf(enterprise)).toEqual(['SENT 2', 'PARKED 2']);
  });

  it('carry the same message id at every attempt', async () => {
    const enterprise = await reachable();
    await grabbed(enterprise.uscc);
    await send();
    await town.db.query(`update notification.delivery set state = 'QUEUED' where person_id = $1`, [
      enterprise.person!.personId,
    ]);
    await send();
    const ids = office.letters.map(({ source }) => /^Message-ID: (.*)$/im.exec(source)?.[1]);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).toMatch(/@xinqiao\.test>/);
  });

  it('are shared by copies of the service, each once', async () => {
    const enterprises: Awaited<ReturnType<typeof reachable>>[] = [];
    for (const name of ['p0', 'p1', 'p2']) enterprises.push(await reachable(`${name}@firm.test`));
    for (const { uscc } of enterprises) await Promise.all(Array.from({ length: 5 }, () => grabbed(uscc)));
    await Promise.all([send(), send(), send()]);
    await send();
    expect(office.letters).toHaveLength(15);
  });

  it('wait for the end of quiet hours, unless they are urgent', async () => {
    const enterprise = await reachable();
    expect((await settings(enterprise, { quietFrom: '22:00', quietTo: '07:30' })).body).toMatchObject({
      quietFrom: '22:00',
      quietTo: '07:30',
    });
    town.clock.set('2026-11-23T15:00:00Z');
    await grabbed(enterprise.uscc);
    await send();
    expect(office.letters).toHaveLength(0);
    await town.hear(needChanged, aNeedChange(enterprise.uscc, { from: 'PUBLISHED', suspended: true }));
    await send();
    expect(office.letters.map(subjectOf)).toEqual(['信桥：融资需求已暂停']);
    town.clock.set('2026-11-23T23:30:00Z');
    await send();
    expect(office.letters).toHaveLength(2);
  });

  it('come as one digest a day where the person wants that', async () => {
    const enterprise = await reachable();
    await enterprise.post(`${root}/settings/preferences`, { kind: 'need.grabbed', channel: 'EMAIL', mode: 'DIGEST' });
    await settings(enterprise, { digestAt: '17:30' });
    for (let count = 0; count < 3; count += 1) await grabbed(enterprise.uscc);
    await send();
    expect(office.letters).toHaveLength(0);
    town.clock.set('2026-11-23T09:30:00Z');
    await Promise.all([send(), send()]);
    await send();
    expect(office.letters.map(subjectOf)).toEqual(['信桥：今日 3 条通知']);
    await grabbed(enterprise.uscc);
    town.clock.set('2026-11-24T09:29:00Z');
    await send();
    expect(office.letters).toHaveLength(1);
    town.clock.set('2026-11-24T09:30:00Z');
    await send();
    expect(office.letters).toHaveLength(2);
  });

  it('stop at once when the address is taken back', async () => {
    const enterprise = await reachable();
    await grabbed(enterprise.uscc);
    await enterprise.post(`${root}/settings/contacts/removal`, { channel: 'EMAIL' });
    await send();
    expect([office.letters.length, await statesOf(enterprise)]).toEqual([0, ['SKIPPED 1']]);
  });

  it('go by SMS through whatever sender is plugged in', async () => {
    const manager = await town.as('account-manager');
    await manager.post(`${root}/settings/contacts`, { channel: 'SMS', address: '13800001111' });
    const code = /code is (\d{6})/.exec(town.sms.sent[0]!.text)![1]!;
    await manager.post(`${root}/settings/contacts/proof`, { channel: 'SMS', code });
    const enterprise = await town.enterprise();
    await town.hear(grabChanged, aGrabChange(enterprise.uscc, manager, { from: 'OFFERED', to: 'ACCEPTED' }));
    town.sms.failWith(new PermanentFailure('blocked'));
    await send();
    expect(await statesOf(manager)).toEqual(['PARKED 1']);
    await town.hear(grabChanged, aGrabChange(enterprise.uscc, manager, { from: 'OFFERED', to: 'ACCEPTED' }));
    await send();
    expect(town.sms.sent.at(-1)).toMatchObject({ to: '13800001111', text: '【信桥】企业接受了您的报价，详见平台。' });
  });

  it('are chosen by kind and way, but nobody can shut their eyes to what is urgent', async () => {
    const enterprise = await reachable();
    const prefer = (kind: string, channel: string, mode: string) =>
      enterprise.post(`${root}/settings/preferences`, { kind, channel, mode });
    const { items } = (await prefer('need.grabbed', 'EMAIL', 'OFF')).body;
    expect(items.find(({ kind }: { kind: string }) => kind === 'need.grabbed')).toMatchObject({
      inApp: 'NOW',
      email: 'OFF',
    });
    expect(items.some(({ kind }: { kind: string }) => kind === 'case.lapsed')).toBe(false);
    await prefer('need.grabbed', 'IN_APP', 'OFF');
    await grabbed(enterprise.uscc);
    await send();
    expect(office.letters).toHaveLength(0);
    expect((await enterprise.get(`${root}/notifications`)).body).toMatchObject({ unread: 0, items: [{ number: 1 }] });
    expect((await prefer('need.suspended', 'IN_APP', 'OFF')).status).toBe(422);
    expect((await prefer('need.grabbed', 'SMS', 'DIGEST')).status).toBe(422);
    expect((await prefer('need.forgotten', 'SMS', 'OFF')).status).toBe(422);
    expect((await settings(enterprise, { quietFrom: '22:00' })).status).toBe(422);
  });
});

describe('a house without a mail server', () => {
  it('queues no mail and says so to whoever names an address', async () => {
    const town = await startTown();
    const enterprise = await town.enterprise();
    const answer = await enterprise.post(`${root}/settings/contacts`, { channel: 'EMAIL', address: 'ann@firm.test' });
    expect([answer.status, answer.body.code]).toEqual([503, 'NOTIFICATION.CHANNEL_CLOSED']);
    await town.db.query(`insert into notification.setting (person_id, email) values ($1, 'ann@firm.test')`, [
      enterprise.person!.personId,
    ]);
    await town.hear(needChanged, aNeedChange(enterprise.uscc, { to: 'EXPIRED' }));
    expect(await town.db.query('select 1 from notification.delivery')).toEqual([]);
    expect((await enterprise.get(`${root}/settings`)).body.channels).toEqual(['IN_APP', 'SMS']);
    await town.stop();
  });
});
