import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createService } from '@app/service';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { Seeding } from '../../apps/identity/src/identity.module.js';
import { createFront } from '../../apps/standalone/src/front.js';
import { createPortal } from '../../apps/standalone/src/portal.js';
import { readinessOf } from '../../apps/standalone/src/readiness.js';
import { services } from '../../apps/standalone/src/services.js';
import { freshDatabase, type TestDatabase } from './database.js';

export interface Answer<B = Record<string, any>> {
  status: number;
  body: B;
  headers: Headers;
  text: string;
}

/** The whole house on one port, as `npm start` runs it, without the demo city. */
export interface House {
  url: string;
  db: TestDatabase;
  operator: Caller;
  anyone: Caller;
  stop(): Promise<void>;
}

export const operatorPassword = 'Operator-of-the-test-house-1';

export async function startHouse(): Promise<House> {
  const db = await freshDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'xinqiao-house-'));
  Object.assign(process.env, { DATA_DIR: dataDir, DEMO: 'city' });
  const apps = new Map<string, NestFastifyApplication>();
  for (const { parts, module } of services) apps.set(parts.service, await createService(parts, module));
  await seedOperator(apps.get('identity')!);
  const portal = await createPortal(async () => readinessOf([]), [...apps.keys()]);
  const front = createFront(apps, portal);
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  const url = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const anyone = new Caller(url);
  return {
    url,
    db,
    anyone,
    operator: await anyone.signIn('operator', operatorPassword),
    stop: async () => {
      front.close();
      front.closeAllConnections();
      for (const app of apps.values()) await app.close();
      await portal.close();
      await db.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The house runs as a city without firms, where a match with the registry proves who registers. */
async function seedOperator(identity: NestFastifyApplication): Promise<void> {
  const organisation = { kind: 'operator' as const, code: 'OPERATOR', name: '信桥运营' };
  const person = { login: 'operator', displayName: '运营员', roles: ['operator' as const], organisation };
  await identity.get(Seeding).seedPeople([person], operatorPassword);
}

/** An outside client: knows the public face and nothing else. */
export class Caller {
  constructor(
    private readonly url: string,
    private readonly token?: string,
  ) {}

  get(path: string): Promise<Answer> {
    return this.call('GET', path);
  }

  post(path: string, body: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call('POST', path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });
  }

  async call(
    method: string,
    path: string,
    body?: string | Uint8Array,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      ...(body !== undefined && { body: body as string }),
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
        ...headers,
      },
    });
    const text = await response.text();
    const json = (response.headers.get('content-type') ?? '').includes('json') && text !== '';
    return { status: response.status, headers: response.headers, text, body: json ? JSON.parse(text) : {} };
  }

  async signIn(login: string, password: string): Promise<Caller> {
    const answer = await this.post('/api/identity/sessions', { login, password });
    if (answer.status >= 300) throw new Error(`sign-in of ${login}: ${answer.status} ${answer.text}`);
    return new Caller(this.url, answer.body['accessToken']);
  }
}
