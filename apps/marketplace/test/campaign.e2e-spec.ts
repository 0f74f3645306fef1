import { randomUUID } from 'node:crypto';

import { drain } from '@app/messaging';

import type { TestClient } from '../../../test/support/test-service.js';
import { CampaignJob } from '../src/campaign/campaign.job.js';
import { type Enterprise, type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const dayMs = 86_400_000;

interface Target {
  id: string;
  status: string;
  why: { zh: string };
}

describe('a first-loan campaign', () => {
  let market: Market;
  let office: TestClient;
  let district = 320_000;
  beforeAll(async () => {
    market = await startMarket();
    office = await market.as('operator');
    await market.db.query(`
      drop view ingestion_api.record_v1 cascade;
      create table ingestion_api.record_v1 (uscc text, feed text, record_key text, version int, event_date date,
        report_date date, fields jsonb, batch_id uuid, line_number int);
      grant select on ingestion_api.record_v1 to marketplace`);
  });
  afterEach(() => market.clock.set('2026-11-23T02:00:00Z'));
  afterAll(() => market.stop());

  /** Every story has a district of its own, so that campaigns do not meet. */
  const place = () => String((district += 1));
  const firm = async (at: string, institutions: string[] | null = null, purpose = 'RECOMMENDATION') => {
    const enterprise = await market.enterprise({ authorised: false });
    await market.db.query(`update profiling_api.enterprise_v1 set district = $2 where uscc = $1`, [
      enterprise.uscc,
      at,
    ]);
    await market.db.query(
      `insert into credit_api.authorisation_v1
       values ($1, $2, '{COLLECTION,USE}', $3, array[$4], '2026-01-01', '2027-11-01', '2026-01-01', null, '1')`,
      [randomUUID(), enterprise.uscc, institutions, purpose],
    );
    return enterprise;
  };
  const lent = (of: Enterprise) =>
    market.db.query(
      `insert into ingestion_api.record_v1 values ($1, 'finance.loan', 'k', 1, '2026-01-01', '2026-01-01', '{}', null, 1)`,
      [of.uscc],
    );
  const codeOf = (bank: TestClient) => bank.person!.organisationCode;
  const opened = async (at: string, banks: TestClient[], wish: object = {}) => {
    const draft = await office.post(`${root}/first-loan-campaigns`, {
      title: '首贷扩面',
      opensOn: '2026-11-23',
      closesOn: '2027-03-31',
      districts: [at],
      institutions: banks.map(codeOf),
      ...wish,
    });
    expect(draft.status).toBe(201);
    const answer = await office.post(`${root}/first-loan-campaigns/${draft.body.id}/opening`);
    expect(answer.status).toBe(200);
    return answer.body as { id: string; considered: number; unknown: number; targets: number };
  };
  const targetsOf = async (bank: TestClient): Promise<Target[]> =>
    (await bank.get(`${root}/first-loan-targets?limit=100`)).body.items;
  const visit = (bank: TestClient, id: string, body: object) =>
    bank.post(`${root}/first-loan-targets/${id}/visits`, { visitedOn: '2026-11-23', method: 'VISIT', ...body });

  it('reaches firms without a known loan that allow to be recommended, and counts the others as unknown', async () => {
    const at = place();
    const bank = await market.bank();
    const wanted = await firm(at);
    await lent(await firm(at));
    await firm(at, null, 'PRE_LOAN');
    await firm(at, ['SOMEONE-ELSE']);
    const silent = await market.enterprise({ authorised: false });
    await market.db.query(`update profiling_api.enterprise_v1 set district = $2 where uscc = $1`, [silent.uscc, at]);
    const campaign = await opened(at, [bank]);
    expect(campaign).toMatchObject({ considered: 5, unknown: 3, targets: 1, status: 'OPEN' });
    const seen = await (await market.as('regulator')).get(`${root}/first-loan-campaigns/${campaign.id}`);
    expect(seen.body).toMatchObject({ considered: 5, unknown: null, targets: null });
    const [target, ...more] = await targetsOf(bank);
    expect(more).toEqual([]);
    expect(JSON.stringify(target)).not.toContain(wanted.uscc);
    expect((await bank.get(`${root}/first-loan-targets/${target!.id}`)).body).toMatchObject({
      uscc: wanted.uscc,
      name: wanted.name,
      history: [],
    });
  });

  it('opens a firm behind the consent gate only, and every read and refusal is on the record', async () => {
    const at = place();
    const bank = await market.bank();
    const one = await firm(at);
    await opened(at, [bank]);
    const [target] = await targetsOf(bank);
    const path = `${root}/first-loan-targets/${target!.id}`;
    expect((await bank.get(path)).status).toBe(200);
    await market.revoke(one.uscc);
    const refused = await bank.get(path);
    expect([refused.status, refused.body.code]).toEqual([403, 'CREDIT.NO_AUTHORISATION']);
    expect(JSON.stringify(refused.body)).not.toContain(one.name);
    const read = await market.db.query('select act, institution from marketplace_api.read_v1 where uscc = $1', [
      one.uscc,
    ]);
    expect(read).toEqual([{ act: 'FIRST_LOAN_TARGET', institution: codeOf(bank) }]);
    const tried = await market.db.query('select code from marketplace_api.refused_read_v1 where uscc = $1', [one.uscc]);
    expect(tried).toEqual([{ code: 'CREDIT.NO_AUTHORISATION' }]);
    const stranger = await market.bank();
    expect((await stranger.get(path)).status).toBe(404);
    expect((await visit(stranger, target!.id, { outcome: 'CONTACTED' })).status).toBe(404);
    expect((await (await market.enterprise()).get(path)).status).toBe(403);
  });

  it('shares them out by grade and room, and says why', async () => {
    const at = place();
    const [best, plain, full] = await market.banks(3);
    await market.db.query(`insert into marketplace.institution_grade values ($1, '2026-01-01', 'A', 'test')`, [
      best!.person!.organisationId,
    ]);
    await market.db.query(`insert into marketplace.institution_grade values ($1, '2026-01-01', 'D', 'test')`, [
      full!.person!.organisationId,
    ]);
    for (let index = 0; index < 8; index += 1) await firm(at);
    await opened(at, [best!, plain!, full!], { openPerInstitution: 4 });
    const counts = [await targetsOf(best!), await targetsOf(plain!), await targetsOf(full!)].map((list) => list.length);
    expect(counts).toEqual([4, 3, 1]);
    expect((await targetsOf(full!))[0]!.why.zh).toMatch(/企业授权的 3 家机构中，.*按权重 1 分得最少/);
  });

  it('follows visits to an outcome, and nothing follows that', async () => {
    const at = place();
    const bank = await market.bank();
    await firm(at);
    const { id } = await opened(at, [bank]);
    const [target] = await targetsOf(bank);
    expect((await visit(bank, target!.id, { outcome: 'NOT_REACHED', method: 'PHONE' })).body.status).toBe('ASSIGNED');
    expect((await visit(bank, target!.id, { outcome: 'APPLIED' })).body).toMatchObject({
      status: 'APPLIED',
      visits: 2,
    });
    for (const [wish, pointer] of [
      [{ outcome: 'REFUSED' }, '/reason'],
      [{ outcome: 'LENT', drawnOn: '2026-11-23' }, '/amountFen'],
      [{ outcome: 'LENT', amountFen: '100000000' }, '/drawnOn'],
      [{ outcome: 'CONTACTED', visitedOn: '2026-11-24' }, '/visitedOn'],
      [{ outcome: 'CONTACTED', visitedOn: '2026-11-22' }, '/visitedOn'],
      [{ outcome: 'LENT', amountFen: '100000000', drawnOn: '2026-11-22' }, '/drawnOn'],
    ] as const)
      expect((await visit(bank, target!.id, wish)).body.errors?.[0]?.pointer).toBe(pointer);
    const loan = { outcome: 'LENT', amountFen: '100000000', drawnOn: '2026-11-23' };
    expect((await visit(bank, target!.id, loan)).body).toMatchObject({ status: 'LENT', lentFen: '100000000' });
    expect((await visit(bank, target!.id, loan)).body.code).toBe('MARKETPLACE.TARGET_ENDED');
    await drain();
    const told = await market.db.query<{ to: string }>(
      `select event->'data'->>'to' as to from bus.message
       where topic = 'marketplace.first-loan.changed.v1' and event->'data'->>'campaignId' = $1 order by position`,
      [id],
    );
    expect(told.map(({ to }) => to)).toEqual(['ASSIGNED', 'APPLIED', 'LENT']);
    const detail = await bank.get(`${root}/first-loan-targets/${target!.id}`);
    expect(detail.body.history).toMatchObject([
      { outcome: 'NOT_REACHED', method: 'PHONE' },
      { outcome: 'APPLIED' },
      { outcome: 'LENT' },
    ]);
  });

  it('gives a firm that nobody tends to another bank, never back, and only where consent allows', async () => {
    const at = place();
    const [first, second] = await market.banks(2);
    await firm(at, [codeOf(first!), codeOf(second!)]);
    await opened(at, [first!, second!], { idleDays: 10 });
    const job = market.app.get(CampaignJob);
    const holders = async () => [(await targetsOf(first!)).length, (await targetsOf(second!)).length];
    const start = await holders();
    expect(start.toSorted((a, b) => a - b)).toEqual([0, 1]);
    market.clock.advance(9 * dayMs);
    await job.run();
    expect(await holders()).toEqual(start);
    market.clock.advance(2 * dayMs);
    await Promise.all([job.run(), job.run()]);
    expect(await holders()).toEqual(start.toReversed());
    market.clock.advance(11 * dayMs);
    await job.run();
    expect(await holders()).toEqual([0, 0]);
    const history = await market.db.query<{ reason: string }>(
      `select a.reason from marketplace.campaign_assignment a join marketplace.campaign_target t on t.id = a.target_id
       where t.district = $1 order by a.id`,
      [at],
    );
    expect(history.map(({ reason }) => reason)).toEqual(['FAIR_SHARE', 'FAIR_SHARE', 'ALL_TRIED']);
  });

  it('counts per institution and district; a regulator gets no cell of fewer than five', async () => {
    const at = place();
    const [one, two] = await market.banks(2);
    for (let index = 0; index < 6; index += 1) await firm(at, [codeOf(one!)]);
    for (let index = 0; index < 3; index += 1) await firm(at, [codeOf(two!)]);
    const { id } = await opened(at, [one!, two!]);
    const [target] = await targetsOf(two!);
    await visit(two!, target!.id, { outcome: 'NOT_INTERESTED' });
    const path = `${root}/first-loan-campaigns/${id}/progress`;
    const full = (await office.get(path)).body;
    expect(full.byInstitution).toContainEqual(
      expect.objectContaining({ code: codeOf(two!), targets: 3, visited: 1, notInterested: 1, lentFen: '0' }),
    );
    expect(full.byDistrict).toMatchObject([{ code: at, targets: 9 }]);
    const seen = (await (await market.as('regulator')).get(path)).body;
    expect(seen.byInstitution.map(({ targets }: { targets: number | null }) => targets)).toEqual([null, null]);
    expect(seen.byDistrict).toMatchObject([{ code: at, targets: 9, visited: null }]);
    const own = (await one!.get(path)).body;
    expect(own).toMatchObject({ byInstitution: [{ code: codeOf(one!), targets: 6 }], byDistrict: [] });
  });

  it('belongs to its office, opens once, and ends', async () => {
    const at = place();
    const bank = await market.bank();
    await firm(at);
    const body = { title: 'x', opensOn: '2026-11-23', closesOn: '2026-11-23', districts: [at] };
    const draft = await office.post(`${root}/first-loan-campaigns`, body);
    const path = `${root}/first-loan-campaigns/${draft.body.id}`;
    const stranger = await market.as('regulator');
    expect((await stranger.get(path)).status).toBe(404);
    expect((await stranger.post(`${path}/opening`)).status).toBe(404);
    expect((await bank.post(`${root}/first-loan-campaigns`, body)).status).toBe(403);
    expect((await (await market.enterprise()).get(`${root}/first-loan-campaigns`)).status).toBe(403);
    await office.post(`${path}/opening`);
    expect((await office.post(`${path}/opening`)).body.code).toBe('MARKETPLACE.CAMPAIGN_NOT_MOVABLE');
    market.clock.advance(dayMs);
    await market.app.get(CampaignJob).run();
    expect((await stranger.get(path)).body.status).toBe('CLOSED');
    const turned = await office.post(`${root}/first-loan-campaigns`, { ...body, closesOn: '2026-11-22' });
    expect(turned.body.errors[0].pointer).toBe('/closesOn');
  });
});
