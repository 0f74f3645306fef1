import { generateKeyPairSync, randomUUID } from 'node:crypto';

import { jest } from '@jest/globals';
import { SignJWT } from 'jose';
import type { DataSource } from 'typeorm';

import { NotSignedIn } from './auth.error.js';
import { tokenAlgorithm, tokenAudience, tokenIssuer, TokenVerifier } from './token.js';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const published = { kid: 'one', public_jwk: publicKey.export({ format: 'jwk' }) };

/** What identity publishes, and how often it was looked at. */
class Keys {
  looks = 0;
  rows: object[] = [published];
  failure: Error | undefined;

  query(): Promise<object[]> {
    this.looks += 1;
    return this.failure ? Promise.reject(this.failure) : Promise.resolve(this.rows);
  }
}

interface Wish {
  kid?: string;
  issuer?: string;
  audience?: string;
  issuedAt?: number;
  seconds?: number;
  claims?: Record<string, unknown>;
}

const nowSeconds = (): number => Math.floor(Date.now() / 1_000);

function aToken({ kid = 'one', issuedAt = nowSeconds(), seconds = 900, ...wish }: Wish = {}): Promise<string> {
  return new SignJWT(wish.claims ?? { sub: 'person', org: 'organisation', sid: 'session' })
    .setProtectedHeader({ alg: tokenAlgorithm, kid })
    .setIssuer(wish.issuer ?? tokenIssuer)
    .setAudience(wish.audience ?? tokenAudience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + seconds)
    .sign(privateKey);
}

describe('checking access tokens', () => {
  let keys: Keys;
  let tokens: TokenVerifier;
  beforeEach(() => {
    jest.useFakeTimers({ now: new Date('2026-11-23T02:00:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
    keys = new Keys();
    tokens = new TokenVerifier(keys as unknown as DataSource);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('tells who is asking, with one look at the keys for many tokens', async () => {
    const claims = { personId: 'person', organisationId: 'organisation', sessionId: 'session' };
    expect(await tokens.verify(await aToken())).toEqual(claims);
    expect(await tokens.verify(await aToken({ seconds: 600 }))).toEqual(claims);
    expect(keys.looks).toBe(1);
  });

  it.each<[string, Wish]>([
    ['of another issuer', { issuer: 'somebody' }],
    ['for another audience', { audience: 'somebody' }],
    ['that has expired', { issuedAt: 1_763_860_000 }],
    ['without a session', { claims: { sub: 'person', org: 'organisation' } }],
    ['that is to live for years', { issuedAt: Date.UTC(2026, 10, 23, 1, 44) / 1_000, seconds: 1e8 }],
    ['of a key that nobody published', { kid: 'two' }],
  ])('refuses one %s', async (_, wish) => {
    await expect(tokens.verify(await aToken(wish))).rejects.toThrow(NotSignedIn);
  });

  it('refuses one that was signed with another algorithm', async () => {
    const forged = await new SignJWT({ sub: 'person', org: 'o', sid: 's' })
      .setProtectedHeader({ alg: 'HS256', kid: 'one' })
      .setIssuer(tokenIssuer)
      .setAudience(tokenAudience)
      .setIssuedAt()
      .setExpirationTime('15m')
      .sign(new TextEncoder().encode(JSON.stringify(published.public_jwk)));
    await expect(tokens.verify(forged)).rejects.toThrow(NotSignedIn);
  });

  it('remembers no token beyond its own end', async () => {
    const token = await aToken({ seconds: 5 });
    await tokens.verify(token);
    jest.setSystemTime(Date.now() + 6_000);
    await expect(tokens.verify(token)).rejects.toThrow(NotSignedIn);
  });

  it('forgets a retired key after a minute, together with the tokens that it signed', async () => {
    const token = await aToken();
    await tokens.verify(token);
    keys.rows = [];
    jest.setSystemTime(Date.now() + 59_000);
    await expect(tokens.verify(token)).resolves.toMatchObject({ personId: 'person' });
    jest.setSystemTime(Date.now() + 2_000);
    await expect(tokens.verify(token)).rejects.toThrow(NotSignedIn);
  });

  it('looks for unknown keys at most twenty times a second', async () => {
    for (let tries = 0; tries < 30; tries += 1)
      await expect(tokens.verify(await aToken({ kid: randomUUID() }))).rejects.toThrow(NotSignedIn);
    expect(keys.looks).toBe(20);
    jest.setSystemTime(Date.now() + 1_000);
    await expect(tokens.verify(await aToken())).resolves.toMatchObject({ personId: 'person' });
  });

  it('does not call a token wrong when the database is away', async () => {
    keys.failure = Object.assign(new Error('away'), { name: 'QueryFailedError' });
    await expect(tokens.verify(await aToken())).rejects.toThrow('away');
  });

  it.each([
    ['the socket', Object.assign(new Error('connect'), { code: 'ECONNREFUSED' })],
    ['the driver', new Error('Connection terminated unexpectedly')],
  ])('nor when it is %s that says so, however many ask', async (_, failure) => {
    keys.failure = failure;
    for (let tries = 0; tries < 25; tries += 1)
      await expect(tokens.verify(await aToken())).rejects.toThrow(failure.message);
    keys.failure = undefined;
    jest.setSystemTime(Date.now() + 1_000);
    await expect(tokens.verify(await aToken())).resolves.toMatchObject({ personId: 'person' });
  });
});
