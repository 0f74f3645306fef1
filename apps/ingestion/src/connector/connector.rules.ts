/** Where a secret or an address is: the name of a setting, or a file that some other program keeps fresh. Never the value. */
export type Reference = { setting: string } | { file: string };

/** When a source is asked: every so many minutes, or at times of the day in Suzhou. */
export type Schedule = { everyMinutes: number } | { at: string[] };

/** How a source knows who asks. */
export type Proof =
  | { kind: 'NONE' }
  | { kind: 'BEARER'; key: Reference }
  | { kind: 'OAUTH2'; tokenUrl: Reference; clientId: Reference; clientSecret: Reference; scope?: string }
  | { kind: 'HMAC'; keyId: Reference; secret: Reference };

/** How holes in what a source serves are seen: by numbers of its rows, or by days that it did not close yet. */
export type GapWatch = { by: 'SEQUENCE' } | { by: 'DAY'; since: string };

interface Base {
  connector: string;
  feeds: string[];
}

/** A source that is asked page by page. */
export interface HttpConnector extends Base {
  kind: 'HTTP';
  url: Reference;
  /** `{feed}` stands for the feed's name. */
  path: string;
  proof: Proof;
  schedule: Schedule;
  gaps?: GapWatch;
  pageRows: number;
  timeoutSeconds: number;
  triesMax: number;
}

/** What is read of a table, and how its columns become fields of the feed. */
export interface SourceTable {
  feed: string;
  table: string;
  /** Grows whenever a row is added or changed. */
  watermark: { column: string; type: 'TIMESTAMP' | 'NUMBER' };
  /** Tells rows of one watermark apart. */
  key: { column: string; type: 'TEXT' | 'NUMBER' };
  /** Column by field name; `record_key`, `uscc`, `event_date`, `report_date` and the fields of the contract. */
  columns: Record<string, string>;
  /** What stands in the file for what stands in the table: `{ status: { '1': 存续 } }`. */
  codes?: Record<string, Record<string, string>>;
  /** A column that is true, 1 or t where the source has withdrawn the row. */
  withdrawn?: string;
}

/** A table, or better a view, of the source's own database, read with a role that can read it and nothing else. */
export interface TableConnector extends Base {
  kind: 'TABLE';
  driver: 'POSTGRES' | 'MYSQL';
  url: Reference;
  schedule: Schedule;
  tables: SourceTable[];
  chunkRows: number;
  timeoutSeconds: number;
  /** Rows younger than this wait for the next visit: a transaction that began before them may still be under way. */
  settleSeconds: number;
}

/** Topics of a Kafka of the source's own; each message is one JSON object with the field names of the feed. */
export interface KafkaConnector extends Base {
  kind: 'KAFKA';
  /** Addresses of brokers, comma-separated. */
  brokers: Reference;
  tls?: boolean;
  /** The authority that signed the brokers' certificates, as PEM; without one, those that everybody trusts. */
  ca?: Reference;
  proof:
    | { kind: 'NONE' }
    | {
        kind: 'SASL';
        mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
        username: Reference;
        password: Reference;
      };
  /** The consumer group that the source lets us commit under. */
  group: string;
  topics: { feed: string; topic: string }[];
  /** A batch of a partition is made at so many messages, or when the first of them has waited so long. */
  batchRows: number;
  batchSeconds: number;
}

/** A source that is asked on a schedule. */
export type VisitedConnector = HttpConnector | TableConnector;

/** A connection, with the feeds that come through it. */
export type Connector = VisitedConnector | KafkaConnector;

/** What a JSON Schema cannot say of a declaration; empty when all is well. */
export function connectorFaults(connector: Connector, fieldsOf: (feed: string) => readonly string[]): string[] {
  if (connector.kind === 'KAFKA') return topicFaults(connector);
  if (connector.kind !== 'TABLE') return [];
  const named = connector.tables.map(({ feed }) => feed);
  const faults = [
    ...connector.feeds.filter((feed) => !named.includes(feed)).map((feed) => `${feed} has no table`),
    ...named
      .filter((feed) => !connector.feeds.includes(feed))
      .map((feed) => `a table is for ${feed}, which is no feed`),
  ];
  if (faults.length > 0) return faults;
  return connector.tables.flatMap((table) => tableFaults(table, fieldsOf(table.feed)));
}

function topicFaults({ feeds, topics, tls, ca, proof }: KafkaConnector): string[] {
  const named = topics.map(({ feed }) => feed);
  return [
    ...feeds.filter((feed) => !named.includes(feed)).map((feed) => `${feed} has no topic`),
    ...named.filter((feed) => !feeds.includes(feed)).map((feed) => `a topic is for ${feed}, which is no feed`),
    ...(ca !== undefined && tls !== true ? ['ca says whom to trust, but tls is not on'] : []),
    ...(proof.kind === 'SASL' && proof.mechanism === 'plain' && tls !== true
      ? ['plain sends the password as it is: tls must be on']
      : []),
    ...(new Set(named).size < named.length ? ['a feed has two topics'] : []),
    ...(new Set(topics.map(({ topic }) => topic)).size < topics.length ? ['a topic is for two feeds'] : []),
  ];
}

function tableFaults({ feed, columns, codes = {} }: SourceTable, fields: readonly string[]): string[] {
  const needed = ['record_key', 'uscc', 'event_date', 'report_date'];
  return [
    ...needed.filter((name) => !(name in columns)).map((name) => `${feed}: no column for ${name}`),
    ...Object.keys(columns)
      .filter((name) => !fields.includes(name))
      .map((name) => `${feed}: ${name} is no field of the contract`),
    ...Object.keys(codes)
      .filter((name) => !(name in columns))
      .map((name) => `${feed}: codes for ${name}, which is not read`),
  ];
}
