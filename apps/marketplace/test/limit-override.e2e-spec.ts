import { randomUUID } from 'node:crypto';

import { HeadroomJob } from '../src/limit/headroom.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const from = { effectiveFrom: '2026-11-23', reason: '试点' };

const product = {
  name: '科创贷',
  description: '面向科技型中小企业',
  amountMinFen: '10000000',
  amountMaxFen: '1000000000',
  termMonthsMin: 6,
  termMonthsMax: 36,
  annualRateBpMin: 345,
  annualRateBpMax: 480,
  security: ['UNSECURED'],
};

interface Applied {
  what: string;
  value: unknown;
  version: number;
  scope: object;
}

describe('overrides of limits', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
    await market.app.get(HeadroomJob).pause();
  });
  afterAll(() => market.stop());

  const propose = async (change: object) => (await market.as('operator')).post(`${root}/limits/changes`, change);
  const override = async (change: object) => {
    const proposed = await propose({ ...from, ...change });
    const approved = await (await market.as('operator')).post(`${root}/limits/changes/${proposed.body.id}/approval`);
    expect([proposed.body.code, approved.status]).toEqual([undefined, 200]);
    return approved.body as { version: number };
  };
  const grade = async (institutionId: string, letter: string) =>
    market.db.query(
      `insert into marketplace.institution_grade (institution_id, effective_from, grade, source)
       values ($1, '2026-01-01', $2, 'test')`,
      [institutionId, letter],
    );

  it('of a district fill its needs earlier, name themselves, and end again', async () => {
    const { version } = await override({ what: 'maxGrabsPerNeed', value: 1, district: '320583' });
    const { id, enterprise } = await market.need();
    const [one, two] = await market.banks(2);
    expect((await enterprise.get(`${root}/needs/${id}`)).body.placesLeft).toBe(1);
    expect((await enterprise.get(`${root}/needs`)).body.items[0].placesLeft).toBe(1);
    expect((await market.grab(one!, id)).status).toBe(201);
    const refused = await market.grab(two!, id);
    expect(refused.body).toMatchObject({
      code: 'MARKETPLACE.NEED_FULL',
      detail: expect.stringContaining(`maxGrabsPerNeed, version ${version} for district 320583`),
    });
    expect(JSON.stringify((await two!.get(`${root}/leads?limit=100`)).body)).not.toContain(id);
    await market.keepHouse();
    const [need] = await market.db.query('select status from marketplace.need where id = $1', [id]);
    expect(need).toEqual({ status: 'FULL' });
    await override({ what: 'maxGrabsPerNeed', value: null, district: '320583' });
    await market.keepHouse();
    expect((await market.grab(two!, id)).status).toBe(201);
  });

  it('of a grade and of a named bank bound what it holds open; the named bank wins', async () => {
    const [graded, named] = await market.banks(2);
    for (const bank of [graded!, named!]) await grade(bank.person!.organisationId, 'D');
    await override({ what: 'maxOpenGrabsPerInstitution', value: 1, grade: 'D' });
    await override({
      what: 'maxOpenGrabsPerInstitution',
      value: 2,
      institution: named!.person!.organisationCode,
    });
    const codes = async (bank: typeof graded) => {
      const answers: string[] = [];
      for (let i = 0; i < 3; i += 1) {
        const { id } = await market.need();
        const { body } = await market.grab(bank!, id);
        answers.push(body.code ?? body.status);
      }
      return answers;
    };
    expect(await codes(graded)).toEqual(['ACTIVE', 'MARKETPLACE.INSTITUTION_LIMIT', 'MARKETPLACE.INSTITUTION_LIMIT']);
    expect(await codes(named)).toEqual(['ACTIVE', 'ACTIVE', 'MARKETPLACE.INSTITUTION_LIMIT']);
  });

  it('are told to a bank for one need, each with the change that set it', async () => {
    const bank = await market.bank();
    const { id } = await market.need();
    const { version } = await override({ what: 'firstContactWorkdays', value: 3, district: '320583' });
    const { body } = await bank.get(`${root}/limits/applied?needId=${id}`);
    expect(body.items.find(({ what }: Applied) => what === 'firstContactWorkdays')).toMatchObject({
      value: 3,
      version,
      scope: { district: '320583', productId: null, grade: null, institutionId: null },
    });
    expect((await market.grab(bank, id)).body.contactBy).toBe('2026-11-26T15:59:59.999Z');
    expect((await bank.get(`${root}/limits/applied?needId=${randomUUID()}`)).status).toBe(404);
    expect((await (await market.as('source')).get(`${root}/limits/applied?needId=${id}`)).status).toBe(403);
    const operator = await market.as('operator');
    expect((await operator.get(`${root}/limits/applied?needId=${id}`)).body.version).toBeGreaterThanOrEqual(version);
    const { overrides } = (await operator.get(`${root}/limits`)).body;
    expect(overrides).toContainEqual(expect.objectContaining({ what: 'firstContactWorkdays', version }));
    await override({ what: 'firstContactWorkdays', value: null, district: '320583' });
  });

  it('are never below what is granted where they hold, and do not care for other places', async () => {
    const { id } = await market.need();
    for (const bank of await market.banks(3)) await market.grab(bank, id);
    const here = await propose({ ...from, what: 'maxGrabsPerNeed', value: 2, district: '320583' });
    expect(here.body.code).toBe('MARKETPLACE.LIMIT_BELOW_GRANTED');
    const elsewhere = await propose({ ...from, what: 'maxGrabsPerNeed', value: 2, district: '320505' });
    expect(elsewhere.status).toBe(201);
  });

  const wrong: [object, string][] = [
    [{ what: 'maxGrabsPerNeed', value: 3, grade: 'D' }, '/what'],
    [{ what: 'suspensionDays', value: 3, district: '320583' }, '/what'],
    [{ what: 'maxGrabsPerNeed', value: null }, '/value'],
    [{ what: 'maxGrabsPerNeed', district: '320583' }, '/value'],
    [{ what: 'maxGrabsPerNeed', value: 3, district: '3205' }, '/district'],
    [{ what: 'maxOpenGrabsPerManager', value: 3, grade: 'E' }, '/grade'],
    [{ what: 'maxOpenGrabsPerManager', value: 3, institution: 'NOBODY' }, '/institution'],
    [{ what: 'maxGrabsPerNeed', value: 3, productId: '00000000-0000-4000-8000-000000000000' }, '/productId'],
  ];
  it.each(wrong)('refuse %p', async (wish, pointer) => {
    const { status, body } = await propose({ ...from, ...wish });
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it.each<[string, object, string]>([
    ['a district that is no place of the city', { what: 'maxGrabsPerNeed', district: '320599' }, 'NO_SUCH_DISTRICT'],
    ['a district that ended in 2012', { what: 'maxGrabsPerNeed', district: '320584' }, 'NO_SUCH_DISTRICT'],
    ['a product that nobody has', { what: 'maxGrabsPerNeed', productId: randomUUID() }, 'NO_SUCH_PRODUCT'],
    ['a bank that is not there', { what: 'drawDailyQuota', institution: 'NOBODY' }, 'NO_SUCH_INSTITUTION'],
    ['the end of what never began', { what: 'drawDailyQuota', value: null, grade: 'B' }, 'NO_SUCH_OVERRIDE'],
  ])('refuse %s with a code of its own', async (_, wish, code) => {
    const { status, body } = await propose({ ...from, value: 3, ...wish });
    expect([status, body.code]).toEqual([422, `MARKETPLACE.${code}`]);
  });

  it('of a product hold while it is on the shelf, or while a need of the board asks for it, and may always be ended', async () => {
    const bank = await market.bank();
    const draft = await bank.post(`${root}/products`, { ...product, draft: true });
    const productId = draft.body.id as string;
    const wish = { what: 'maxGrabsPerNeed', value: 2, productId };
    expect((await propose({ ...from, ...wish })).body.code).toBe('MARKETPLACE.NO_SUCH_PRODUCT');
    await bank.post(`${root}/products/${productId}/publication`);
    await override(wish);
    const { id, enterprise } = await market.need({ productId });
    expect((await enterprise.get(`${root}/needs/${id}`)).body.placesLeft).toBe(2);
    await bank.post(`${root}/products/${productId}/withdrawal`);
    await override({ ...wish, value: 1 });
    expect((await enterprise.get(`${root}/needs/${id}`)).body.placesLeft).toBe(1);
    await enterprise.post(`${root}/needs/${id}/withdrawal`);
    expect((await propose({ ...from, ...wish })).body.code).toBe('MARKETPLACE.NO_SUCH_PRODUCT');
    await override({ ...wish, value: null });
  });

  it('that wait for a second operator are looked at again: what went meanwhile is not approved', async () => {
    const bank = await market.bank();
    const { body } = await bank.post(`${root}/products`, product);
    const planned = { ...from, effectiveFrom: '2026-12-01', what: 'maxGrabsPerNeed', value: 2, productId: body.id };
    const proposed = await propose(planned);
    expect(proposed.status).toBe(201);
    await bank.post(`${root}/products/${body.id}/withdrawal`);
    const approval = await (await market.as('operator')).post(`${root}/limits/changes/${proposed.body.id}/approval`);
    expect(approval.body.code).toBe('MARKETPLACE.NO_SUCH_PRODUCT');
  });

  it('an alert is raised once when a limit is nearly used up, and again after it had room', async () => {
    const job = market.app.get(HeadroomJob);
    const bank = await market.bank();
    await override({ what: 'maxOpenGrabsPerInstitution', value: 2, institution: bank.person!.organisationCode });
    const operator = await market.as('operator');
    const alerts = async () => {
      await Promise.all([job.run(), job.run()]);
      const { items } = (await operator.get(`${root}/limits/alerts?limit=100`)).body;
      return items.filter(({ subjectId }: { subjectId: string }) => subjectId === bank.person!.organisationId);
    };
    const first = await market.grab(bank, (await market.need()).id);
    expect(await alerts()).toEqual([]);
    await market.grab(bank, (await market.need()).id);
    const raised = await alerts();
    expect(raised).toMatchObject([
      { what: 'maxOpenGrabsPerInstitution', used: '2', limit: '2', clearedAt: null },
      { what: 'maxOpenGrabsPerInstitution', used: '2', limit: '2', clearedAt: null },
    ]);
    expect(raised.map(({ thresholdBp }: { thresholdBp: number }) => thresholdBp).toSorted()).toEqual([8_000, 9_500]);
    expect(await alerts()).toEqual(raised);
    await bank.post(`${root}/grabs/${first.body.id}/release`);
    expect((await alerts()).every(({ clearedAt }: { clearedAt: string | null }) => clearedAt !== null)).toBe(true);
    await market.grab(bank, (await market.need()).id);
    expect(await alerts()).toHaveLength(4);
    const standing = (await operator.get(`${root}/limits/alerts?standing=true&limit=100`)).body.items;
    expect(standing.every(({ clearedAt }: { clearedAt: string | null }) => clearedAt === null)).toBe(true);
    expect((await bank.get(`${root}/limits/alerts`)).status).toBe(403);
  });

  it('an alert of a need follows the grabs since the last look, and its end whenever that comes', async () => {
    const job = market.app.get(HeadroomJob);
    const operator = await market.as('operator');
    const { id } = await market.need();
    const standing = async () => {
      market.clock.advance(120_000);
      await job.run();
      const { items } = (await operator.get(`${root}/limits/alerts?standing=true&limit=100`)).body;
      return items.filter(({ subjectId }: { subjectId: string }) => subjectId === id).length;
    };
    const banks = await market.banks(3);
    for (const bank of banks.slice(0, 2)) await market.grab(bank, id, '500000000');
    expect(await standing()).toBe(0);
    const last = await market.grab(banks[2]!, id, '500000000');
    expect([await standing(), await standing()]).toEqual([2, 2]);
    await banks[2]!.post(`${root}/grabs/${last.body.id}/release`);
    expect(await standing()).toBe(0);
  });
});
