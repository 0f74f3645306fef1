import {
  authorisationSigned,
  grabChanged,
  limitChanged,
  needChanged,
  offerChanged,
  recordsChanged,
} from '@app/contracts';

import type { TestClient } from '../../../test/support/test-service.js';
import { KeepJob } from '../src/notice/keep.job.js';
import { aGrabChange, aNeedChange, root, startTown, type Town } from './support/town.js';

describe('what people are told', () => {
  let town: Town;
  beforeAll(async () => {
    town = await startTown();
  });
  afterAll(() => town.stop());

  const list = async (client: TestClient, query = '') => (await client.get(`${root}/notifications${query}`)).body;
  const kindsOf = async (client: TestClient) => (await list(client)).items.map(({ kind }: { kind: string }) => kind);

  it('is for whom it concerns, in words of theirs', async () => {
    const [enterprise, other] = [await town.enterprise(), await town.enterprise()];
    const manager = await town.as('account-manager', { name: '太湖银行' });
    const colleague = await town.as('account-manager', { colleagueOf: manager.person! });
    await town.hear(grabChanged, aGrabChange(enterprise.uscc, manager));
    const { items, unread } = await list(enterprise);
    expect(unread).toBe(1);
    expect(items[0]).toMatchObject({
      number: 1,
      kind: 'need.grabbed',
      urgency: 'NORMAL',
      title: '太湖银行接下了您的需求',
      link: '/enterprise/needs',
      at: '2026-11-23T02:00:00.000Z',
      readAt: null,
    });
    expect(items[0].text).toContain('500 万元');
    expect(await kindsOf(manager)).toEqual(['case.opened']);
    expect([await kindsOf(other), await kindsOf(colleague)]).toEqual([[], []]);
    expect((await list(enterprise, '?language=en')).items[0].title).toBe('太湖银行 has taken up your need');
  });

  it('never names the enterprise to the bank', async () => {
    const enterprise = await town.enterprise();
    const manager = await town.as('account-manager');
    const admin = await town.as('institution-admin', { colleagueOf: manager.person! });
    await town.hear(
      grabChanged,
      aGrabChange(enterprise.uscc, manager, { from: 'CONTACTED', to: 'LAPSED', reason: 'DECISION_DEADLINE' }),
    );
    for (const client of [manager, admin]) {
      const text = JSON.stringify(await list(client));
      expect(text).toContain('未按时审批');
      expect(text).not.toContain(enterprise.uscc);
      expect(text).not.toContain('光能');
    }
    const kept = await town.db.query(`select variables::text from notification.notice where variables::text like $1`, [
      `%${enterprise.uscc}%`,
    ]);
    expect(kept).toEqual([]);
  });

  it('comes once, however often it is heard, alone or in a batch', async () => {
    const enterprise = await town.enterprise();
    const one = aNeedChange(enterprise.uscc, { to: 'EXPIRED' });
    const events = await town.hear(needChanged, one, aNeedChange(enterprise.uscc, { to: 'FULL' }));
    await town.hearAgain(events);
    await town.hearAgain([events[1]!, events[1]!, events[0]!]);
    expect(await kindsOf(enterprise)).toEqual(['need.full', 'need.expired']);
    expect((await list(enterprise)).items.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
  });

  it('is counted without gaps when many tell one person at once', async () => {
    const enterprise = await town.enterprise();
    await Promise.all(
      Array.from({ length: 8 }, () =>
        town.hear(needChanged, aNeedChange(enterprise.uscc), aNeedChange(enterprise.uscc, { to: 'EXPIRED' })),
      ),
    );
    const numbers = (await list(enterprise)).items.map(({ number }: { number: number }) => number);
    expect(numbers).toEqual(Array.from({ length: 16 }, (_, index) => 16 - index));
  });

  it('says once a day that a feed brought records', async () => {
    await town.db.query(
      `insert into ingestion.feed (id, feed, source, sources, title, basis, contract_version, freshness_days, contract,
         seen_at)
       values (1, 'tax.vat-return', 'SWJ', '{SWJ}', '增值税申报', 'DUTY', '1', 30, '{}', now())`,
    );
    const enterprise = await town.enterprise();
    const nudge = (feed: string) => ({ uscc: enterprise.uscc, feed, batchId: crypto.randomUUID(), records: 3 });
    await town.hear(recordsChanged, nudge('tax.vat-return'), nudge('tax.vat-return'), nudge('court.case'));
    await town.hear(recordsChanged, nudge('tax.vat-return'));
    expect(await kindsOf(enterprise)).toEqual(['records.changed', 'records.changed']);
    const texts = (await list(enterprise)).items.map(({ text }: { text: string }) => text);
    expect(texts).toContainEqual(expect.stringContaining('“增值税申报”有关于贵企业的新记录'));
    town.clock.advance(86_400_000);
    await town.hear(recordsChanged, nudge('tax.vat-return'));
    expect(await kindsOf(enterprise)).toHaveLength(3);
    town.clock.set('2026-11-23T02:00:00Z');
  });

  it('reaches both operators when a limit is proposed', async () => {
    const [one, two] = [await town.as('operator'), await town.as('operator')];
    await town.hear(limitChanged, {
      changeId: crypto.randomUUID(),
      what: 'maxGrabsPerNeed',
      value: '6',
      effectiveFrom: '2026-11-30T16:00:00Z',
      status: 'PENDING',
    });
    for (const operator of [one, two])
      expect((await list(operator)).items[0].text).toContain('单个需求的银行家数 拟改为 6，2026-12-01 00:00 起生效');
  });

  it('tells an enterprise of an offer and of what was signed in its name', async () => {
    const enterprise = await town.enterprise();
    const manager = await town.as('account-manager', { name: '运河银行' });
    const {
      intendedFen: _,
      limitVersion: __,
      grabbedAt: ___,
      contactedAt: ____,
      managerId: _____,
      ...base
    } = aGrabChange(enterprise.uscc, manager);
    await town.hear(offerChanged, {
      ...base,
      offerId: crypto.randomUUID(),
      from: null,
      to: 'OPEN',
      offerFen: '300000000',
      annualRateBp: 395,
      annualCostBp: 410,
      offerTermMonths: 12,
      offerSecurity: 'UNSECURED',
    });
    await town.hear(authorisationSigned, {
      authorisationId: crypto.randomUUID(),
      uscc: enterprise.uscc,
      limbs: ['COLLECTION', 'USE'],
      institutions: null,
      purposes: ['PRE_LOAN'],
      validFrom: '2026-11-23',
      validTo: '2027-11-22',
    });
    const [signed, offer] = (await list(enterprise)).items;
    expect(offer.text).toBe('运河银行报价 300 万元，年利率 3.95%，综合年化成本 4.10%，期限 12 个月。');
    expect(signed.text).toContain('2026-11-23 至 2027-11-22 有效');
  });

  it('tells nobody who has left, and nothing that is older than the list keeps', async () => {
    const enterprise = await town.enterprise();
    await town.db.query(`update identity.person set status = 'SUSPENDED' where id = $1`, [enterprise.person!.personId]);
    await town.hear(needChanged, aNeedChange(enterprise.uscc));
    const manager = await town.as('account-manager');
    town.clock.set('2026-01-05T02:00:00Z');
    const old = aGrabChange(enterprise.uscc, manager);
    town.clock.set('2026-11-23T02:00:00Z');
    const event = { ...(await town.hear(grabChanged, old))[0]!, id: crypto.randomUUID(), at: '2026-01-05T02:00:00Z' };
    await town.hearAgain([event]);
    const rows = await town.db.query('select person_id from notification.notice where person_id = any($1)', [
      [enterprise.person!.personId, manager.person!.personId],
    ]);
    expect(rows).toEqual([{ person_id: manager.person!.personId }]);
  });
});

describe('a list of notices', () => {
  let town: Town;
  let enterprise: Awaited<ReturnType<Town['enterprise']>>;
  beforeAll(async () => {
    town = await startTown();
    enterprise = await town.enterprise();
    await town.hear(needChanged, ...Array.from({ length: 7 }, () => aNeedChange(enterprise.uscc)));
  });
  afterAll(() => town.stop());

  it('comes in pages, newest first', async () => {
    const first = (await enterprise.get(`${root}/notifications?limit=3`)).body;
    const second = (await enterprise.get(`${root}/notifications?limit=3&cursor=${first.nextCursor}`)).body;
    const numbers = [...first.items, ...second.items].map(({ number }) => number);
    expect(numbers).toEqual([7, 6, 5, 4, 3, 2]);
    expect((await enterprise.get(`${root}/notifications?cursor=nonsense`)).status).toBe(422);
  });

  it('is marked as read one by one, up to a number, or all', async () => {
    const { items } = (await enterprise.get(`${root}/notifications`)).body;
    const one = await enterprise.post(`${root}/notifications/${items[0].id}/reading`);
    expect([one.status, one.body]).toEqual([200, { unread: 6 }]);
    expect((await enterprise.post(`${root}/notifications/reading`, { upTo: 3 })).body).toEqual({ unread: 3 });
    const unread = (await enterprise.get(`${root}/notifications?unread=true`)).body.items;
    expect(unread.map(({ number }: { number: number }) => number)).toEqual([6, 5, 4]);
    expect((await enterprise.post(`${root}/notifications/reading`)).body).toEqual({ unread: 0 });
  });

  it('is nobody else’s', async () => {
    const other = await town.enterprise();
    const { items } = (await enterprise.get(`${root}/notifications`)).body;
    const answer = await other.post(`${root}/notifications/${items[0].id}/reading`);
    expect([answer.status, answer.body.code]).toEqual([404, 'NOTIFICATION.NOTICE_NOT_FOUND']);
    expect((await other.get(`${root}/notifications`)).body).toEqual({ items: [], nextCursor: null, unread: 0 });
    expect((await town.anyone.get(`${root}/notifications`)).status).toBe(401);
  });

  it('forgets what is older than half a year', async () => {
    town.clock.set('2027-06-01T02:00:00Z');
    await town.app.get(KeepJob).run();
    expect((await town.db.query('select 1 from notification.notice')).length).toBe(0);
  });
});
