import type { TestClient, TestService } from '../../../test/support/test-service.js';
import { FirstOperator } from '../src/operator/first-operator.service.js';
import { bearer, eventsOf, goodPassword, me, operatorPassword, refusedAfter, signIn, startIdentity } from './ground.js';

let service: TestService;
let operator: TestClient;
beforeAll(async () => {
  service = await startIdentity();
  operator = await service.as('operator');
});
afterAll(() => service.stop());

const organisations = '/api/identity/organisations';
const pointersOf = (answer: { body: { errors?: { pointer: string }[] } }) =>
  (answer.body.errors ?? []).map(({ pointer }) => pointer);

describe('organisations', () => {
  it('come on board once per code', async () => {
    const body = { kind: 'institution', name: '太湖银行', code: 'TAIHU', memberships: ['CREDIT'] };
    const made = await operator.post(organisations, body);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ ...body, status: 'ACTIVE', uscc: null });
    const again = await operator.post(organisations, { ...body, kind: 'source', memberships: [] });
    expect([again.status, again.body.code]).toEqual([409, 'IDENTITY.ORGANISATION_CODE_TAKEN']);
    const [shown] = await service.db.query(`select * from identity_api.organisation_v1 where code = 'TAIHU'`);
    expect(shown).toMatchObject({ kind: 'institution', memberships: ['CREDIT'] });
  });

  it('come on board once when two requests meet', async () => {
    const body = { kind: 'source', name: '供电公司', code: 'POWER' };
    const answers = await Promise.all(Array.from({ length: 8 }, () => operator.post(organisations, body)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      201,
      ...Array.from({ length: 7 }, () => 409),
    ]);
  });

  it.each([
    [{ kind: 'enterprise' }, ['/kind']],
    [{ kind: 'operator' }, ['/kind']],
    [{ code: 'a1' }, ['/code']],
    [{ code: 'A' }, ['/code']],
    [{ code: 'A'.repeat(33) }, ['/code']],
    [{ code: '91320505MA1XT00150' }, ['/code']],
    [{ name: '  ' }, ['/name']],
    [{ kind: 'regulator', memberships: ['CREDIT'] }, ['/memberships']],
    [{ memberships: ['CREDIT', 'CREDIT'] }, ['/memberships']],
    [{ memberships: ['GOLD'] }, ['/memberships']],
    [{ surprise: true }, ['/surprise']],
  ])('are refused for %j', async (change, pointers) => {
    const body = { kind: 'institution', name: '无名银行', code: 'NONAME', ...change };
    const answer = await operator.post(organisations, body);
    expect(answer.status).toBe(422);
    expect(pointersOf(answer)).toEqual(pointers);
  });

  it('are listed newest first, by kind and by part of the name, page by page', async () => {
    for (const index of [1, 2, 3])
      await operator.post(organisations, { kind: 'regulator', name: `第${index}分局100%`, code: `BUREAU-${index}` });
    const first = await operator.get(`${organisations}?kind=regulator&q=${encodeURIComponent('分局100%')}&limit=2`);
    expect(first.body.items.map((item: { code: string }) => item.code)).toEqual(['BUREAU-3', 'BUREAU-2']);
    const next = `&cursor=${first.body.nextCursor}`;
    const second = await operator.get(`${organisations}?kind=regulator&q=bureau-&limit=2${next}`);
    expect(second.body).toEqual({ items: [expect.objectContaining({ code: 'BUREAU-1' })], nextCursor: null });
    expect((await operator.get(`${organisations}?q=%25`)).body.items).toHaveLength(3);
    const foreign = Buffer.from('["drop"]').toString('base64url');
    expect((await operator.get(`${organisations}?cursor=${foreign}`)).status).toBe(422);
  });

  it('show institutions and their memberships to everybody who is signed in', async () => {
    const enterprise = await service.as('enterprise', { uscc: '91320505MA1XT00150' });
    const found = await enterprise.get('/api/identity/institutions?membership=CREDIT&q=TAIHU');
    expect(found.body.items).toEqual([
      { id: expect.any(String), code: 'TAIHU', name: '太湖银行', memberships: ['CREDIT'] },
    ]);
    expect((await service.anyone.get('/api/identity/institutions')).status).toBe(401);
    expect((await enterprise.get(organisations)).status).toBe(403);
  });

  it('change memberships, and the others hear of it', async () => {
    const { body } = await operator.post(organisations, { kind: 'institution', name: '运河银行', code: 'CANAL' });
    const path = `${organisations}/${body.id}/memberships`;
    const changed = await operator.post(path, { memberships: ['CREDIT', 'MARKETPLACE'] });
    expect([changed.status, changed.body.memberships]).toEqual([200, ['CREDIT', 'MARKETPLACE']]);
    const [event] = await eventsOf(service, body.id);
    expect(event).toMatchObject({ data: { code: 'CANAL', memberships: ['CREDIT', 'MARKETPLACE'] } });
    const regulator = await service.as('regulator');
    const wrong = `${organisations}/${regulator.person!.organisationId}/memberships`;
    expect((await operator.post(wrong, { memberships: [] })).status).toBe(409);
  });
});

describe('people', () => {
  const person = (login: string, roles: string[], password = goodPassword) => ({ login, password, roles });

  it.each([
    ['institution-admin', 'account-manager', 201],
    ['institution-admin', 'institution-admin', 201],
    ['institution-admin', 'operator', 422],
    ['source', 'source', 201],
    ['source', 'account-manager', 422],
    ['regulator', 'regulator', 201],
    ['operator', 'operator', 201],
    ['operator', 'regulator', 422],
  ] as const)('of the organisation of a %s may be %s: %i', async (home, role, status) => {
    const { person: member } = await service.as(home);
    const path = `${organisations}/${member!.organisationId}/people`;
    const answer = await operator.post(path, person(`x-${home}-${role}`, [role]));
    expect(answer.status).toBe(status);
    if (status === 422) expect(pointersOf(answer)).toEqual(['/roles']);
  });

  it('are managed by their own administrator, who sees no other institution', async () => {
    const admin = await service.as('institution-admin');
    const own = `${organisations}/${admin.person!.organisationId}/people`;
    const made = await admin.post(own, person('own-clerk', ['account-manager']));
    expect(made.status).toBe(201);
    expect((await admin.get(own)).body.items.map((item: { login: string }) => item.login)).toContain('own-clerk');
    expect((await admin.post(`/api/identity/people/${made.body.id}/suspension`)).status).toBe(200);

    const other = await service.as('account-manager');
    const foreign = `${organisations}/${other.person!.organisationId}/people`;
    expect((await admin.post(foreign, person('not-mine', ['account-manager']))).status).toBe(404);
    expect((await admin.get(foreign)).status).toBe(404);
    expect((await admin.post(`/api/identity/people/${other.person!.personId}/suspension`)).status).toBe(404);
    expect((await other.post(foreign, person('not-mine', ['account-manager']))).status).toBe(403);
    const nobody = await service.db.query(`select 1 from identity.person where login = 'not-mine'`);
    expect(nobody).toHaveLength(0);
  });

  it('of an enterprise come by registration only, and nobody suspends themselves', async () => {
    const enterprise = await service.as('enterprise', { uscc: '91320505MA1XT00230' });
    const path = `${organisations}/${enterprise.person!.organisationId}/people`;
    expect((await operator.post(path, person('insider', ['enterprise']))).status).toBe(409);
    const self = `/api/identity/people/${operator.person!.personId}/suspension`;
    expect((await operator.post(self)).body.code).toBe('IDENTITY.NOT_YOURSELF');
  });

  it('have one login each, whatever the case', async () => {
    const admin = await service.as('institution-admin');
    const own = `${organisations}/${admin.person!.organisationId}/people`;
    expect((await admin.post(own, person('Twice.Here', ['account-manager']))).body.login).toBe('twice.here');
    const again = await admin.post(own, person('twice.HERE', ['account-manager']));
    expect([again.status, again.body.code]).toEqual([409, 'IDENTITY.LOGIN_TAKEN']);
  });

  it('get a repeated answer and not a second person when the network stutters', async () => {
    const admin = await service.as('institution-admin');
    const own = `${organisations}/${admin.person!.organisationId}/people`;
    const key = { 'idempotency-key': 'take-on-li-1' };
    const first = await admin.post(own, person('stutter-li', ['account-manager']), key);
    const again = await admin.post(own, person('stutter-li', ['account-manager']), key);
    expect([again.status, again.body]).toEqual([201, first.body]);
    expect((await admin.post(own, person('stutter-lu', ['account-manager']), key)).status).toBe(422);
  });
});

describe('one’s own password', () => {
  const change = (token: Record<string, string>, oldPassword: string, newPassword: string) =>
    service.anyone.post('/api/identity/me/password', { oldPassword, newPassword }, token);

  const clerk = async (login: string) => {
    const admin = await service.as('institution-admin');
    const path = `${organisations}/${admin.person!.organisationId}/people`;
    await admin.post(path, { login, password: goodPassword, roles: ['account-manager'] });
    return signIn(service, login, goodPassword);
  };

  it('is changed with the old one, and every other session ends', async () => {
    const here = await clerk('change-he');
    const elsewhere = await signIn(service, 'change-he', goodPassword);
    expect((await change(bearer(here), goodPassword, 'A-new-sentence-7')).status).toBe(204);
    expect(await refusedAfter(service, elsewhere)).toBeLessThan(1_500);
    expect((await me(service, here)).status).toBe(200);
    expect((await signIn(service, 'change-he', goodPassword)).status).toBe(401);
    expect((await signIn(service, 'change-he', 'A-new-sentence-7')).status).toBe(201);
  });

  it('is no way to guess the old one with a stolen session', async () => {
    const token = bearer(await clerk('change-lv'));
    for (let guess = 0; guess < 5; guess += 1) {
      const refused = await change(token, `wrong guess ${guess}`, 'A-new-sentence-7');
      expect([refused.status, pointersOf(refused)]).toEqual([422, ['/oldPassword']]);
    }
    expect((await change(token, goodPassword, 'A-new-sentence-7')).status).toBe(429);
  });

  it.each([
    ['short', 'short-one-1'],
    ['the old one', goodPassword],
    ['the login', 'change-password-shi'],
    ['one letter', 'aaaaaaaaaaaaaaaa'],
    ['the first that anybody tries', 'password1234'],
    ['endless', 'abcdefgh '.repeat(20)],
  ])('may not be %s', async (_, newPassword) => {
    const login = 'change-password-shi';
    const known = await signIn(service, login, goodPassword);
    const answer = known.status === 201 ? known : await clerk(login);
    const refused = await change(bearer(answer), goodPassword, newPassword);
    expect([refused.status, pointersOf(refused)]).toEqual([422, ['/newPassword']]);
  });
});

describe('the first operator', () => {
  it('has the password of the setting, and needs not change it', async () => {
    const answer = await signIn(service, 'operator', operatorPassword);
    expect(answer.body.person).toMatchObject({ mustChangePassword: false, organisation: { code: 'OPERATOR' } });
  });

  it('gets a password of our making, told once and changed before anything else', async () => {
    const write = process.stdout.write.bind(process.stdout);
    const said: string[] = [];
    process.stdout.write = ((text: string) => said.push(text) > 0) as typeof process.stdout.write;
    const own = await startIdentity({ operatorPassword: null });
    const again = await startIdentity({ db: own.db, operatorPassword: null });
    process.stdout.write = write;
    const told = said.filter((text) => text.includes('First operator'));
    expect(told).toHaveLength(1);
    const password = /password (\S+),/.exec(told[0]!)![1]!;
    const answer = await signIn(own, 'operator', password);
    expect(answer.body.person.mustChangePassword).toBe(true);
    expect((await me(own, answer)).status).toBe(200);
    const refused = await own.anyone.get(organisations, bearer(answer));
    expect([refused.status, refused.body.code]).toEqual([403, 'AUTH.PASSWORD_CHANGE_DUE']);
    const body = { oldPassword: password, newPassword: 'My-own-sentence-9' };
    expect((await own.anyone.post('/api/identity/me/password', body, bearer(answer))).status).toBe(204);
    const fresh = await signIn(own, 'operator', 'My-own-sentence-9');
    expect((await own.anyone.get(organisations, bearer(fresh))).status).toBe(200);
    await again.stop();
    await own.stop();
  });

  it('is not made with a weak password', async () => {
    const city = await startIdentity({ demo: 'city' });
    Object.assign(process.env, { DEMO: 'none', OPERATOR_PASSWORD: 'weak' });
    const starting = city.app.get(FirstOperator).onApplicationBootstrap();
    await expect(starting).rejects.toThrow(/OPERATOR_PASSWORD must have at least 12/);
    await city.stop();
  });
});
