import type { FastifyRequest } from 'fastify';
import type { DataSource } from 'typeorm';

import { ForeignOrigin, NotSignedIn } from './auth.error.js';
import { accessGate, isOurOrigin } from './gate.js';

const from = (origin: string | undefined, host = 'portal.example:8080'): FastifyRequest =>
  ({ headers: { origin }, host }) as unknown as FastifyRequest;

describe('the origin of a request', () => {
  beforeEach(() => {
    process.env['PORTAL_ORIGINS'] = 'https://bank.example, http://localhost:5173';
  });
  afterEach(() => {
    delete process.env['PORTAL_ORIGINS'];
  });

  it.each([
    'http://portal.example:8080',
    'https://portal.example:8080',
    'https://bank.example',
    'http://localhost:5173',
  ])('is ours from %s', (origin) => expect(isOurOrigin(from(origin))).toBe(true));

  it.each([
    undefined,
    '',
    'null',
    'https://portal.example',
    'http://portal.example:8081',
    'http://portal.example:8080.evil.example',
    'https://evil.example/portal.example:8080',
    'https://bank.example.evil.example',
    'http://bank.example',
    'http://localhost:5174',
  ])('is foreign from %s', (origin) => expect(isOurOrigin(from(origin))).toBe(false));
});

describe('the gate', () => {
  /** No query is expected: these are decided before anybody looks at a token. */
  const noDatabase = { query: () => Promise.reject(new Error('asked the database')) } as unknown as DataSource;
  const ask = async (access: unknown, more: object = {}) =>
    accessGate(noDatabase)({
      ...from('https://evil.example'),
      method: 'POST',
      cookies: {},
      routeOptions: { config: { access } },
      ...more,
    } as unknown as FastifyRequest);

  it('lets everybody through a public route', async () => {
    await expect(ask('public')).resolves.toBeUndefined();
  });

  it('asks for a sign-in where there is no token, whatever the scheme', async () => {
    await expect(ask('signed-in')).rejects.toThrow(NotSignedIn);
    await expect(ask(['operator'])).rejects.toThrow(NotSignedIn);
    await expect(ask('signed-in', { headers: { authorization: 'Basic b3BlcmF0b3I6eA==' } })).rejects.toThrow(
      NotSignedIn,
    );
    await expect(ask('signed-in', { headers: { authorization: 'Bearer ' } })).rejects.toThrow(NotSignedIn);
  });

  it('lets a cookie act from our own pages only, and read from anywhere', async () => {
    const cookies = { access: 'not.a.token' };
    await expect(ask('signed-in', { cookies })).rejects.toThrow(ForeignOrigin);
    await expect(ask('signed-in', { cookies, headers: {} })).rejects.toThrow(ForeignOrigin);
    await expect(ask('signed-in', { cookies, method: 'DELETE' })).rejects.toThrow(ForeignOrigin);
    await expect(ask('signed-in', { cookies, method: 'GET' })).rejects.toThrow(NotSignedIn);
  });

  it('takes a broken token for no token, without a look at the database', async () => {
    await expect(ask('signed-in', { headers: { authorization: 'Bearer not.a.token' } })).rejects.toThrow(NotSignedIn);
  });
});
