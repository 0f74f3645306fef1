import { randomUUID } from 'node:crypto';

import type { DatabaseParts } from '@app/database';
import { Clock, FixedClock } from '@app/kernel';
import { configure, createAdapter } from '@app/service';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test, type TestingModuleBuilder } from '@nestjs/testing';
import request, { type Response } from 'supertest';

import { freshDatabase, type TestDatabase } from './database.js';
import { aPerson, type PersonWish, type TestPerson } from './people.js';

/** A caller with a fixed token; every command gets a fresh Idempotency-Key unless headers say otherwise. */
export interface TestClient {
  person?: TestPerson;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body?: object | string, headers?: Record<string, string>): Promise<Response>;
  delete(path: string, headers?: Record<string, string>): Promise<Response>;
}

export interface TestService {
  app: NestFastifyApplication;
  db: TestDatabase;
  clock: FixedClock;
  anyone: TestClient;
  /** A signed-in person with a role, in an organisation of their own unless `colleagueOf` says whose. */
  as(role: PersonWish['role'], wish?: Omit<PersonWish, 'role'>): Promise<TestClient>;
  stop(): Promise<void>;
}

export interface TestServiceOptions {
  /** Another spec's or service's database, to run several services side by side. */
  db?: TestDatabase;
  now?: string;
  /** Replaces collaborators through Nest's own injection. */
  override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
}

/** One service on a database of its own, with a clock that stands still at a Monday morning in Suzhou. */
export async function startService(
  _parts: DatabaseParts,
  module: Type,
  { db, now = '2026-11-23T02:00:00Z', override = (builder) => builder }: TestServiceOptions = {},
): Promise<TestService> {
  const database = db ?? (await freshDatabase());
  const clock = new FixedClock(now);
  const builder = Test.createTestingModule({ imports: [module] })
    .overrideProvider(Clock)
    .useValue(clock);
  const compiled = await override(builder).compile();
  const app = compiled.createNestApplication<NestFastifyApplication>(createAdapter(), { logger: false });
  await configure(_parts.service, app);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    db: database,
    clock,
    anyone: clientOf(app),
    as: async (role, wish) => clientOf(app, await aPerson(database, { role, ...wish })),
    stop: async () => {
      await app.close();
      if (!db) await database.drop();
    },
  };
}

/** A caller of a service; the same person may call several services of one database. */
export function clientOf(app: NestFastifyApplication, person?: TestPerson): TestClient {
  // Read at each call: a long run signs new tokens.
  const signed = () => (person ? { authorization: `Bearer ${person.token}` } : undefined);
  const server = app.getHttpServer();
  return {
    ...(person && { person }),
    get: async (path, headers = {}) =>
      request(server)
        .get(path)
        .set({ ...signed(), ...headers }),
    post: async (path, body = {}, headers = {}) =>
      request(server)
        .post(path)
        .set({ ...signed(), 'idempotency-key': randomUUID(), ...headers })
        .send(body),
    delete: async (path, headers = {}) =>
      request(server)
        .delete(path)
        .set({ ...signed(), 'idempotency-key': randomUUID(), ...headers }),
  };
}
