const text = { type: 'string', minLength: 1, maxLength: 500 };
const name = { type: 'string', pattern: '^[a-z][a-z0-9-]*$' };
/** Tables and columns are put into a query by name: letters, digits and underscores, a schema at most before them. */
const identifier = { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?$' };
const column = { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' };
const whole = (minimum: number, maximum: number) => ({ type: 'integer', minimum, maximum });

const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
});

const reference = {
  oneOf: [
    object({ setting: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' } }),
    object({ file: { type: 'string', pattern: '^/' } }),
  ],
};

const schedule = {
  oneOf: [
    object({ everyMinutes: whole(1, 44_640) }),
    object({
      at: {
        type: 'array',
        minItems: 1,
        uniqueItems: true,
        items: { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' },
      },
    }),
  ],
};

const proof = {
  oneOf: [
    object({ kind: { const: 'NONE' } }),
    object({ kind: { const: 'BEARER' }, key: reference }),
    object(
      { kind: { const: 'OAUTH2' }, tokenUrl: reference, clientId: reference, clientSecret: reference },
      { scope: text },
    ),
    object({ kind: { const: 'HMAC' }, keyId: reference, secret: reference }),
  ],
};

const gaps = {
  oneOf: [
    object({ by: { const: 'SEQUENCE' } }),
    object({ by: { const: 'DAY' }, since: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' } }),
  ],
};

const base = { connector: name, feeds: { type: 'array', minItems: 1, uniqueItems: true, items: text } };

const http = object(
  {
    ...base,
    kind: { const: 'HTTP' },
    url: reference,
    path: { type: 'string', pattern: '^/' },
    proof,
    schedule,
    pageRows: whole(1, 10_000),
    timeoutSeconds: whole(1, 120),
    triesMax: whole(1, 20),
  },
  { gaps },
);

const sourceTable = object(
  {
    feed: text,
    table: identifier,
    watermark: object({ column, type: { enum: ['TIMESTAMP', 'NUMBER'] } }),
    key: object({ column, type: { enum: ['TEXT', 'NUMBER'] } }),
    columns: { type: 'object', additionalProperties: column },
  },
  {
    codes: { type: 'object', additionalProperties: { type: 'object', additionalProperties: { type: 'string' } } },
    withdrawn: column,
  },
);

const table = object({
  ...base,
  kind: { const: 'TABLE' },
  driver: { enum: ['POSTGRES', 'MYSQL'] },
  url: reference,
  schedule,
  tables: { type: 'array', minItems: 1, items: sourceTable },
  chunkRows: whole(1, 50_000),
  timeoutSeconds: whole(1, 600),
  settleSeconds: whole(0, 86_400),
});

const kafka = object(
  {
    ...base,
    kind: { const: 'KAFKA' },
    brokers: reference,
    proof: {
      oneOf: [
        object({ kind: { const: 'NONE' } }),
        object({
          kind: { const: 'SASL' },
          mechanism: { enum: ['plain', 'scram-sha-256', 'scram-sha-512'] },
          username: reference,
          password: reference,
        }),
      ],
    },
    group: text,
    topics: {
      type: 'array',
      minItems: 1,
      items: object({ feed: text, topic: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,249}$' } }),
    },
    batchRows: whole(1, 50_000),
    batchSeconds: whole(1, 3_600),
  },
  { tls: { type: 'boolean' }, ca: reference },
);

/** The form of a declaration: one file for each connection, infra/connectors. */
export const connectorSchema = { oneOf: [http, table, kafka] };
