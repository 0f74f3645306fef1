import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import pg from 'pg';
import type { Response } from 'supertest';

import type { TestClient } from '../../../test/support/test-service.js';
import { type Market, needBody, startMarket } from './support/market.js';

const codesOf = (answers: Response[]) => [...new Set(answers.filter((a) => a.status !== 201).map((a) => a.body.code))];
const won = (answers: Response[]) => answers.filter(({ status }) => status === 201);

describe('taking a place', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
  });

  it('gives five places to exactly five of 200 grabs at once', async () => {
    const { id } = await market.need();
    const banks = await market.banks(20);
    const answers = await Promise.all(Array.from({ length: 200 }, (_, i) => market.grab(banks[i % 20]!, id)));
    expect(won(answers)).toHaveLength(5);
    expect(codesOf(answers).every((code) => /NEED_FULL|ALREADY_GRABBED/.test(code))).toBe(true);
    expect(await market.db.query('select status, taken from marketplace.need where id = $1', [id])).toEqual([
      { status: 'FULL', taken: 5 },
    ]);
    const [counted] = await market.db.query<{ banks: string }>(
      'select count(distinct institution_id) as banks from marketplace.grab where need_id = $1',
      [id],
    );
    expect(Number(counted!.banks)).toBe(5);
  });

  it('answers the same key sent sixteen times at once with one and the same grab', async () => {
    const { id } = await market.need();
    const bank = await market.bank();
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 16 }, () => market.grab(bank, id, '5', key)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers.filter(({ headers }) => headers['idempotency-replayed'] === 'true')).toHaveLength(15);
    const later = await market.grab(bank, id, '5', key);
    expect(later.body).toEqual(answers[0]!.body);
    expect((await market.grab(bank, id, '6', key)).body.code).toBe('IDEMPOTENCY.KEY_REUSED');
    const other = await market.need();
    expect((await market.grab(bank, other.id, '5', key)).status).toBe(422);
  });

  it('keeps keys of two people apart', async () => {
    const { id } = await market.need();
    const key = { 'idempotency-key': randomUUID() };
    const [one, two] = [await market.bank(), await market.bank()];
    const answers = [await market.grab(one, id, '5', key), await market.grab(two, id, '5', key)];
    expect(won(answers)).toHaveLength(2);
  });

  it('does not remember a refusal: the same key may win later', async () => {
    await market.limit('maxGrabsPerNeed', 5);
    const { id } = await market.need();
    const holders = await market.banks(5);
    const grabs = await Promise.all(holders.map((bank) => market.grab(bank, id)));
    const late = await market.bank();
    const key = { 'idempotency-key': randomUUID() };
    expect((await market.grab(late, id, '5', key)).body.code).toBe('MARKETPLACE.NEED_FULL');
    await holders[0]!.post(`/api/marketplace/grabs/${grabs[0]!.body.id}/release`);
    expect((await market.grab(late, id, '5', key)).status).toBe(201);
  });

  it('wants a key, an amount, a need that is there, and no more than it needs', async () => {
    const { id } = await market.need();
    const bank = await market.bank();
    const path = `/api/marketplace/needs/${id}/grabs`;
    expect((await bank.post(path, { intendedFen: '5' }, { 'idempotency-key': '' })).status).toBe(400);
    expect((await bank.post(path, {})).body.errors[0].pointer).toBe('/intendedFen');
    expect((await bank.post(path, { intendedFen: 5 })).status).toBe(422);
    expect((await market.grab(bank, id, '500000001')).body.errors[0].pointer).toBe('/intendedFen');
    expect((await market.grab(bank, randomUUID())).status).toBe(404);
    expect((await market.grab(bank, 'not-an-id')).status).toBe(404);
    expect((await market.anyone.post(path, { intendedFen: '5' })).status).toBe(401);
    expect((await market.grab(bank, id, '500000000')).status).toBe(201);
  });

  it('does not show that a draft exists', async () => {
    const enterprise = await market.enterprise();
    const draft = await enterprise.post('/api/marketplace/needs', needBody);
    expect((await market.grab(await market.bank(), draft.body.id)).status).toBe(404);
  });

  it('stops at three times the amount (B), and lets the limit be switched off', async () => {
    const { id } = await market.need();
    const banks = await market.banks(4);
    const answers: Response[] = [];
    for (const bank of banks) answers.push(await market.grab(bank, id, '500000000'));
    expect(answers.map(({ body }) => body.code ?? body.status)).toEqual([
      'ACTIVE',
      'ACTIVE',
      'ACTIVE',
      'MARKETPLACE.AMOUNT_EXHAUSTED',
    ]);
    await market.limit('amountLimited', false);
    expect((await market.grab(banks[3]!, id, '500000000')).status).toBe(201);
  });

  it('stops a manager with ten open cases, then an institution, and every bank that came before', async () => {
    await market.limit('maxOpenNeedsPerEnterprise', 1000);
    await market.limit('maxOpenGrabsPerInstitution', 12);
    const enterprise = await market.enterprise();
    const needs: string[] = [];
    for (let i = 0; i < 14; i += 1) needs.push((await market.need({}, enterprise)).id);
    const bank = await market.bank();
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    const take = (who: TestClient, from: number, to: number) =>
      Promise.all(needs.slice(from, to).map((need) => market.grab(who, need)));
    const first = await take(bank, 0, 11);
    expect(won(first)).toHaveLength(10);
    expect(codesOf(first)).toEqual(['MARKETPLACE.MANAGER_LIMIT']);
    const second = await take(colleague, 11, 14);
    expect(won(second)).toHaveLength(2);
    expect(codesOf(second)).toEqual(['MARKETPLACE.INSTITUTION_LIMIT']);
    const released = won(first)[0]!.body;
    await bank.post(`/api/marketplace/grabs/${released.id}/release`);
    expect((await market.grab(colleague, released.needId)).body.code).toBe('MARKETPLACE.ALREADY_GRABBED');
  });

  it('counts grabs of a day although they were released', async () => {
    await market.limit('maxDailyGrabsPerManager', 2);
    const bank = await market.bank();
    const take = async () => {
      const { id } = await market.need();
      const answer = await market.grab(bank, id);
      if (answer.status === 201) await bank.post(`/api/marketplace/grabs/${answer.body.id}/release`);
      return answer;
    };
    const answers = [await take(), await take(), await take()];
    expect(answers[2]!.body).toMatchObject({
      code: 'MARKETPLACE.MANAGER_LIMIT',
      detail: expect.stringMatching(/today/),
    });
    market.clock.advance(86_400_000);
    expect((await take()).status).toBe(201);
    market.clock.advance(-86_400_000);
    await market.limit('maxDailyGrabsPerManager', 30);
  });

  it('lets in members of the marketplace only, in their own role, with a session that still stands', async () => {
    const { id, enterprise } = await market.need();
    const outsider = await market.bank({ memberships: ['CREDIT'] });
    expect((await market.grab(outsider, id)).body.code).toBe('MARKETPLACE.NOT_A_MEMBER');
    expect((await market.grab(enterprise, id)).body.code).toBe('AUTH.WRONG_ROLE');
    const bank = await market.bank();
    // The first look is cached for a second by the gate; the lane looks again, in its own trip.
    await bank.get('/api/marketplace/grabs');
    await market.db.query('update identity.session set ended_at = now() where id = $1', [bank.person!.sessionId]);
    expect((await market.grab(bank, id)).status).toBe(401);
  });

  it('asks what the authorisation says now, whatever anybody has heard', async () => {
    const named = await market.bank({ code: 'NAMED' });
    const other = await market.bank({ code: 'OTHER' });
    const enterprise = await market.enterprise({ institutions: ['NAMED'] });
    const { id } = await market.need({}, enterprise);
    expect((await market.grab(other, id)).body.code).toBe('MARKETPLACE.INSTITUTION_NOT_COVERED');
    const leads = await other.get('/api/marketplace/leads?limit=100');
    expect(JSON.stringify(leads.body)).not.toContain(id);
    await market.revoke(enterprise.uscc);
    const late = await market.grab(named, id);
    expect([late.status, late.body.code]).toEqual([410, 'MARKETPLACE.NEED_CLOSED']);
  });

  it('serves the others when one request of a batch cannot be written', async () => {
    const { id } = await market.need();
    const [bad, ...good] = await market.banks(4);
    await market.db.query(`
      create function marketplace.fail() returns trigger language plpgsql as $$
      begin if new.intended_fen = 13 then raise exception 'unlucky'; end if; return new; end $$;
      create trigger unlucky before insert on marketplace.grab for each row execute function marketplace.fail()`);
    const answers = await Promise.all([market.grab(bad!, id, '13'), ...good.map((bank) => market.grab(bank, id))]);
    await market.db.query('drop trigger unlucky on marketplace.grab');
    expect(answers.map(({ status }) => status)).toEqual([500, 201, 201, 201]);
    expect((await market.grab(bad!, id, '13')).status).toBe(201);
  });

  it('says 503 when its connection is cut, and the same key brings the truth afterwards', async () => {
    const { id } = await market.need();
    const banks = await market.banks(3);
    const cut = () =>
      market.db.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'marketplace lane' and datname = current_database()`,
      );
    const keys = banks.map(() => ({ 'idempotency-key': randomUUID() }));
    const flying = banks.map((bank, index) => market.grab(bank, id, '7', keys[index]));
    await cut();
    const answers = await Promise.all(flying);
    expect(answers.every(({ status }) => status === 201 || status === 503)).toBe(true);
    const again = await Promise.all(banks.map((bank, index) => market.grab(bank, id, '7', keys[index])));
    expect(won(again)).toHaveLength(3);
    for (const [index, answer] of answers.entries())
      if (answer.status === 201) expect(again[index]!.body).toEqual(answer.body);
  });

  it('answers who has a place although those behind wait for a lock', async () => {
    const [first, second] = [await market.need(), await market.need()];
    const [one, two] = await market.banks(2);
    const [letFirst, letSecond] = [await hold(first.id), await hold(second.id)];
    const flying = market.grab(one!, first.id).then((answer) => answer);
    await untilLaneWaits();
    const behind = market.grab(two!, second.id).then((answer) => answer);
    await pause(100); // so that it stands in line by now; were it late, it would only be no witness
    await letFirst();
    expect((await flying).status).toBe(201);
    await untilLaneWaits();
    await letSecond();
    expect((await behind).status).toBe(201);
  });

  /** Locks a need as another process would; the function that comes back lets it go. */
  async function hold(id: string): Promise<() => Promise<void>> {
    const client = new pg.Client({ connectionString: market.db.ownerUrl });
    await client.connect();
    await client.query('begin');
    await client.query('select from marketplace.need where id = $1 for update', [id]);
    return () => client.end();
  }

  async function untilLaneWaits(): Promise<void> {
    const waiting = () =>
      market.db.query(
        `select 1 from pg_stat_activity where application_name = 'marketplace lane' and wait_event_type = 'Lock'
           and datname = current_database()`,
      );
    while ((await waiting()).length === 0) await pause(20);
  }
});
