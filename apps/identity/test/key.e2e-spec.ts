import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { jest } from '@jest/globals';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify, SignJWT } from 'jose';

import type { TestService } from '../../../test/support/test-service.js';
import { Upkeep } from '../src/session/upkeep.job.js';
import { bearer, me, newKeysDir, operatorPassword, signIn, startIdentity } from './ground.js';

/** Only the date moves; sockets and pools keep their real timers. */
const timers = [
  'hrtime',
  'nextTick',
  'performance',
  'queueMicrotask',
  'setImmediate',
  'clearImmediate',
  'setInterval',
  'clearInterval',
  'setTimeout',
  'clearTimeout',
] as const satisfies readonly string[];

const text = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

describe('access tokens', () => {
  let service: TestService;
  const keysDir = newKeysDir();
  beforeAll(async () => {
    service = await startIdentity({ keysDir });
  });
  afterAll(() => service.stop());

  const keyFiles = () => readdirSync(join(keysDir, 'access'));
  const claimsOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString());
  const meWith = (token: string) => service.anyone.get('/api/identity/me', { authorization: `Bearer ${token}` });

  it('verify against the published keys, by anybody', async () => {
    const { body } = await signIn(service, 'operator', operatorPassword);
    const jwks: JSONWebKeySet = (await service.anyone.get('/api/identity/jwks.json')).body;
    expect(jwks.keys.every((key) => key['d'] === undefined && key.alg === 'ES256')).toBe(true);
    const { payload } = await jwtVerify(body.accessToken, createLocalJWKSet(jwks), { issuer: 'xinqiao' });
    expect(payload.sub).toBe(body.person.id);
  });

  it('are signed by a key that only this account may read', () => {
    const files = keyFiles();
    expect(files).toHaveLength(1);
    expect(statSync(join(keysDir, 'access', files[0]!)).mode & 0o777).toBe(0o600);
    expect(statSync(join(keysDir, 'access')).mode & 0o777).toBe(0o700);
  });

  it('are refused when they are not ours: no algorithm, a shared secret, another key, issuer, audience or time', async () => {
    const { body } = await signIn(service, 'operator', operatorPassword);
    const claims = claimsOf(body.accessToken);
    const [{ kid, public_jwk: jwk }] = (await service.db.query('select * from identity.signing_key')) as [
      { kid: string; public_jwk: object },
    ];
    const none = `${text({ alg: 'none', kid })}.${text(claims)}.`;
    const hmacInput = `${text({ alg: 'HS256', kid })}.${text(claims)}`;
    const hmac = createHmac('sha256', JSON.stringify(jwk)).update(hmacInput).digest('base64url');
    const own = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const stranger = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid }).sign(own.privateKey);
    const unknown = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: randomUUID() })
      .sign(own.privateKey);
    for (const token of [none, `${hmacInput}.${hmac}`, stranger, unknown, 'rubbish', `${body.accessToken}x`])
      expect((await meWith(token)).status).toBe(401);
    // Rightly signed, wrong in one claim: a key of ours in other hands.
    await service.db.query('insert into identity.signing_key values ($1, $2, now())', [
      'stolen',
      own.publicKey.export({ format: 'jwk' }),
    ]);
    const signed = (change: object) =>
      new SignJWT({ ...claims, ...change }).setProtectedHeader({ alg: 'ES256', kid: 'stolen' }).sign(own.privateKey);
    expect((await meWith(await signed({}))).status).toBe(200);
    const now = Math.floor(Date.now() / 1_000);
    const wrong = [
      { iss: 'other' },
      { aud: 'other' },
      { exp: now - 1 },
      { exp: undefined },
      { sid: randomUUID() },
      { iat: now - 901, exp: now + 31_536_000 },
    ];
    for (const change of wrong) expect((await meWith(await signed(change))).status).toBe(401);
    await service.db.query(`delete from identity.signing_key where kid = 'stolen'`);
  });

  it('are refused once they have expired', async () => {
    const { body } = await signIn(service, 'operator', operatorPassword);
    expect((await meWith(body.accessToken)).status).toBe(200);
    jest.useFakeTimers({ now: Date.now() + 16 * 60_000, doNotFake: [...timers] });
    try {
      expect((await meWith(body.accessToken)).status).toBe(401);
    } finally {
      jest.useRealTimers();
    }
  });

  it('go on through a rotation of keys, and the old key is gone after twenty minutes', async () => {
    const before = await signIn(service, 'operator', operatorPassword);
    const rotated = await service.anyone.post('/api/identity/signing-keys/rotation', {}, bearer(before));
    expect(rotated.status).toBe(201);
    const after = await signIn(service, 'operator', operatorPassword);
    const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid;
    expect(kidOf(after.body.accessToken)).toBe(rotated.body.kid);
    expect(kidOf(before.body.accessToken)).not.toBe(rotated.body.kid);
    expect((await me(service, before)).status).toBe(200);
    expect((await me(service, after)).status).toBe(200);
    expect((await service.anyone.get('/api/identity/jwks.json')).body.keys).toHaveLength(2);
    const [{ minutes }] = (await service.db.query(
      `select extract(epoch from retired_at - now()) / 60 as minutes from identity.signing_key where retired_at is not null`,
    )) as [{ minutes: string }];
    expect(Number(minutes)).toBeCloseTo(20, 0);

    await service.db.query(`update identity.signing_key set retired_at = now() where retired_at is not null`);
    await service.app.get(Upkeep).run();
    expect(keyFiles()).toEqual([`${rotated.body.kid}.pem`]);
    expect((await service.anyone.get('/api/identity/jwks.json')).body.keys).toHaveLength(1);
    // A process that starts now knows the new key only.
    const fresh = await startIdentity({ db: service.db, keysDir });
    expect((await me(fresh, before)).status).toBe(401);
    expect((await me(fresh, after)).status).toBe(200);
    await fresh.stop();
  });

  it('rotation is for operators', async () => {
    const clerk = await service.as('account-manager');
    expect((await clerk.post('/api/identity/signing-keys/rotation')).status).toBe(403);
  });
});

describe('processes that start together', () => {
  it('agree on one key and one first operator', async () => {
    const keysDir = newKeysDir();
    const first = await startIdentity({ keysDir });
    await first.db.query('delete from identity.session');
    await first.db.query('delete from identity.person');
    await first.db.query('delete from identity.signing_key');
    const others = await Promise.all(Array.from({ length: 4 }, () => startIdentity({ db: first.db, keysDir })));
    const count = async (table: string) =>
      Number((await first.db.query<{ n: string }>(`select count(*) as n from identity.${table}`))[0]!.n);
    expect(await count('signing_key')).toBe(1);
    expect(await count('person')).toBe(1);
    const answers = await Promise.all(others.map((service) => signIn(service, 'operator', operatorPassword)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    for (const service of others) for (const answer of answers) expect((await me(service, answer)).status).toBe(200);
    for (const service of [...others, first]) await service.stop();
  });
});
