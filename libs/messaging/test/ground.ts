import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { busDatabaseUrl } from '@app/config';
import { defineEvent, type EventEnvelope, field } from '@app/contracts';
import { type DatabaseParts, databaseOptions, migrate } from '@app/database';
import { Logger } from '@nestjs/common';
import pg from 'pg';
import { DataSource } from 'typeorm';

import { provision } from '../../../scripts/provision.mjs';
import { messagingMigrations } from '../src/index.js';
import { CreateBus1790000000000 } from '../src/migrations/1790000000000-create-bus.js';
import { AppendArrays1790000006600 } from '../src/migrations/1790000006600-append-arrays.js';
import { AppendForServices1790000006610 } from '../src/migrations/1790000006610-append-for-services.js';

// Cut connections are warned of, and tests cut many.
Logger.overrideLogger(false);

/** What the tests tell: a number, ordered by key. */
export const counted = defineEvent('marketplace.number.counted.v1', 'A number was counted.', 'key', {
  key: field.code(),
  number: field.integer(),
});
export type Counted = { key: string; number: number };

export const parts: DatabaseParts = { service: 'marketplace', entities: [], migrations: messagingMigrations };
const busParts: DatabaseParts = {
  service: 'bus',
  entities: [],
  migrations: [CreateBus1790000000000, AppendArrays1790000006600, AppendForServices1790000006610],
};

export interface Ground {
  /** Runs SQL as the superuser. */
  query<R extends object = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<R[]>;
  /** One more pool of the service's role. */
  open(): Promise<DataSource>;
  drop(): Promise<void>;
}

/** A database of its own with the bus and one service, which counts numbers per key and writes down what it hears. */
export async function freshGround(): Promise<Ground> {
  const server = new pg.Client({ connectionString: process.env['TEST_SERVER_URL']! });
  await server.connect();
  const name = `m_${randomUUID().replaceAll('-', '')}`;
  await server.query(`create database ${name}`);
  const url = new URL(process.env['TEST_SERVER_URL']!);
  url.pathname = `/${name}`;
  Object.assign(process.env, await provision(url.href));
  await migrate(busParts);
  await migrate(parts);
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  // Dropping the database cuts connections that are just about to close, in the pool or out of it already.
  pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined));
  await pool.query(`
    create table marketplace.counter (key text primary key, number integer not null default 0);
    create table marketplace.heard (turn bigint generated always as identity, handler text, key text, number integer,
      correlation_id text, pid integer default pg_backend_pid());
    alter table marketplace.counter owner to marketplace;
    alter table marketplace.heard owner to marketplace`);
  const sources: DataSource[] = [];
  return {
    query: async <R extends object>(sql: string, values?: unknown[]) => (await pool.query<R>(sql, values)).rows,
    open: async () => {
      const source = await new DataSource(databaseOptions(parts)).initialize();
      sources.push(source);
      return source;
    },
    drop: async () => {
      await Promise.all(sources.map((source) => source.destroy()));
      await pool.end();
      await server.query(`drop database ${name} with (force)`);
      await server.end();
    },
  };
}

export const busUrl = busDatabaseUrl;

/** A well-formed envelope, as a relay would publish it. */
export const anEnvelope = (data: Counted, id: string = randomUUID()): EventEnvelope<Counted> => ({
  id,
  topic: counted.topic,
  key: data.key,
  at: '2026-11-23T02:00:00.000Z',
  correlationId: `correlation of ${data.key}`,
  data,
});

/** Waits for something that happens in its own time; fails after `timeoutMs`. */
export async function until(what: () => Promise<boolean> | boolean, timeoutMs = 15_000): Promise<void> {
  const giveUpAt = performance.now() + timeoutMs;
  while (!(await what())) {
    if (performance.now() > giveUpAt) throw new Error(`did not happen in ${timeoutMs} ms: ${what.toString()}`);
    await pause(10);
  }
}
