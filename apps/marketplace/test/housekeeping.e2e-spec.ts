import type { TestClient } from '../../../test/support/test-service.js';
import { Housekeeping } from '../src/marketplace.module.js';
import { type Market, offerBody, startMarket } from './support/market.js';

const root = '/api/marketplace';
const call = { method: 'PHONE', note: '1' };
const monday = '2026-11-23T02:00:00Z';

describe('what happens by itself', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(Housekeeping).pause();
  });
  afterAll(() => market.stop());
  afterEach(async () => {
    expect(await market.miscounts()).toEqual([]);
    market.clock.set(monday);
  });

  const aCase = async (wish: object = {}, bank?: TestClient) => {
    const owner = bank ?? (await market.bank());
    const { id, enterprise } = await market.need(wish);
    const grab = await market.grab(owner, id);
    const caseId = grab.body.id as string;
    return {
      bank: owner,
      id: caseId,
      needId: id,
      enterprise,
      act: (act: string, body: object) => owner.post(`${root}/grabs/${caseId}/${act}`, body),
    };
  };
  const at = async (instant: string) => {
    market.clock.set(instant);
    return market.keepHouse();
  };
  const stateOf = async (table: 'need' | 'grab' | 'offer', id: string) => {
    const [row] = await market.db.query(`select * from marketplace.${table} where id = $1`, [id]);
    return row as { status: string; ended_reason: string | null };
  };

  it('a case lapses after its last moment, once, and its place is free', async () => {
    const { id, needId } = await aCase();
    await at('2026-11-24T15:59:59.999Z');
    expect(await stateOf('grab', id)).toMatchObject({ status: 'ACTIVE' });
    await at('2026-11-24T16:00:00Z');
    expect(await stateOf('grab', id)).toMatchObject({ status: 'LAPSED', ended_reason: 'CONTACT_DEADLINE' });
    expect(await stateOf('need', needId)).toMatchObject({ status: 'PUBLISHED', taken: 0 });
    await at('2026-11-24T16:00:00Z');
    await at('2026-11-24T15:00:00Z');
    const lapses = await market.db.query(
      `select 1 from marketplace.audit where subject_id = $1 and to_status = 'LAPSED'`,
      [id],
    );
    expect(lapses).toHaveLength(1);
  });

  it('a need that cannot be tended keeps no other one waiting, and the round says that it failed', async () => {
    const [broken, sound] = [await aCase(), await aCase()];
    await market.db.query(`
      create function marketplace.break_one() returns trigger language plpgsql as $$
      begin if new.id = '${broken.id}' then raise exception 'broken'; end if; return new; end $$`);
    await market.db.query(
      'create trigger break_one before update on marketplace.grab for each row execute function marketplace.break_one()',
    );
    await expect(at('2026-11-25T02:00:00Z')).rejects.toThrow('1 needs could not be tended');
    expect(await stateOf('grab', sound.id)).toMatchObject({ status: 'LAPSED' });
    expect(await stateOf('grab', broken.id)).toMatchObject({ status: 'ACTIVE' });
    await market.db.query('drop trigger break_one on marketplace.grab');
    await at('2026-11-25T02:01:00Z');
    expect(await stateOf('grab', broken.id)).toMatchObject({ status: 'LAPSED' });
  });

  it('two copies at once lapse a case once', async () => {
    const { id } = await aCase();
    market.clock.set('2026-11-25T02:00:00Z');
    await Promise.all([market.keepHouse(), market.keepHouse(), market.keepHouse()]);
    const told = await market.db.query(
      `select 1 from marketplace.audit where subject_id = $1 and to_status = 'LAPSED'`,
      [id],
    );
    expect(told).toHaveLength(1);
  });

  it('a message alone is no evidence; a call is; a decision is due in five days for a small need', async () => {
    const [online, phone] = [await aCase(), await aCase()];
    await online.act('contact', { method: 'ONLINE', note: '1' });
    await phone.act('contact', call);
    await at('2026-11-27T02:00:00Z');
    expect(await stateOf('grab', online.id)).toMatchObject({ ended_reason: 'EVIDENCE_DEADLINE' });
    expect(await stateOf('grab', phone.id)).toMatchObject({ status: 'CONTACTED' });
    await at('2026-12-01T02:00:00Z');
    expect(await stateOf('grab', phone.id)).toMatchObject({ ended_reason: 'DECISION_DEADLINE' });
  });

  it('an offer runs out, and its case with it, without blame for the bank', async () => {
    const { act, id, bank } = await aCase();
    await act('contact', call);
    const offer = await act('offers', { ...offerBody, validTo: '2026-11-25' });
    await at('2026-11-26T00:00:00Z');
    expect(await stateOf('offer', offer.body.id)).toMatchObject({ status: 'EXPIRED' });
    expect(await stateOf('grab', id)).toMatchObject({ status: 'LAPSED', ended_reason: 'OFFER_EXPIRED' });
    const [counter] = await market.db.query(
      'select suspended_until from marketplace.institution_counter where id = $1',
      [bank.person!.organisationId],
    );
    expect(counter).toEqual({ suspended_until: null });
  });

  it('a need expires with a bank at work, may still be matched, and closes when nobody is left', async () => {
    const big = { amountFen: '900000000', security: 'MORTGAGE' };
    const [matched, left, alone] = [await aCase(big), await aCase(big), await market.need()];
    await matched.act('contact', call);
    const offer = await matched.act('offers', { ...offerBody, validTo: '2026-12-20' });
    await left.act('contact', call);
    const other = await left.act('offers', { ...offerBody, validTo: '2026-12-20' });
    await at('2026-12-09T02:00:00Z');
    for (const id of [matched.needId, left.needId, alone.id])
      expect(await stateOf('need', id)).toMatchObject({ status: 'EXPIRED' });
    expect((await market.grab(await market.bank(), alone.id)).status).toBe(410);
    expect((await matched.enterprise.post(`${root}/offers/${offer.body.id}/acceptance`)).status).toBe(200);
    expect(await stateOf('need', matched.needId)).toMatchObject({ status: 'MATCHED' });
    await at('2026-12-21T02:00:00Z');
    expect(await stateOf('offer', other.body.id)).toMatchObject({ status: 'EXPIRED' });
    expect(await stateOf('need', left.needId)).toMatchObject({ status: 'CLOSED_UNFUNDED' });
    // Ninety days after the acceptance without money.
    await at('2027-03-31T02:00:00Z');
    expect(await stateOf('grab', matched.id)).toMatchObject({ ended_reason: 'DRAWDOWN_DEADLINE' });
    expect(await stateOf('need', matched.needId)).toMatchObject({ status: 'CLOSED_UNFUNDED' });
  });

  it('three lapses in thirty days suspend a bank for a week, in every branch', async () => {
    const bank = await market.bank();
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    for (let i = 0; i < 3; i += 1) await aCase({}, bank);
    await at('2026-11-25T02:00:00Z');
    const { id } = await market.need();
    const refused = await market.grab(colleague, id);
    expect([refused.status, refused.body.code]).toEqual([403, 'MARKETPLACE.COOLING_DOWN']);
    market.clock.set('2026-12-02T16:00:00Z');
    expect((await market.grab(colleague, id)).status).toBe(201);
  });

  it('a full need opens again when the limit is raised, and fills when it is lowered', async () => {
    const { id } = await market.need();
    for (const bank of await market.banks(5)) await market.grab(bank, id);
    expect(await stateOf('need', id)).toMatchObject({ status: 'FULL' });
    await market.limit('maxGrabsPerNeed', 6);
    await market.keepHouse();
    expect(await stateOf('need', id)).toMatchObject({ status: 'PUBLISHED' });
    await market.limit('maxGrabsPerNeed', 5);
    await market.keepHouse();
    expect(await stateOf('need', id)).toMatchObject({ status: 'FULL' });
  });

  it('a need leaves the board on the day after its authorisation ended, without anybody’s word', async () => {
    const enterprise = await market.enterprise({ authorised: false });
    await market.authorise(enterprise.uscc, { validTo: '2026-11-25' });
    const { id } = await market.need({}, enterprise);
    await at('2026-11-25T15:00:00Z');
    expect(await stateOf('need', id)).toMatchObject({ suspended_at: null });
    await at('2026-11-25T16:00:00Z');
    expect(await stateOf('need', id)).not.toMatchObject({ suspended_at: null });
  });

  it('every case of the whole file ended in one state, and said so once', async () => {
    const doubled = await market.db.query(
      `select subject_id, to_status from marketplace.audit
       where subject = 'grab' and from_status is distinct from to_status
       group by subject_id, to_status having count(*) > 1`,
    );
    expect(doubled).toEqual([]);
    const ends = await market.db.query(
      `select subject_id from marketplace.audit
       where subject = 'grab' and to_status in ('DISBURSED', 'DECLINED', 'LAPSED', 'RELEASED', 'CANCELLED', 'LOST')
       group by subject_id having count(*) > 1`,
    );
    expect(ends).toEqual([]);
  });
});
