import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { drain } from '@app/messaging';
import request, { type Response } from 'supertest';

import { startService, type TestService, type TestServiceOptions } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { IdentityModule } from '../src/identity.module.js';

export const operatorPassword = 'Operator-2026-first!';
export const goodPassword = 'Story-2026-outside!';

export interface Settings extends TestServiceOptions {
  demo?: 'city' | 'none';
  /** null: not given, so that the service makes one up. */
  operatorPassword?: string | null;
  keysDir?: string;
}

export const newKeysDir = (): string => mkdtempSync(join(tmpdir(), 'xinqiao-keys-'));

/** Identity with settings of its own; private keys go to a throw-away folder. */
export async function startIdentity(settings: Settings = {}): Promise<TestService> {
  const { demo = 'none', operatorPassword: first = operatorPassword, keysDir = newKeysDir(), ...options } = settings;
  Object.assign(process.env, { DEMO: demo, KEYS_DIR: keysDir, OPERATOR_PASSWORD: first ?? '' });
  return startService(database, IdentityModule, options);
}

export const signIn = (service: TestService, login: string, password: string, headers: Record<string, string> = {}) =>
  service.anyone.post('/api/identity/sessions', { login, password }, headers);

/** Headers of whoever holds the answer of a sign-in. */
export const bearer = (answer: Response): Record<string, string> => ({
  authorization: `Bearer ${answer.body.accessToken}`,
});

export const me = (service: TestService, answer: Response) => service.anyone.get('/api/identity/me', bearer(answer));

/** Name to value of the cookies an answer sets, and their attributes as text. */
export function cookiesOf(answer: Response): Record<string, { value: string; text: string }> {
  const lines = ([] as string[]).concat(answer.headers['set-cookie'] ?? []);
  return Object.fromEntries(
    lines.map((text) => {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      return [name, { value, text }];
    }),
  );
}

/** Asks until a session is refused; how long that took, in milliseconds. */
export async function refusedAfter(service: TestService, answer: Response, patienceMs = 5_000): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < patienceMs) {
    const { status } = await request(service.app.getHttpServer()).get('/api/identity/me').set(bearer(answer));
    if (status === 401) return performance.now() - began;
  }
  return Infinity;
}

/** Topics and data of what was told about a key, in order; waits until everything has left the outbox. */
export async function eventsOf(service: TestService, key: string): Promise<{ topic: string; data: object }[]> {
  await drain();
  return service.db.query(
    `select topic, event->'data' as data from bus.message where event->>'key' = $1 order by position`,
    [key],
  );
}
