import { TurnJob } from '../src/waiting/turn.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';

interface Invariant {
  code: string;
  violations: number;
  sample: string[];
}

describe('the invariants of the market', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(TurnJob).pause();
  });
  afterAll(() => market.stop());

  const counted = async () => {
    const { status, body } = await (await market.as('operator')).get(`${root}/invariants`);
    expect(status).toBe(200);
    return body as { asOf: string; violations: number; items: Invariant[] };
  };
  const broken = async () =>
    Object.fromEntries(
      (await counted()).items.filter((one) => one.violations > 0).map((one) => [one.code, one.violations]),
    );

  it('hold after grabs, a draw, a line and a withdrawal, recounted by several at once', async () => {
    const [plain, fair, gone] = [await market.need(), await market.need({ fairWindow: true }), await market.need()];
    const banks = await market.banks(7);
    for (const bank of banks) await market.grab(bank, plain.id);
    for (const bank of banks) await market.grab(bank, fair.id);
    await market.grab(banks[0]!, gone.id);
    await gone.enterprise.post(`${root}/needs/${gone.id}/withdrawal`);
    market.clock.advance(121_000);
    await market.app.get(TurnJob).run();
    await banks[6]!.post(`${root}/needs/${plain.id}/waiting`, { intendedFen: '1000000' });
    const all = await Promise.all(Array.from({ length: 4 }, counted));
    for (const one of all) expect(one).toMatchObject({ violations: 0, asOf: '2026-11-23T02:02:01.000Z' });
    expect(all[0]!.items).toHaveLength(20);
  });

  it('find what somebody broke behind the service’s back, and name it', async () => {
    const { id } = await market.need();
    const bank = await market.bank();
    const grab = await market.grab(bank, id);
    const breaks: [string, string, string][] = [
      ['NEED_COUNTERS', 'taken = taken + 1', 'taken = taken - 1'],
      ['INTENDED_WITHIN_NEED', 'amount_fen = 500000', 'amount_fen = 500000000'],
      ['LINE_COUNTERS', 'waiting = waiting + 1', 'waiting = waiting - 1'],
      ['LEADS_ARE_MASKED', 'shown_purpose = enterprise_name', `shown_purpose = '研发投入'`],
      ['NOT_BEFORE_PUBLICATION', `published_at = published_at + interval '1 day'`, `published_at = created_at`],
    ];
    for (const [code, harm, cure] of breaks) {
      await market.db.query(`update marketplace.need set ${harm} where id = $1`, [id]);
      expect(await broken()).toEqual({ [code]: 1 });
      await market.db.query(`update marketplace.need set ${cure} where id = $1`, [id]);
    }
    await market.db.query('update marketplace.institution_counter set open_grabs = 9 where id = $1', [
      bank.person!.organisationId,
    ]);
    await market.db.query(`update marketplace.grab set contact_by = contact_by - interval '1 hour' where id = $1`, [
      grab.body.id,
    ]);
    expect(await broken()).toEqual({ BANK_COUNTERS: 1, WORKDAY_DEADLINES: 1 });
    const item = (await counted()).items.find(({ code }) => code === 'BANK_COUNTERS')!;
    expect(item.sample).toEqual([bank.person!.organisationId]);
  });

  it('are for operators', async () => {
    expect((await (await market.bank()).get(`${root}/invariants`)).status).toBe(403);
    expect((await (await market.as('regulator')).get(`${root}/invariants`)).status).toBe(403);
  });
});
