import type { TestClient, TestService } from '../../../test/support/test-service.js';
import {
  bearer,
  cookiesOf,
  eventsOf,
  goodPassword,
  me,
  operatorPassword,
  refusedAfter,
  signIn,
  startIdentity,
} from './ground.js';

const minute = 60_000;

describe('sign-in', () => {
  let service: TestService;
  let operator: TestClient;
  let institution: string;
  beforeAll(async () => {
    service = await startIdentity();
    operator = await service.as('operator');
    const made = await operator.post('/api/identity/organisations', {
      kind: 'institution',
      name: '姑苏银行',
      code: 'GUSU',
      memberships: ['MARKETPLACE'],
    });
    institution = made.body.id;
  });
  afterAll(() => service.stop());

  const clerk = async (login: string) => {
    const body = { login, password: goodPassword, roles: ['account-manager'], displayName: '王经理' };
    const made = await operator.post(`/api/identity/organisations/${institution}/people`, body);
    expect(made.status).toBe(201);
    return made.body.id as string;
  };

  it('lets a person in who was taken on, and says who they are', async () => {
    await clerk('gusu-wang');
    const answer = await signIn(service, 'Gusu-Wang', goodPassword);
    expect(answer.status).toBe(201);
    expect(answer.body.person).toEqual({
      id: expect.any(String),
      login: 'gusu-wang',
      displayName: '王经理',
      roles: ['account-manager'],
      mustChangePassword: false,
      organisation: expect.objectContaining({ code: 'GUSU', kind: 'institution', memberships: ['MARKETPLACE'] }),
    });
    expect((await me(service, answer)).body).toEqual(answer.body.person);
    const lifeMs = new Date(answer.body.expiresAt).getTime() - Date.now();
    expect(lifeMs).toBeGreaterThan(14 * minute);
    expect(lifeMs).toBeLessThanOrEqual(15 * minute);
  });

  it('puts nothing into the token but who, whose and which session', async () => {
    const answer = await signIn(service, 'operator', operatorPassword);
    const [header, payload] = (answer.body.accessToken as string)
      .split('.')
      .slice(0, 2)
      .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()));
    expect(header).toMatchObject({ alg: 'ES256', kid: expect.any(String) });
    expect(Object.keys(payload).toSorted()).toEqual(['aud', 'exp', 'iat', 'iss', 'org', 'sid', 'sub']);
  });

  it('sets cookies that scripts cannot read and other sites cannot send', async () => {
    const plain = cookiesOf(await signIn(service, 'operator', operatorPassword));
    expect(plain['access']!.text).toMatch(/Path=\/api;.*HttpOnly.*SameSite=Strict/);
    expect(plain['refresh']!.text).toMatch(/Path=\/api\/identity;.*HttpOnly.*SameSite=Strict/);
    expect(plain['access']!.text).not.toMatch(/Secure/);
    const secure = cookiesOf(await signIn(service, 'operator', operatorPassword, { 'x-forwarded-proto': 'https' }));
    expect(secure['access']!.text).toMatch(/Secure/);
    expect(secure['refresh']!.text).toMatch(/Secure/);
  });

  it('keeps the refresh token from scripts of a page, and gives it to programs', async () => {
    const page = await signIn(service, 'operator', operatorPassword, { origin: 'http://127.0.0.1' });
    expect(page.body.refreshToken).toBeUndefined();
    expect((await signIn(service, 'operator', operatorPassword)).body.refreshToken).toEqual(expect.any(String));
  });

  it('serves reads under the cookie alone, and acts only from our own pages', async () => {
    const { access } = cookiesOf(await signIn(service, 'operator', operatorPassword));
    const cookie = `access=${access!.value}`;
    expect((await service.anyone.get('/api/identity/me', { cookie })).status).toBe(200);
    const body = { kind: 'source', name: '园区水务', code: 'WATER' };
    const post = (origin: object) =>
      service.anyone.post('/api/identity/organisations', body, { cookie, host: 'portal.test', ...origin });
    for (const foreign of [{}, { origin: 'https://evil.test' }, { origin: 'null' }]) {
      const refused = await post(foreign);
      expect([refused.status, refused.body.code]).toEqual([403, 'AUTH.FOREIGN_ORIGIN']);
    }
    expect((await post({ origin: 'https://portal.test' })).status).toBe(201);
  });

  it('says the same of a wrong password, an unknown login and a person without a password', async () => {
    const person = await service.as('regulator');
    const [{ login }] = (await service.db.query<{ login: string }>('select login from identity.person where id = $1', [
      person.person!.personId,
    ])) as [{ login: string }];
    for (const name of ['operator', 'nobody-here', login]) {
      const answer = await signIn(service, name, 'none');
      expect([answer.status, answer.body.code]).toEqual([401, 'IDENTITY.WRONG_CREDENTIALS']);
    }
  });

  it.each([
    [{}, ['/login', '/password']],
    [{ login: 'operator' }, ['/password']],
    [{ login: 5, password: ['a'] }, ['/login', '/password']],
    [{ login: 'operator', password: operatorPassword, extra: 1 }, ['/extra']],
    [[], ['']],
  ])('names the faults of %j', async (body, pointers) => {
    const answer = await service.anyone.post('/api/identity/sessions?login=operator&password=x', body);
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer).toSorted()).toEqual(pointers);
  });

  it('makes guessing slow, for this login from this address only, and forgives after a success', async () => {
    await clerk('gusu-li');
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (let guess = 0; guess < 5; guess += 1)
      expect((await signIn(service, 'gusu-li', `wrong ${guess}`, from('203.0.113.7'))).status).toBe(401);
    const blocked = await signIn(service, 'gusu-li', goodPassword, from('203.0.113.7'));
    expect([blocked.status, blocked.body.code]).toEqual([429, 'IDENTITY.TOO_MANY_ATTEMPTS']);
    expect(blocked.headers['retry-after']).toBe('10');
    expect((await signIn(service, 'gusu-li', goodPassword, from('203.0.113.8'))).status).toBe(201);
    expect((await signIn(service, 'gusu-wang', goodPassword, from('203.0.113.7'))).status).toBe(201);

    service.clock.advance(10_000);
    expect((await signIn(service, 'gusu-li', 'wrong again', from('203.0.113.7'))).status).toBe(401);
    expect((await signIn(service, 'gusu-li', 'x', from('203.0.113.7'))).headers['retry-after']).toBe('20');
    service.clock.advance(20_000);
    expect((await signIn(service, 'gusu-li', goodPassword, from('203.0.113.7'))).status).toBe(201);
    expect((await signIn(service, 'gusu-li', 'wrong once', from('203.0.113.7'))).status).toBe(401);
    expect((await signIn(service, 'gusu-li', goodPassword, from('203.0.113.7'))).status).toBe(201);
  });

  it('hears five of thirty guesses that come at once', async () => {
    await clerk('gusu-sun');
    const headers = { 'x-forwarded-for': '203.0.113.9' };
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, guess) => signIn(service, 'gusu-sun', `guess ${guess}`, headers)),
    );
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(25);
  });

  it('remembers failures after a restart', async () => {
    await clerk('gusu-wu');
    for (let guess = 0; guess < 5; guess += 1) await signIn(service, 'gusu-wu', 'wrong');
    const again = await startIdentity({ db: service.db });
    expect((await signIn(again, 'gusu-wu', goodPassword)).status).toBe(429);
    await again.stop();
  });

  it('takes many right sign-ins of one person at once', async () => {
    await clerk('gusu-zhou');
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(service, 'gusu-zhou', goodPassword)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 201));
  });

  it('ends a session on sign-out, everywhere within a second', async () => {
    const answer = await signIn(service, 'operator', operatorPassword);
    expect((await me(service, answer)).status).toBe(200);
    const out = await service.anyone.delete('/api/identity/sessions/current', bearer(answer));
    expect(out.status).toBe(204);
    expect(cookiesOf(out)['access']!.value).toBe('');
    expect(await refusedAfter(service, answer)).toBeLessThan(1_500);
    const refresh = await service.anyone.post('/api/identity/sessions/refresh', {
      refreshToken: answer.body.refreshToken,
    });
    expect(refresh.status).toBe(401);
  });

  it('ends the sessions of a suspended person, who then hears why and comes back later', async () => {
    const id = await clerk('gusu-zheng');
    const answer = await signIn(service, 'gusu-zheng', goodPassword);
    expect((await operator.post(`/api/identity/people/${id}/suspension`)).body.status).toBe('SUSPENDED');
    expect(await refusedAfter(service, answer)).toBeLessThan(1_500);
    const refused = await signIn(service, 'gusu-zheng', goodPassword);
    expect([refused.status, refused.body.code]).toEqual([403, 'IDENTITY.ACCOUNT_SUSPENDED']);
    expect((await signIn(service, 'gusu-zheng', 'wrong password')).body.code).toBe('IDENTITY.WRONG_CREDENTIALS');
    expect((await operator.post(`/api/identity/people/${id}/reactivation`)).body.status).toBe('ACTIVE');
    expect((await signIn(service, 'gusu-zheng', goodPassword)).status).toBe(201);
    const told = await eventsOf(service, id);
    expect(told.map(({ topic }) => topic)).toEqual(['identity.person.suspended.v1', 'identity.person.reactivated.v1']);
  });

  it('keeps passwords as argon2id with 19 MiB, two passes and one lane, and nowhere else', async () => {
    await clerk('gusu-feng');
    const [row] = await service.db.query<{ password_hash: string }>(
      `select password_hash from identity.person where login = 'gusu-feng'`,
    );
    expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    const [{ text }] = (await service.db.query(
      `select concat((select json_agg(a) from identity.act a), (select json_agg(i) from identity.idempotency i)) as text`,
    )) as [{ text: string }];
    expect(text).not.toContain(goodPassword);
    expect(text).toContain('gusu-feng');
  });
});

describe('a refresh token', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await startIdentity();
  });
  afterAll(() => service.stop());

  const refresh = (refreshToken: string) => service.anyone.post('/api/identity/sessions/refresh', { refreshToken });

  it('works once and gives the next one', async () => {
    const first = await signIn(service, 'operator', operatorPassword);
    const second = await refresh(first.body.refreshToken);
    expect(second.status).toBe(200);
    expect((await me(service, second)).status).toBe(200);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('ends the session of both holders when it is used a second time', async () => {
    const first = await signIn(service, 'operator', operatorPassword);
    const thief = await refresh(first.body.refreshToken);
    const owner = await refresh(first.body.refreshToken);
    expect([owner.status, owner.body.code]).toEqual([401, 'IDENTITY.REFRESH_REUSED']);
    expect(await refusedAfter(service, thief)).toBeLessThan(1_500);
    expect((await refresh(thief.body.refreshToken)).status).toBe(401);
  });

  it('gives one new token to twenty who use it at once', async () => {
    const { body } = await signIn(service, 'operator', operatorPassword);
    const answers = await Promise.all(Array.from({ length: 20 }, () => refresh(body.refreshToken)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('travels as a cookie from our own pages only', async () => {
    const { refresh: token } = cookiesOf(await signIn(service, 'operator', operatorPassword));
    const ask = (origin: Record<string, string>) =>
      service.anyone.post(
        '/api/identity/sessions/refresh',
        {},
        { cookie: `refresh=${token!.value}`, host: 'portal.test', ...origin },
      );
    expect((await ask({ origin: 'https://evil.test' })).status).toBe(403);
    const answer = await ask({ origin: 'http://portal.test' });
    expect(answer.status).toBe(200);
    expect(answer.body.refreshToken).toBeUndefined();
    expect(cookiesOf(answer)['refresh']!.value).not.toBe(token!.value);
  });

  it('is nothing without a session behind it', async () => {
    expect((await refresh('made up')).status).toBe(401);
    expect((await service.anyone.post('/api/identity/sessions/refresh')).status).toBe(401);
    const { body } = await signIn(service, 'operator', operatorPassword);
    await service.db.query(`update identity.session set expires_at = now() where ended_at is null`);
    expect((await refresh(body.refreshToken)).status).toBe(401);
  });

  it('lies in the database as a hash only', async () => {
    const { body } = await signIn(service, 'operator', operatorPassword);
    const rows = await service.db.query(`select 1 from identity.session where refresh_hash = $1`, [body.refreshToken]);
    expect(rows).toHaveLength(0);
  });
});
