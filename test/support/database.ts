import { randomUUID } from 'node:crypto';

import { migrate } from '@app/database';
import pg from 'pg';

import { database as credit } from '../../apps/credit/src/data-source.js';
import { database as identity } from '../../apps/identity/src/data-source.js';
import { database as ingestion } from '../../apps/ingestion/src/data-source.js';
import { database as marketplace } from '../../apps/marketplace/src/data-source.js';
import { database as notification } from '../../apps/notification/src/data-source.js';
import { database as profiling } from '../../apps/profiling/src/data-source.js';
import { database as supervision } from '../../apps/supervision/src/data-source.js';
import { provision } from '../../scripts/provision.mjs';

const template = 'xinqiao_template';
const all = [identity, ingestion, credit, profiling, marketplace, supervision, notification];

export interface TestDatabase {
  /** Address of the superuser, for looking at any schema. */
  ownerUrl: string;
  /** Runs SQL as the superuser. */
  query<R extends object = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

/**
 * A database of its own for one spec file: every service's schema, empty. Points the <SERVICE>_DATABASE_URL settings of
 * this process at it. The first caller of a run makes the template that the others copy.
 */
export async function freshDatabase(): Promise<TestDatabase> {
  const serverUrl = process.env['TEST_SERVER_URL']!;
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await asOwner(serverUrl, async (client) => {
    // The lock also keeps two copies apart: PostgreSQL copies a template only while nobody else uses it.
    await client.query('select pg_advisory_lock(4711)');
    await ensureTemplate(client, serverUrl);
    await client.query(`create database ${name} template ${template}`);
  });
  const ownerUrl = urlOf(serverUrl, name);
  Object.assign(process.env, await provision(ownerUrl));
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 2 });
  // The drop below may reach a connection that is still saying goodbye.
  pool.on('error', () => undefined).on('connect', (client) => client.on('error', () => undefined));
  return {
    ownerUrl,
    query: async <R extends object>(sql: string, values?: unknown[]) => (await pool.query<R>(sql, values)).rows,
    drop: async () => {
      await pool.end();
      await asOwner(serverUrl, async (client) => {
        await client.query(`drop database if exists ${name} with (force)`);
      });
    },
  };
}

async function ensureTemplate(client: pg.Client, serverUrl: string): Promise<void> {
  const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
  if (rowCount) return;
  const building = `${template}_building`;
  await client.query(`drop database if exists ${building} with (force)`);
  await client.query(`create database ${building}`);
  Object.assign(process.env, await provision(urlOf(serverUrl, building)));
  for (const parts of all) await migrate(parts);
  await client.query(`alter database ${building} rename to ${template}`);
}

function urlOf(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

async function asOwner(connectionString: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
