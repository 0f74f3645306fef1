import { addDays, dayOf } from '@app/kernel';

import { csv, deliver, eventually, leading } from '../support/deliveries.js';
import { type Caller, type House, startHouse } from '../support/house.js';
import { registryFile, rightsFile, scoreFiles, storyFirms } from '../support/story-files.js';

const { tag, firms } = storyFirms();
const password = 'A-long-enough-pass-9';
const today = dayOf(new Date());
const first = firms[0]!;

describe('the main job, from files to figures', () => {
  let house: House;
  let enterprise: Caller;
  let regulator: Caller;
  let banks: Caller[];
  let needId: string;

  beforeAll(async () => {
    house = await startHouse();
  });
  afterAll(() => house.stop());

  it('takes the registry in, and every row is accounted for', async () => {
    const delivery = {
      feed: 'registry.enterprise',
      file: csv(registryFile(tag, firms), 'gb18030'),
      charset: 'gb18030',
    };
    const batch = await deliver(house.operator, { ...delivery, reference: `reg-${tag}` });
    expect(batch).toMatchObject({
      status: 'DONE',
      read: 9,
      accepted: 6,
      unchanged: 0,
      stale: 0,
      quarantined: 2,
      refused: 1,
    });
    const again = await deliver(house.operator, { ...delivery, reference: `reg-${tag}-again` });
    expect(again).toMatchObject({ read: 9, accepted: 0, unchanged: 6, quarantined: 2, refused: 1 });
    const [kept] = await house.db.query<{ heads: string }>('select count(*) as heads from ingestion_api.record_v1');
    expect(kept!.heads).toBe('6');
  });

  it('takes what the scores need', async () => {
    for (const { feed, head, rows } of [...scoreFiles(firms), rightsFile(tag, firms)]) {
      const file = csv([[...leading, ...head], ...rows]);
      const batch = await deliver(house.operator, { feed, file, reference: `${feed}-${tag}` });
      expect(batch).toMatchObject({ status: 'DONE', read: rows.length, accepted: rows.length });
    }
  });

  it('scores each firm as 115号 says', async () => {
    for (const firm of firms)
      await eventually(async () => {
        const { body } = await house.operator.get(`/api/profiling/enterprises/${firm.uscc}`);
        const found = body['ruleSets']?.find((set: { ruleSet: string }) => set.ruleSet === 'technology-sme');
        return found?.total === firm.total ? true : undefined;
      }, `${firm.uscc} has ${firm.total} points`);
    const found = await house.operator.get(`/api/profiling/enterprises?q=${encodeURIComponent(`${tag}故事0`)}`);
    expect(found.body['items'].map((item: { uscc: string }) => item.uscc)).toEqual([first.uscc]);
  });

  it('brings people on board', async () => {
    const member = async (kind: string, code: string, role: string, memberships?: string[]) => {
      const organisation = await house.operator.post('/api/identity/organisations', {
        kind,
        name: `故事${code}`,
        code,
        ...(memberships && { memberships }),
      });
      expect(organisation.status).toBe(201);
      const login = `${code.toLowerCase()}-one`;
      const person = await house.operator.post(`/api/identity/organisations/${organisation.body['id']}/people`, {
        login,
        password,
        roles: [role],
      });
      expect(person.status).toBe(201);
      return house.anyone.signIn(login, password);
    };
    banks = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        member('institution', `BK${tag}${i}`, 'account-manager', ['CREDIT', 'MARKETPLACE']),
      ),
    );
    regulator = await member('regulator', `RG${tag}`, 'regulator');
    const registration = { uscc: first.uscc, login: `firm-${tag.toLowerCase()}`, password };
    expect(
      (await house.anyone.post('/api/identity/registrations', { ...registration, legalRepresentative: '张不是' }))
        .status,
    ).toBe(422);
    expect(
      (await house.anyone.post('/api/identity/registrations', { ...registration, legalRepresentative: first.legal }))
        .status,
    ).toBe(201);
    expect(
      (await house.anyone.post('/api/identity/registrations', { ...registration, legalRepresentative: first.legal }))
        .status,
    ).toBe(409);
    enterprise = await house.anyone.signIn(registration.login, password);
  });

  it('shows credit information under an authorisation only, and stops everywhere when it is revoked', async () => {
    const query = { uscc: first.uscc, purpose: 'PRE_LOAN' };
    const consent = {
      limbs: ['COLLECTION', 'USE'],
      institutions: 'ALL',
      purposes: ['PRE_LOAN'],
      validFrom: today,
      validTo: addDays(today, 300),
    };
    const bank = banks[0]!;
    expect((await bank.post('/api/credit/queries', query)).status).toBe(403);
    expect((await bank.get(`/api/profiling/enterprises/${first.uscc}`)).status).toBe(403);
    const signed = await enterprise.post('/api/credit/authorisations', consent);
    expect(signed.status).toBe(201);
    const report = await bank.post('/api/credit/queries', query);
    expect(report.status).toBe(201);
    expect(report.body['receipt']).toBeDefined();
    expect((await bank.get(`/api/profiling/enterprises/${first.uscc}`)).status).toBe(200);
    const asked = await enterprise.get('/api/credit/queries');
    expect(asked.body['items'].length).toBeGreaterThanOrEqual(2);
    await enterprise.post(`/api/credit/authorisations/${signed.body['id']}/revocation`);
    expect((await bank.post('/api/credit/queries', query)).status).toBe(403);
    expect((await bank.get(`/api/profiling/enterprises/${first.uscc}`)).status).toBe(403);
    expect((await enterprise.post('/api/credit/authorisations', consent)).status).toBe(201);
  });

  it('gives five places to exactly five of two hundred', async () => {
    const draft = await enterprise.post('/api/marketplace/needs', {
      amountFen: '500000000',
      termMonths: 12,
      purpose: '研发投入',
      security: 'UNSECURED',
      annualRateBpMax: 450,
      contact: { name: '周会计', phone: '13800001111' },
    });
    expect(draft.status).toBe(201);
    needId = draft.body['id'];
    const published = await enterprise.post(`/api/marketplace/needs/${needId}/publication`);
    expect(published.body).toMatchObject({ status: 'PUBLISHED', placesLeft: 5 });
    const board = await banks[0]!.get('/api/marketplace/leads?limit=100');
    expect(board.text).toContain(needId);
    for (const secret of [first.name, first.uscc, '13800001111', '周会计']) expect(board.text).not.toContain(secret);
    const grabs = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        banks[i % 8]!.post(`/api/marketplace/needs/${needId}/grabs`, { intendedFen: '100000000' }),
      ),
    );
    expect(grabs.filter(({ status }) => status === 201)).toHaveLength(5);
    expect(new Set(grabs.map(({ status }) => status))).toEqual(new Set([201, 409]));
  });

  it('follows one grab to the money', async () => {
    const cases = await Promise.all(
      banks.map(async (bank) => ({ bank, item: (await bank.get('/api/marketplace/grabs')).body['items'][0] })),
    );
    const { bank, item } = cases.find(({ item: found }) => found)!;
    expect(
      (await bank.post(`/api/marketplace/grabs/${item.id}/contact`, { method: 'PHONE', note: '已联系' })).status,
    ).toBeLessThan(300);
    const offer = await bank.post(`/api/marketplace/grabs/${item.id}/offers`, {
      amountFen: '300000000',
      annualRateBp: 395,
      termMonths: 12,
      repayment: 'INTEREST_FIRST',
      security: 'UNSECURED',
      validTo: addDays(today, 20),
    });
    expect(offer.status).toBe(201);
    const accepted = await enterprise.post(`/api/marketplace/offers/${offer.body['id']}/acceptance`);
    expect([accepted.status, accepted.body['status']]).toEqual([200, 'ACCEPTED']);
    const money = await bank.post(`/api/marketplace/grabs/${item.id}/disbursement`, {
      amountFen: '300000000',
      drawnOn: today,
    });
    expect(money.status).toBeLessThan(300);
  });

  it('shows the regulator figures that equal a count over the tables', async () => {
    const [counted] = await house.db.query<Record<string, string>>(`
      select (select count(*) from marketplace_api.need_v1 where published_at is not null) as needs,
             (select count(*) from marketplace_api.grab_v1) as grabs,
             (select count(*) from marketplace_api.offer_v1) as offers,
             (select sum(amount_fen) from marketplace_api.disbursement_v1) as lent`);
    expect(counted).toEqual({ needs: '1', grabs: '5', offers: '1', lent: '300000000' });
    expect((await banks[0]!.get('/api/supervision/overview')).status).toBe(403);
    expect((await regulator.get('/api/supervision/overview')).status).toBe(200);
    await eventually(async () => {
      const [rolled] = await house.db.query<Record<string, string>>(
        `select sum(needs_published) as needs, sum(grabs) as grabs, sum(offers) as offers, sum(disbursed_fen) as lent
         from supervision_api.rollup_v1`,
      );
      return JSON.stringify(rolled) === JSON.stringify(counted) ? true : undefined;
    }, 'the rollup equals the count');
  });
});
