import { resolve } from 'node:path';

import { choiceSetting, flagSetting, integerSetting, listSetting, SettingError, textSetting } from './env.js';

/** Where a service's role connects to; scripts/provision.mjs writes it, or an administrator by hand. */
export function databaseUrlOf(service: string): string {
  const name = `${service.toUpperCase()}_DATABASE_URL`;
  const url = textSetting(name);
  if (!url)
    throw new SettingError(`${name} is not set: start with npm start, or give the service's own database address`);
  return url;
}

/** Connections per service: 7 services x 10 plus the bus stay well under PostgreSQL's 100; docs/operations.md has the sum. */
export const poolMax = (): number => integerSetting('DATABASE_POOL_MAX', 10, { min: 2, max: 50 });

/** Address of the PostgreSQL event bus (its own role and schema). */
export const busDatabaseUrl = (): string => databaseUrlOf('bus');

export const port = (): number => integerSetting('PORT', 8080, { min: 0, max: 65_535 });
export const host = (): string => textSetting('HOST', '127.0.0.1');

/** Where metrics are served to whoever reaches that port; 0: beside the requests, to this machine alone. */
export const metricsPort = (): number => integerSetting('METRICS_PORT', 0, { min: 0, max: 65_535 });

/** Folder of everything that this instance keeps outside the database: keys, drop folder, demo files. */
export const dataDir = (): string => resolve(textSetting('DATA_DIR', '.data'));

/** Folder with the private keys that sign access tokens and receipts; never inside the repository's history. */
export const keysDir = (): string => resolve(textSetting('KEYS_DIR', `${dataDir()}/keys`));

/** `city`: the seeded fictional city with its demo people; `none`: nobody but the first operator. */
export const demo = (): 'city' | 'none' => choiceSetting('DEMO', ['city', 'none'], 'none');

export const logLevel = (): string => textSetting('LOG_LEVEL', 'info');

/** Origins from which the portal's cookie may act, besides the address of the request itself. */
export const portalOrigins = (): string[] => listSetting('PORTAL_ORIGINS');

/** Enterprises of the demo city. */
export const demoEnterprises = (): number => integerSetting('DEMO_ENTERPRISES', 2_000, { min: 20, max: 50_000 });

/** Password of the demo people; undefined: made at the first start and printed once. */
export const demoPassword = (): string | undefined => textSetting('DEMO_PASSWORD');

/** Proxies whose forwarded headers are believed (addresses, or `loopback`); none by default: a caller could write its own. */
export const trustedProxies = (): string | false => textSetting('TRUST_PROXY') ?? false;

/** Addresses of Kafka brokers; none: events go over PostgreSQL. */
export const kafkaBrokers = (): string[] => listSetting('KAFKA_BROKERS');

/** Begins the names of topics and groups, where several houses share one Kafka. */
export const kafkaPrefix = (): string => textSetting('KAFKA_PREFIX', '');

/** Copies of each partition; 0: three, or as many as there are brokers. */
export const kafkaReplication = (): number => integerSetting('KAFKA_REPLICATION', 0, { min: 0, max: 7 });

/** How to prove to Kafka who we are; undefined on an open network of its own. */
export function kafkaSign(): { username: string; password: string; mechanism: KafkaMechanism } | undefined {
  const username = textSetting('KAFKA_USERNAME');
  if (username === undefined) return undefined;
  const password = textSetting('KAFKA_PASSWORD');
  if (password === undefined) throw new SettingError('KAFKA_PASSWORD is not set, but KAFKA_USERNAME is');
  return { username, password, mechanism: choiceSetting('KAFKA_MECHANISM', mechanisms, 'scram-sha-512') };
}
const mechanisms = ['plain', 'scram-sha-256', 'scram-sha-512'] as const;
export type KafkaMechanism = (typeof mechanisms)[number];

export const kafkaTls = (): boolean => flagSetting('KAFKA_TLS', false);

/** Address of Elasticsearch (with `user:password@` when it asks for one); undefined: PostgreSQL answers searches. */
export const elasticsearchUrl = (): string | undefined => textSetting('ELASTICSEARCH_URL');

/** Name that the index of enterprises is searched by, and that the names of its builds begin with. */
export const elasticsearchIndex = (): string => textSetting('ELASTICSEARCH_INDEX', 'xinqiao-enterprise');

/** How long a process that was told to end still takes requests, so that proxies hear of it first. */
export const drainMs = (): number => integerSetting('DRAIN_MS', 0, { min: 0, max: 60_000 });

/** Requests that one service of a process works on at once; further ones get 503. A waiting one costs some 20 kB. */
export const requestsMax = (): number => integerSetting('REQUESTS_MAX', 5_000, { min: 1, max: 100_000 });

/** An event loop that is later than this on average is overloaded. */
export const loopDelayMaxMs = (): number => integerSetting('LOOP_DELAY_MAX_MS', 1_000, { min: 50, max: 60_000 });

/** Where a front finds the copies of each service: `identity=http://a:8080|http://b:8080,ingestion=...`. */
export function upstreams(): Map<string, string[]> {
  const named = listSetting('UPSTREAMS').map((entry) => entry.split('=', 2));
  if (named.some(([name, addresses]) => !name || !addresses))
    throw new SettingError('UPSTREAMS must be service=address|address, comma-separated');
  return new Map(named.map(([name, addresses]) => [name!, addresses!.split('|')]));
}

/** Where traces are sent (OTLP over HTTP, without the path); undefined: none are made. */
export const tracesEndpoint = (): string | undefined => textSetting('OTEL_EXPORTER_OTLP_ENDPOINT');

/** One trace in how many is kept, as a share of 1; whoever began a trace decides for all that follows. */
export function tracesShare(): number {
  const share = Number(textSetting('OTEL_TRACES_SAMPLER_ARG', '0.1'));
  if (share >= 0 && share <= 1) return share;
  throw new SettingError('OTEL_TRACES_SAMPLER_ARG must be a share from 0 to 1');
}
