import { createHash, randomUUID } from 'node:crypto';

import type { TestClient } from '../../../test/support/test-service.js';
import { TurnJob } from '../src/waiting/turn.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const monday = '2026-11-23T02:00:00Z';
const sha = (...parts: string[]) =>
  createHash('sha256')
    .update(['xinqiao draw 1', ...parts].join('\n'))
    .digest('hex');

interface Shown {
  id: string;
  nonceHash: string;
  outcome: string;
  reason: string | null;
}

describe('the fair window', () => {
  let market: Market;
  let turns: TurnJob;
  beforeAll(async () => {
    market = await startMarket();
    turns = market.app.get(TurnJob);
    await turns.pause();
    await market.limit('maxGrabsPerNeed', 2);
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
    market.clock.set(monday);
  });

  const fair = { fairWindow: true };
  const close = () => market.clock.set('2026-11-23T02:02:00Z');
  const drawOf = async (id: string, who?: TestClient) => (who ?? (await market.bank())).get(`${root}/draws/${id}`);

  it('takes grabs as sealed entries, tells nobody how many there are, and draws afterwards', async () => {
    const { id, enterprise } = await market.need(fair);
    const banks = await market.banks(5);
    const keys = banks.map(() => randomUUID());
    const entered = await Promise.all(
      banks.map((bank, index) => market.grab(bank, id, '1000000', { 'idempotency-key': keys[index]! })),
    );
    expect(entered.map(({ status, body }) => [status, body.status])).toEqual(banks.map(() => [202, 'SEALED']));
    expect(JSON.stringify(entered.map(({ body }) => body))).not.toContain(enterprise.name);
    const again = await market.grab(banks[0]!, id, '1000000', { 'idempotency-key': keys[0]! });
    expect([again.status, again.body, again.headers['idempotency-replayed']]).toEqual([202, entered[0]!.body, 'true']);
    expect((await market.grab(banks[0]!, id)).body.code).toBe('MARKETPLACE.ALREADY_QUEUED');

    const board = (await (await market.bank()).get(`${root}/leads?limit=100`)).body.items;
    const lead = board.find(({ needId }: { needId: string }) => needId === id);
    expect(lead).toMatchObject({ window: 'SEALED', windowEndsAt: '2026-11-23T02:01:59.999Z', placesLeft: 2 });
    expect(lead.commitment).toBe(entered[0]!.body.commitment);
    const own = await enterprise.get(`${root}/needs/${id}`);
    expect(own.body).toMatchObject({ placesTaken: 0, waiting: 0, sealedUntil: '2026-11-23T02:01:59.999Z' });
    expect((await drawOf(id)).status).toBe(404);

    await turns.run();
    expect((await drawOf(id)).status).toBe(404);
    close();
    expect((await market.grab(await market.bank(), id)).body.code).toBe('MARKETPLACE.DRAW_PENDING');
    await Promise.all([turns.run(), turns.run(), turns.run()]);
    const { body } = await drawOf(id);
    const outcomes = body.entries.map(({ outcome }: Shown) => outcome);
    expect(outcomes).toEqual(['PLACED', 'PLACED', 'WAITING', 'WAITING', 'WAITING']);
    expect(body.faults).toEqual([]);
    const held = await market.db.query(
      `select 1 from marketplace.audit where root_id = $1 and (act = 'DRAWN' or act = 'GRABBED')`,
      [id],
    );
    expect(held).toHaveLength(3);
    const [need] = await market.db.query('select status, taken, waiting from marketplace.need where id = $1', [id]);
    expect(need).toEqual({ status: 'FULL', taken: 2, waiting: 3 });
  });

  it('can be recomputed by an outsider, and each bank finds its own share in it', async () => {
    const { id } = await market.need(fair);
    const banks = await market.banks(4);
    const keys = banks.map(() => randomUUID());
    const entered = await Promise.all(
      banks.map((bank, index) => market.grab(bank, id, '1000000', { 'idempotency-key': keys[index]! })),
    );
    close();
    await turns.run();
    const regulator = await market.as('regulator');
    const { body } = await drawOf(id, regulator);
    const entries = body.entries as Shown[];
    expect(sha('commitment', id, body.secret)).toBe(body.commitment);
    expect(body.commitment).toBe(entered[0]!.body.commitment);
    const lines = entries.map((entry) => `${entry.id} ${entry.nonceHash}`).toSorted();
    expect(sha('seed', id, body.secret, ...lines)).toBe(body.seed);
    const tickets = entries.map((entry) => sha('ticket', body.seed, entry.id));
    expect(tickets).toEqual(tickets.toSorted());
    for (const [index, { body: entry }] of entered.entries())
      expect(entries.find((one) => one.id === entry.id)?.nonceHash).toBe(sha('nonce', keys[index]!));
    expect(JSON.stringify(body)).not.toContain(banks[0]!.person!.organisationCode);
    expect((await drawOf(id, market.anyone)).status).toBe(401);
    const operator = await market.as('operator');
    const { items } = (await operator.get(`${root}/draws`)).body;
    const own = items.find(({ needId }: { needId: string }) => needId === id);
    expect(own).toMatchObject({ entries: 4, placed: 2, waiting: 2, passed: 0 });
    expect((await regulator.get(`${root}/draws`)).status).toBe(403);
  });

  it('keeps the quota of each grade: who has drawn enough today is passed over', async () => {
    const [often, never] = [await market.bank(), await market.bank()];
    await market.db.query(
      `insert into marketplace.institution_grade (institution_id, effective_from, grade, source)
       values ($1, '2026-01-01', 'D', 'test')`,
      [often.person!.organisationId],
    );
    const operators = [await market.as('operator'), await market.as('operator')];
    const change = { what: 'drawDailyQuota', value: 1, grade: 'D', effectiveFrom: '2026-11-23', reason: 'test' };
    const proposed = await operators[0]!.post(`${root}/limits/changes`, change);
    await operators[1]!.post(`${root}/limits/changes/${proposed.body.id}/approval`);
    const needs = [await market.need(fair), await market.need(fair)];
    for (const { id } of needs)
      for (const bank of [often, never]) expect((await market.grab(bank, id)).status).toBe(202);
    close();
    await turns.run();
    const reasons = await market.db.query<{ status: string; reason: string | null }>(
      'select status, reason from marketplace.entry where institution_id = $1 order by ended_at, status desc',
      [often.person!.organisationId],
    );
    expect(reasons.toSorted((a, b) => (a.status < b.status ? -1 : 1))).toEqual([
      { status: 'PASSED', reason: 'DRAW_QUOTA' },
      { status: 'PLACED', reason: null },
    ]);
    const placed = await market.db.query(
      `select 1 from marketplace.entry where institution_id = $1 and status = 'PLACED'`,
      [never.person!.organisationId],
    );
    expect(placed).toHaveLength(2);
  });

  it('can be left before it closes, and a need that ends takes its entries with it', async () => {
    const [left, ended] = [await market.need(fair), await market.need(fair)];
    const bank = await market.bank();
    for (const { id } of [left, ended]) await market.grab(bank, id);
    expect((await bank.delete(`${root}/needs/${left.id}/waiting`)).body).toMatchObject({ status: 'LEFT' });
    expect((await market.grab(bank, left.id)).status).toBe(202);
    await ended.enterprise.post(`${root}/needs/${ended.id}/withdrawal`);
    close();
    expect((await bank.delete(`${root}/needs/${left.id}/waiting`)).body.code).toBe('MARKETPLACE.DRAW_PENDING');
    await turns.run();
    expect((await drawOf(ended.id)).status).toBe(404);
    const { items } = (await bank.get(`${root}/waiting`)).body;
    expect(items.map(({ status }: { status: string }) => status).toSorted()).toEqual(['CLOSED', 'LEFT', 'PLACED']);
  });

  it('that is cut off leaves nothing behind, and is held once afterwards', async () => {
    const { id } = await market.need(fair);
    for (const bank of await market.banks(3)) await market.grab(bank, id);
    await market.db.query(`
      create function marketplace.cut() returns trigger language plpgsql as $$
      begin if new.act = 'DRAWN' then raise exception 'cut off'; end if; return new; end $$;
      create trigger cut before insert on marketplace.audit for each row execute function marketplace.cut()`);
    close();
    await turns.run();
    const [before] = await market.db.query(
      `select drawn_at, taken, (select count(*)::int from marketplace.entry where need_id = $1 and status = 'SEALED') as sealed
       from marketplace.need where id = $1`,
      [id],
    );
    expect(before).toEqual({ drawn_at: null, taken: 0, sealed: 3 });
    await market.db.query('drop trigger cut on marketplace.audit');
    await Promise.all([turns.run(), turns.run()]);
    await turns.run();
    const [after] = await market.db.query(
      `select (select count(*)::int from marketplace.grab where need_id = $1) as grabs,
              (select count(*)::int from marketplace.audit where root_id = $1 and act = 'DRAWN') as draws`,
      [id],
    );
    expect(after).toEqual({ grabs: 2, draws: 1 });
  });

  it('that nobody entered opens the need to whoever comes first', async () => {
    const { id } = await market.need(fair);
    close();
    await turns.run();
    expect((await drawOf(id)).body).toMatchObject({ entries: [], faults: [] });
    expect((await market.grab(await market.bank(), id)).status).toBe(201);
  });

  it('is the market’s own when the limit says so', async () => {
    await market.limit('fairWindowSeconds', 30);
    const { id } = await market.need();
    expect((await market.grab(await market.bank(), id)).body).toMatchObject({
      status: 'SEALED',
      sealedUntil: '2026-11-23T02:00:29.999Z',
    });
    await market.limit('fairWindowSeconds', 0);
  });
});

describe('the exclusive window', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(TurnJob).pause();
  });
  afterAll(() => market.stop());
  afterEach(() => market.clock.set(monday));

  const sees = async (bank: TestClient, id: string) =>
    JSON.stringify((await bank.get(`${root}/leads?limit=100`)).body).includes(id);

  it('of a directed bank ends with the next working day: only it sees and takes the need before', async () => {
    const [named, other] = await market.banks(2);
    const { id, enterprise } = await market.need({ directedTo: named!.person!.organisationCode });
    expect((await enterprise.get(`${root}/needs/${id}`)).body).toMatchObject({
      firstLook: 'DIRECTED',
      firstLookInstitution: named!.person!.organisationCode,
      exclusiveUntil: '2026-11-24T15:59:59.999Z',
    });
    expect([await sees(named!, id), await sees(other!, id)]).toEqual([true, false]);
    expect((await market.grab(other!, id)).body.code).toBe('MARKETPLACE.EXCLUSIVE_WINDOW');
    expect((await market.grab(named!, id)).status).toBe(201);
    market.clock.set('2026-11-24T16:00:00Z');
    expect(await sees(other!, id)).toBe(true);
    expect((await market.grab(other!, id)).status).toBe(201);
  });

  it('of the main bank is two working days, and comes before a fair window', async () => {
    const [main, other] = await market.banks(2);
    const { id } = await market.need({ houseBank: main!.person!.organisationCode, fairWindow: true });
    expect((await market.grab(other!, id)).status).toBe(409);
    expect((await market.grab(main!, id)).status).toBe(201);
    market.clock.set('2026-11-25T16:00:00Z');
    expect((await market.grab(other!, id)).body.status).toBe('SEALED');
  });

  it('is refused for a bank that is not there, is not covered, or when two are named', async () => {
    const bank = await market.bank();
    const code = bank.person!.organisationCode;
    const enterprise = await market.enterprise({ institutions: ['OTHERS'] });
    const body = { amountFen: '500000000', termMonths: 12, purpose: '研发', security: 'UNSECURED' };
    const contact = { name: '周会计', phone: '13800001111' };
    const draft = (wish: object) => enterprise.post(`${root}/needs`, { ...body, contact, ...wish });
    expect((await draft({ directedTo: 'NOBODY' })).body.errors[0].pointer).toBe('/directedTo');
    expect((await draft({ directedTo: code, houseBank: code })).body.errors[0].pointer).toBe('/houseBank');
    expect((await draft({ productId: randomUUID() })).body.errors[0].pointer).toBe('/productId');
    const { id } = (await draft({ directedTo: code })).body;
    const published = await enterprise.post(`${root}/needs/${id}/publication`);
    expect([published.status, published.body.code]).toEqual([403, 'MARKETPLACE.FIRST_LOOK_NOT_COVERED']);
  });
});
