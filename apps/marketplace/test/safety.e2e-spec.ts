import { randomUUID } from 'node:crypto';

import { drain } from '@app/messaging';

import type { TestClient } from '../../../test/support/test-service.js';
import { SafetyJob } from '../src/safety/safety.job.js';
import { type Market, startMarket } from './support/market.js';
import { aPastCase } from './support/past.js';

const safety = '/api/marketplace/safety';

describe('equal needs', () => {
  let market: Market;
  let operator: TestClient;
  beforeAll(async () => {
    market = await startMarket();
    operator = await market.as('operator');
  });
  afterAll(() => market.stop());

  const flags = async (kind: string) => (await operator.get(`${safety}/flags?kind=${kind}`)).body.items;
  const notes = async (bank: TestClient) => (await bank.get(`${safety}/notes`)).body.items;

  it('are flagged, and the banks at work are told that there is one, not where', async () => {
    const [early, late, stranger] = await market.banks(3);
    const { id: first, enterprise } = await market.need({ purpose: '研发投入' });
    await market.grab(early!, first);
    const { id: second } = await market.need({ purpose: '新产品研发', amountFen: '480000000' }, enterprise);
    await drain();
    const [flag] = await flags('EQUAL_NEED');
    expect(flag).toMatchObject({ state: 'OPEN', institutions: [early!.person!.organisationCode] });
    expect(flag.ids.toSorted()).toEqual([first, second].toSorted());
    expect(JSON.stringify(flag)).not.toContain(enterprise.uscc);
    expect(JSON.stringify(flag)).not.toContain(enterprise.name);

    await market.grab(late!, second);
    await drain();
    expect(await market.db.query('select error from marketplace.dead_letter')).toEqual([]);
    for (const bank of [early!, late!]) {
      const [note] = await notes(bank);
      expect(note).toMatchObject({ what: 'EQUAL_NEED' });
      expect(Object.keys(note).toSorted()).toEqual(['grabId', 'id', 'needId', 'notedAt', 'text', 'what']);
    }
    expect((await notes(early!))[0].needId).toBe(first);
    expect(await notes(stranger!)).toEqual([]);
  });

  it('are not what differs in purpose, size, time or enterprise', async () => {
    const before = (await flags('EQUAL_NEED')).length;
    const { enterprise } = await market.need({ purpose: '购买设备' });
    await market.need({ purpose: '补充流动资金' }, enterprise);
    await market.need({ purpose: '购买设备', amountFen: '20000000' }, enterprise);
    await market.need({ purpose: '购买设备' });
    await drain();
    expect(await flags('EQUAL_NEED')).toHaveLength(before);
  });

  it('are no news once they were explained', async () => {
    const [flag] = await flags('EQUAL_NEED');
    const decide = (state: string) => operator.post(`${safety}/flags/${flag.id}/decision`, { state, note: '两期设备' });
    const [bank] = await market.banks(1);
    expect((await bank!.post(`${safety}/flags/${flag.id}/decision`, { state: 'CONFIRMED', note: 'x' })).status).toBe(
      403,
    );
    const decided = await decide('EXPLAINED');
    expect([decided.status, decided.body.state]).toEqual([200, 'EXPLAINED']);
    expect((await decide('CONFIRMED')).body.code).toBe('MARKETPLACE.FLAG_DECIDED');
    await market.grab(bank!, flag.ids[0]);
    await drain();
    expect(await notes(bank!)).toEqual([]);
  });

  it('leave nothing in the database that names what was marked', async () => {
    const [row] = await market.db.query<{ mark: Buffer }>('select mark from marketplace.need_mark limit 1');
    expect(row!.mark).toHaveLength(32);
  });
});

describe('equal pledges', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  const aCase = async (bank: TestClient) => {
    const { id } = await market.need();
    return (await market.grab(bank, id)).body.id as string;
  };
  const pledge = (bank: TestClient, grabId: string, identifier: string, kind = 'PATENT') =>
    bank.post(`${safety}/pledges`, { grabId, kind, identifier });

  it('are found across banks, whoever writes the number how, and nobody learns of whom', async () => {
    const [one, two] = await market.banks(2);
    const [first, second] = [await aCase(one!), await aCase(two!)];
    const alone = await pledge(one!, first, 'ZL 2020 1 0123456.7');
    expect([alone.status, alone.body.equalElsewhere]).toEqual([201, false]);
    const again = await pledge(two!, second, 'cn2020-1-01234567');
    expect([again.status, again.body.equalElsewhere]).toEqual([201, true]);
    expect(JSON.stringify(again.body)).not.toContain(one!.person!.organisationCode);
    const [note] = (await one!.get(`${safety}/notes`)).body.items;
    expect(note).toMatchObject({ what: 'EQUAL_PLEDGE', grabId: first });
    expect(JSON.stringify(note)).not.toContain(two!.person!.organisationCode);
    const operator = await market.as('operator');
    const [flag] = (await operator.get(`${safety}/flags?kind=EQUAL_PLEDGE`)).body.items;
    expect(flag.institutions).toEqual([one!, two!].map(({ person }) => person!.organisationCode).toSorted());
    const kept = await market.db.query(`select to_jsonb(p)::text as row from marketplace.pledge_mark p`);
    expect(JSON.stringify(kept)).not.toContain('0123456');
  });

  it('are found by exactly one of two banks that register at once', async () => {
    const [one, two] = await market.banks(2);
    const [first, second] = [await aCase(one!), await aCase(two!)];
    const answers = await Promise.all([
      pledge(one!, first, 'M-777888', 'EQUIPMENT'),
      pledge(two!, second, 'm777888', 'EQUIPMENT'),
    ]);
    expect(answers.filter(({ body }) => body.equalElsewhere)).toHaveLength(1);
  });

  it('end with their release', async () => {
    const [one, two] = await market.banks(2);
    const [first, second] = [await aCase(one!), await aCase(two!)];
    const { id } = (await pledge(one!, first, 'LAND-0001', 'REAL_ESTATE')).body;
    expect((await pledge(one!, first, 'land 0001', 'REAL_ESTATE')).body.code).toBe('MARKETPLACE.PLEDGE_REGISTERED');
    const listed = (bank: TestClient) => bank.get(`${safety}/pledges?grabId=${first}`);
    expect((await listed(one!)).body.items[0]).toMatchObject({ id, kind: 'REAL_ESTATE', releasedAt: null });
    expect((await listed(two!)).body.items).toEqual([]);
    expect((await two!.post(`${safety}/pledges/${id}/release`)).status).toBe(404);
    expect((await one!.post(`${safety}/pledges/${id}/release`)).status).toBe(200);
    expect((await one!.post(`${safety}/pledges/${id}/release`)).status).toBe(404);
    expect((await pledge(two!, second, 'LAND-0001', 'REAL_ESTATE')).body.equalElsewhere).toBe(false);
  });

  it('end with a case that ends without a loan, for its own bank too', async () => {
    const [one, two] = await market.banks(2);
    const [first, second, later] = [await aCase(one!), await aCase(two!), await aCase(one!)];
    expect((await pledge(one!, first, 'PAT-0815')).status).toBe(201);
    await one!.post(`/api/marketplace/grabs/${first}/release`);
    await drain();
    expect((await pledge(two!, second, 'PAT-0815')).body.equalElsewhere).toBe(false);
    expect((await pledge(one!, later, 'PAT-0815')).body.equalElsewhere).toBe(true);
  });

  it('are never left behind by a case that ends at the same moment', async () => {
    const [bank] = await market.banks(1);
    for (let round = 0; round < 8; round += 1) {
      const grabId = await aCase(bank!);
      await Promise.all([
        pledge(bank!, grabId, `RACE-${round}-000`),
        bank!.post(`/api/marketplace/grabs/${grabId}/release`),
      ]);
    }
    await drain();
    const left = await market.db.query(
      `select 1 from marketplace.pledge_mark p join marketplace.grab g on g.id = p.grab_id
       where p.released_at is null and g.status = 'RELEASED'`,
    );
    expect(left).toEqual([]);
  });

  it('can be asked for by the bank of a running case only, and not tried out', async () => {
    const [one, two] = await market.banks(2);
    const grabId = await aCase(one!);
    expect((await pledge(two!, grabId, 'ABCD-1')).body.code).toBe('MARKETPLACE.PLEDGE_NOT_FOUND');
    expect((await pledge(one!, randomUUID(), 'ABCD-1')).status).toBe(404);
    for (const nothing of ['x', '·····', 'AB-····-C']) expect((await pledge(one!, grabId, nothing)).status).toBe(422);
    for (let count = 0; count < 20; count += 1)
      expect((await pledge(one!, grabId, `TRY-${count}-000`)).status).toBe(201);
    expect((await pledge(one!, grabId, 'TRY-20-000')).body.code).toBe('MARKETPLACE.TOO_MANY_PLEDGES');
    await one!.post(`/api/marketplace/grabs/${grabId}/release`);
    expect((await pledge(one!, grabId, 'TRY-21-000')).body.code).toBe('MARKETPLACE.CASE_HAS_ENDED');
    expect((await (await market.enterprise()).get(`${safety}/notes`)).status).toBe(403);
  });
});

describe('what no honest bank does', () => {
  let market: Market;
  let operator: TestClient;
  beforeAll(async () => {
    market = await startMarket();
    operator = await market.as('operator');
  });
  afterAll(() => market.stop());

  const look = () => market.app.get(SafetyJob).run();
  const flags = async (kind: string) => (await operator.get(`${safety}/flags?kind=${kind}`)).body.items;
  const recent = {
    publishedAt: '2026-11-20T02:00:00Z',
    contactBy: '2026-11-21T15:59:59Z',
    endedAt: null,
    status: 'ACTIVE',
  };

  it('is seen in the rows: scripts, hoarding, taking turns, equal offers', async () => {
    const [script, hoarder, one, two] = await market.banks(4);
    for (let count = 0; count < 3; count += 1)
      await aPastCase(market, script!, { ...recent, grabbedAt: '2026-11-20T02:00:01Z' });
    for (let count = 0; count < 20; count += 1)
      await aPastCase(market, hoarder!, { ...recent, grabbedAt: '2026-11-20T04:00:00Z', contactedAt: null });
    for (const [from, to] of [
      [one!, two!],
      [two!, one!],
      [one!, two!],
      [two!, one!],
    ] as const) {
      const offer = { at: '2026-11-20T06:00:00Z', rateBp: 388 };
      const left = {
        ...recent,
        grabbedAt: '2026-11-20T03:00:00Z',
        endedAt: '2026-11-20T05:00:00Z',
        status: 'RELEASED',
      };
      const { needId } = await aPastCase(market, from, { ...left, offer });
      await aPastCase(market, to, { ...recent, needId, grabbedAt: '2026-11-20T05:10:00Z', offer });
    }
    await Promise.all([look(), look()]);
    const codes = (...banks: TestClient[]) => banks.map(({ person }) => person!.organisationCode).toSorted();
    expect(await flags('FAST_GRABS')).toMatchObject([{ institutions: codes(script!), state: 'OPEN' }]);
    expect(await flags('HOARDING')).toMatchObject([{ institutions: codes(hoarder!) }]);
    expect(await flags('ALTERNATION')).toMatchObject([{ institutions: codes(one!, two!) }]);
    expect(await flags('EQUAL_OFFERS')).toMatchObject([{ institutions: codes(one!, two!) }]);
    const all = JSON.stringify((await operator.get(`${safety}/flags`)).body);
    expect(all).not.toMatch(/91320505MA1X|past/);
  });

  it('is one flag while it lasts, and comes up again with enough that is new only', async () => {
    await look();
    const [flag] = await flags('FAST_GRABS');
    expect(await flags('FAST_GRABS')).toHaveLength(1);
    await operator.post(`${safety}/flags/${flag.id}/decision`, { state: 'EXPLAINED', note: '批量导入测试' });
    await look();
    expect(await flags('FAST_GRABS')).toHaveLength(1);
    const [managed] = await market.db.query<{ manager_id: string; institution_id: string; institution_code: string }>(
      'select manager_id, institution_id, institution_code from marketplace.grab where id = $1',
      [flag.ids[0]],
    );
    const person = {
      personId: managed!.manager_id,
      organisationId: managed!.institution_id,
      organisationCode: managed!.institution_code,
    };
    const again = { ...operator, person: { ...operator.person!, ...person } };
    for (let count = 0; count < 3; count += 1)
      await aPastCase(market, again, { ...recent, grabbedAt: '2026-11-20T02:00:02Z' });
    await look();
    expect((await flags('FAST_GRABS')).map(({ state }: { state: string }) => state)).toEqual(['OPEN', 'EXPLAINED']);
  });
});
