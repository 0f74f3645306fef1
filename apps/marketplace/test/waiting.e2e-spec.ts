import type { Response } from 'supertest';

import type { TestClient } from '../../../test/support/test-service.js';
import { TurnJob } from '../src/waiting/turn.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const won = (answers: Response[]) => answers.filter(({ status }) => status === 201);

describe('the line of a full need', () => {
  let market: Market;
  let turns: TurnJob;
  beforeAll(async () => {
    market = await startMarket();
    turns = market.app.get(TurnJob);
    await turns.pause();
    await market.limit('maxGrabsPerNeed', 1);
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
  });

  const wait = (bank: TestClient, id: string, intendedFen = '1000000') =>
    bank.post(`${root}/needs/${id}/waiting`, { intendedFen });
  const leave = (bank: TestClient, id: string) => bank.delete(`${root}/needs/${id}/waiting`);
  const release = (bank: TestClient, grab: Response) => bank.post(`${root}/grabs/${grab.body.id}/release`);
  const mine = async (bank: TestClient) => (await bank.get(`${root}/waiting`)).body.items;
  const aFullNeed = async () => {
    const { id, enterprise } = await market.need();
    const holder = await market.bank();
    const grab = await market.grab(holder, id);
    expect(grab.status).toBe(201);
    return { id, enterprise, holder, grab };
  };

  it('gives a place that becomes free to the first, and nobody else gets past it', async () => {
    const { id, holder, grab, enterprise } = await aFullNeed();
    const [first, second, stranger] = await market.banks(3);
    expect((await wait(first!, id)).body).toMatchObject({ status: 'WAITING', ahead: 0, grabId: null });
    expect((await wait(second!, id)).body).toMatchObject({ ahead: 1 });
    await release(holder, grab);
    expect((await market.grab(stranger!, id)).body.code).toBe('MARKETPLACE.NEED_FULL');
    expect((await market.grab(first!, id)).body.code).toBe('MARKETPLACE.NEED_FULL');
    const leads = await stranger!.get(`${root}/leads?limit=100`);
    expect(JSON.stringify(leads.body)).not.toContain(id);
    await turns.run();
    const [placed] = await mine(first!);
    expect(placed).toMatchObject({ status: 'PLACED', ahead: null, grabId: expect.any(String) });
    const opened = await first!.get(`${root}/grabs/${placed.grabId}`);
    expect(opened.body).toMatchObject({ needId: id, status: 'ACTIVE' });
    expect(JSON.stringify(opened.body)).toContain(enterprise.name);
    expect(await mine(second!)).toMatchObject([{ status: 'WAITING', ahead: 0 }]);
    const [need] = await market.db.query('select status, taken, waiting from marketplace.need where id = $1', [id]);
    expect(need).toEqual({ status: 'FULL', taken: 1, waiting: 1 });
  });

  it('passes over who may not take the place when its turn comes, and says why', async () => {
    const { id, holder, grab, enterprise } = await aFullNeed();
    const [gone, barred, able] = await market.banks(3);
    for (const bank of [gone!, barred!, able!]) expect((await wait(bank, id)).status).toBe(201);
    await market.db.query(`update identity.person set status = 'SUSPENDED' where id = $1`, [gone!.person!.personId]);
    await market.db.query(`update identity.organisation set memberships = '{CREDIT}' where id = $1`, [
      barred!.person!.organisationId,
    ]);
    await release(holder, grab);
    await turns.run();
    const reasons = await market.db.query<{ status: string; reason: string | null }>(
      'select status, reason from marketplace.entry where need_id = $1 order by line_no',
      [id],
    );
    expect(reasons).toEqual([
      { status: 'PASSED', reason: 'WRONG_ROLE' },
      { status: 'PASSED', reason: 'NOT_A_MEMBER' },
      { status: 'PLACED', reason: null },
    ]);
    expect((await enterprise.get(`${root}/needs/${id}`)).body).toMatchObject({ placesTaken: 1, waiting: 0 });
    const trail = await market.db.query(
      `select detail->>'reason' as reason from marketplace.audit where root_id = $1 and act = 'PASSED' order by id`,
      [id],
    );
    expect(trail).toEqual([{ reason: 'WRONG_ROLE' }, { reason: 'NOT_A_MEMBER' }]);
  });

  it('is joined only for want of room, once by a bank, and never by one that held a place', async () => {
    const { id, holder, grab } = await aFullNeed();
    const open = await market.need();
    const [bank, outsider] = [await market.bank(), await market.bank({ memberships: ['CREDIT'] })];
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    const codes = [
      await wait(bank, open.id),
      await wait(holder, id),
      await wait(outsider, id),
      await wait(bank, id, '500000001'),
      await wait(open.enterprise, id),
      await wait(bank, '00000000-0000-7000-8000-000000000000'),
    ].map(({ status, body }) => `${status} ${body.code}`);
    expect(codes).toEqual([
      '409 MARKETPLACE.PLACES_LEFT',
      '409 MARKETPLACE.ALREADY_GRABBED',
      '403 MARKETPLACE.NOT_A_MEMBER',
      '422 INVALID_INPUT',
      '403 AUTH.WRONG_ROLE',
      '404 MARKETPLACE.NEED_NOT_FOUND',
    ]);
    expect((await wait(bank, id)).status).toBe(201);
    expect((await wait(colleague, id)).body.code).toBe('MARKETPLACE.ALREADY_QUEUED');
    await release(holder, grab);
    expect((await wait(holder, id)).body.code).toBe('MARKETPLACE.ALREADY_GRABBED');
  });

  it('is left again by whoever of the bank says so, and only by its own bank', async () => {
    const { id, holder, grab } = await aFullNeed();
    const [bank, other] = await market.banks(2);
    const colleague = await market.as('account-manager', { colleagueOf: bank!.person! });
    await wait(bank!, id);
    expect((await leave(other!, id)).body.code).toBe('MARKETPLACE.NOT_IN_LINE');
    expect((await leave(colleague, id)).body).toMatchObject({ status: 'LEFT' });
    expect((await leave(bank!, id)).status).toBe(404);
    await release(holder, grab);
    await turns.run();
    expect((await market.grab(other!, id)).status).toBe(201);
  });

  it('has an end: no more banks than the limit says, and none when it is switched off', async () => {
    const { id } = await aFullNeed();
    await market.limit('maxWaitingPerNeed', 1);
    const [one, two] = await market.banks(2);
    expect((await wait(one!, id)).status).toBe(201);
    expect((await wait(two!, id)).body.code).toBe('MARKETPLACE.LINE_FULL');
    await market.limit('maxWaitingPerNeed', 20);
    await market.limit('maxWaitingPerInstitution', 1);
    const other = await aFullNeed();
    expect((await wait(one!, other.id)).body.code).toBe('MARKETPLACE.WAITING_LIMIT');
    await market.limit('maxWaitingPerInstitution', 50);
  });

  it('closes with its need', async () => {
    const { id, enterprise } = await aFullNeed();
    const bank = await market.bank();
    await wait(bank, id);
    await enterprise.post(`${root}/needs/${id}/withdrawal`);
    expect(await mine(bank)).toMatchObject([{ status: 'CLOSED', reason: 'WITHDRAWN' }]);
    const trail = await market.db.query<{ act: string }>(
      `select act from marketplace.audit where root_id = $1 and subject = 'entry' order by id`,
      [id],
    );
    expect(trail.map(({ act }) => act)).toEqual(['WAITING', 'CLOSED']);
  });

  it('moves when the limit of places is raised', async () => {
    const { id } = await aFullNeed();
    const bank = await market.bank();
    await wait(bank, id);
    await market.limit('maxGrabsPerNeed', 2);
    await market.keepHouse();
    await turns.run();
    expect(await mine(bank)).toMatchObject([{ status: 'PLACED' }]);
  });

  it('a bank sees full needs when it asks for them', async () => {
    await market.limit('maxGrabsPerNeed', 2);
    const { id } = await market.need();
    for (const bank of await market.banks(2)) await market.grab(bank, id);
    const bank = await market.bank();
    const listed = async (query: string) =>
      (await bank.get(`${root}/leads?limit=100${query}`)).body.items.map(({ needId }: { needId: string }) => needId);
    expect(await listed('')).not.toContain(id);
    expect(await listed('&room=FULL')).toContain(id);
  });

  it('200 grabs at once on five places, and everybody else in line: five hold one, and the line is served in order', async () => {
    await market.limit('maxGrabsPerNeed', 5);
    await market.limit('maxWaitingPerNeed', 50);
    const { id } = await market.need();
    const banks = await market.banks(20);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => market.grab(banks[i % 20]!, id)));
    expect(won(answers)).toHaveLength(5);
    const holders = new Map(won(answers).map((answer) => [answer.body.id as string, answer]));
    const joined = await Promise.all(banks.map((bank) => wait(bank, id)));
    expect(won(joined)).toHaveLength(15);
    const owners = banks.filter((_, index) => joined[index]!.status !== 201);
    // Three places come free while strangers reach for them and the job runs in several copies.
    const acts = owners.slice(0, 3).map(async (bank) => {
      const { items } = (await bank.get(`${root}/grabs`)).body;
      expect(holders.has(items[0].id)).toBe(true);
      return bank.post(`${root}/grabs/${items[0].id}/release`);
    });
    const strangers = await market.banks(10);
    const rush = await Promise.all([
      ...acts,
      ...strangers.map((bank) => market.grab(bank, id)),
      turns.run(),
      turns.run(),
      turns.run(),
    ]);
    expect(rush.slice(3, 13).every((one) => (one as Response).status === 409)).toBe(true);
    await turns.run();
    const rows = await market.db.query<{ status: string }>(
      'select status from marketplace.entry where need_id = $1 order by line_no',
      [id],
    );
    expect(rows.map(({ status }) => status)).toEqual([...Array(3).fill('PLACED'), ...Array(12).fill('WAITING')]);
    const [need] = await market.db.query('select status, taken, waiting from marketplace.need where id = $1', [id]);
    expect(need).toEqual({ status: 'FULL', taken: 5, waiting: 12 });
  });
});
