import { makeUscc } from '@app/kernel';

import { aRecord } from '../../../test/support/records.js';
import type { TestClient, TestService } from '../../../test/support/test-service.js';
import { bearer, eventsOf, goodPassword, me, signIn, startIdentity } from './ground.js';

const path = '/api/identity/registrations';
let serial = 0;

/** An enterprise of the registry feed, with a code of its own. */
async function aFirm(service: TestService, fields: Record<string, unknown> = {}) {
  const uscc = makeUscc('320505', (serial += 1));
  const name = `苏州试验${serial}有限公司`;
  await aRecord(service.db, {
    feed: 'registry.enterprise',
    uscc,
    fields: { name, legal_representative: '沈 舟', status: '存续', ...fields },
  });
  const application = {
    uscc: uscc as string,
    legalRepresentative: '沈舟',
    login: `firm-${serial}`,
    password: goodPassword,
  };
  return { uscc, name, application };
}

const shown = (answer: { status: number; body: { errors?: { pointer: string }[] } }) => [
  answer.status,
  answer.body.errors?.[0]?.pointer,
];

describe('registration in the demo city', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startIdentity({ demo: 'city' });
  });
  afterAll(() => service.stop());

  it('opens an account for whoever knows the legal representative', async () => {
    const { application, uscc, name } = await aFirm(service);
    const answer = await service.anyone.post(path, { ...application, uscc: ` ${uscc.toLowerCase()} ` });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ uscc, name, status: 'ACTIVE', login: application.login });
    expect(JSON.stringify(answer.body)).not.toContain('舟');
    const session = await signIn(service, application.login, goodPassword);
    expect(session.body.person).toMatchObject({
      roles: ['enterprise'],
      organisation: { uscc, code: uscc, name, status: 'ACTIVE', kind: 'enterprise' },
    });
    const [event] = await eventsOf(service, uscc);
    expect(event).toMatchObject({ topic: 'identity.enterprise.registered.v1', data: { uscc, name } });
  });

  it.each([
    ['an unknown code', {}, { uscc: makeUscc('320506', 77) }, '/uscc'],
    ['another legal representative', {}, { legalRepresentative: '张不是' }, '/legalRepresentative'],
    ['a registry without a name', { legal_representative: '' }, { legalRepresentative: '·' }, '/legalRepresentative'],
    ['a firm that is struck off', { status: '注销' }, {}, '/uscc'],
    ['a wrong check character', {}, { uscc: '91320505MA1XT00151' }, '/uscc'],
    ['a login with spaces', {}, { login: 'my firm' }, '/login'],
    ['a short password', {}, { password: 'short' }, '/password'],
    ['a missing name', {}, { legalRepresentative: undefined }, '/legalRepresentative'],
  ])('refuses %s', async (_, registry, change, pointer) => {
    const { application } = await aFirm(service, registry);
    const answer = await service.anyone.post(path, { ...application, ...change });
    expect(shown(answer)).toEqual([422, pointer]);
    expect(JSON.stringify(answer.body)).not.toMatch(/沈|张不是/);
    const nobody = await service.db.query('select 1 from identity.organisation where uscc = $1', [application.uscc]);
    expect(nobody).toHaveLength(0);
  });

  it('opens one account per enterprise, also when applications meet', async () => {
    const { application, uscc } = await aFirm(service);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, place) => service.anyone.post(path, { ...application, login: `race-${place}` })),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409, 409, 409, 409, 409]);
    const people = await service.db.query(`select 1 from identity.person where login like 'race-%'`);
    expect(people).toHaveLength(1);
    const again = await service.anyone.post(path, application);
    expect([again.status, again.body.code]).toEqual([409, 'IDENTITY.ENTERPRISE_HAS_ACCOUNT']);
    expect(await service.db.query('select 1 from identity.organisation where uscc = $1', [uscc])).toHaveLength(1);
  });

  it('gives nobody a login that is taken or speaks for the platform', async () => {
    const first = await aFirm(service);
    await service.anyone.post(path, first.application);
    const second = await aFirm(service);
    for (const login of [first.application.login, 'operator', 'admin']) {
      const answer = await service.anyone.post(path, { ...second.application, login });
      expect([answer.status, answer.body.code]).toEqual([409, 'IDENTITY.LOGIN_TAKEN']);
    }
    expect((await service.anyone.post(path, second.application)).status).toBe(201);
  });

  it('slows down whoever tries one name after the other', async () => {
    const { application } = await aFirm(service);
    for (const name of ['赵一', '钱二', '孙三', '李四', '周五'])
      expect((await service.anyone.post(path, { ...application, legalRepresentative: name })).status).toBe(422);
    const blocked = await service.anyone.post(path, application);
    expect([blocked.status, blocked.headers['retry-after']]).toEqual([429, '60']);
    service.clock.advance(60_000);
    expect((await service.anyone.post(path, application)).status).toBe(201);
  });

  it('takes the latest record of the registry', async () => {
    const { application, uscc } = await aFirm(service);
    const fields = { name: '苏州改名有限公司', legal_representative: '顾·禾', status: '存续' };
    await aRecord(service.db, { feed: 'registry.enterprise', uscc, fields, reportDate: '2026-06-30' });
    expect((await service.anyone.post(path, application)).status).toBe(422);
    const answer = await service.anyone.post(path, { ...application, legalRepresentative: '顾•禾' });
    expect([answer.status, answer.body.name]).toEqual([201, '苏州改名有限公司']);
  });

  it('is over with the demo: its accounts are not accepted outside', async () => {
    const { application } = await aFirm(service);
    await service.anyone.post(path, application);
    const session = await signIn(service, application.login, goodPassword);
    const plain = await startIdentity({ db: service.db, demo: 'none' });
    expect((await me(plain, session)).status).toBe(401);
    expect((await signIn(plain, application.login, goodPassword)).status).toBe(401);
    await plain.stop();
    process.env['DEMO'] = 'city';
  });
});

describe('registration outside the demo', () => {
  let service: TestService;
  let first: TestClient;
  let second: TestClient;
  beforeAll(async () => {
    service = await startIdentity();
    first = await service.as('operator');
    second = await service.as('operator', { colleagueOf: first.person! });
  });
  afterAll(() => service.stop());

  it('waits for two different operators', async () => {
    const { application, uscc } = await aFirm(service);
    const { body } = await service.anyone.post(path, application);
    expect(body.status).toBe('PENDING');
    const session = await signIn(service, application.login, goodPassword);
    expect(session.body.person.organisation.status).toBe('PENDING');
    const told = () => eventsOf(service, uscc);
    expect(await told()).toHaveLength(0);

    const listed = await first.get(`${path}?status=PENDING`);
    expect(listed.body.items.map((item: { id: string }) => item.id)).toContain(body.id);
    const once = await first.post(`${path}/${body.id}/approval`);
    expect([once.status, once.body.status, once.body.approvals]).toEqual([200, 'PENDING', 1]);
    const twice = await first.post(`${path}/${body.id}/approval`);
    expect([twice.status, twice.body.code]).toEqual([409, 'IDENTITY.SAME_OPERATOR']);
    const other = await second.post(`${path}/${body.id}/approval`);
    expect([other.status, other.body.status, other.body.approvals]).toEqual([200, 'ACTIVE', 2]);
    expect((await me(service, session)).body.organisation.status).toBe('ACTIVE');
    expect(await told()).toHaveLength(1);
    expect((await second.post(`${path}/${body.id}/rejection`, { reason: '太晚' })).status).toBe(409);
  });

  it('counts two approvals that meet as two, and one operator who clicks twice as one', async () => {
    const { application } = await aFirm(service);
    const { body } = await service.anyone.post(path, application);
    const clicks = await Promise.all([1, 2, 3].map(() => first.post(`${path}/${body.id}/approval`)));
    expect(clicks.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409]);
    expect((await first.get(`${path}?status=PENDING`)).body.items[0]).toMatchObject({ id: body.id, approvals: 1 });
  });

  it('is rejected by one operator with a reason; the rightful applicant may try again with the same login', async () => {
    const { application } = await aFirm(service);
    const { body } = await service.anyone.post(path, application);
    const session = await signIn(service, application.login, goodPassword);
    const rejected = await first.post(`${path}/${body.id}/rejection`, { reason: '材料不符' });
    expect(rejected.body).toMatchObject({ status: 'REJECTED', reason: '材料不符' });
    expect((await signIn(service, application.login, goodPassword)).status).toBe(401);
    const again = await service.anyone.post(path, application);
    expect([again.status, again.body.status]).toEqual([201, 'PENDING']);
    expect(again.body.organisationId).toBe(body.organisationId);
    const refresh = { refreshToken: session.body.refreshToken };
    expect((await service.anyone.post('/api/identity/sessions/refresh', refresh)).status).toBe(401);
  });

  it('is decided by operators only', async () => {
    const { application } = await aFirm(service);
    const { body } = await service.anyone.post(path, application);
    const applicant = bearer(await signIn(service, application.login, goodPassword));
    expect((await service.anyone.post(`${path}/${body.id}/approval`, {}, applicant)).status).toBe(403);
    expect((await service.anyone.post(`${path}/${body.id}/approval`)).status).toBe(401);
    expect((await first.post(`${path}/00000000-0000-4000-8000-000000000000/approval`)).status).toBe(404);
    expect((await first.post(`${path}/${body.id}/rejection`, { reason: ' ' })).status).toBe(422);
  });
});
