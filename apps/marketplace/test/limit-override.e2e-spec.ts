import { randomUUID } from 'node:crypto';

import { HeadroomJob } from '../src/limit/headroom.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const from = { effectiveFrom: '2026-11-23', reason: '试点' };

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
});
