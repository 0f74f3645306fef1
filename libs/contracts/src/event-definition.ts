/** A JSON Schema (2020-12) fragment. */
export type JsonSchema = Record<string, unknown>;

/** One field of an event: its schema, and (in the type only) the TypeScript type that follows from it. */
export interface Field<T> {
  schema: JsonSchema;
  optional?: boolean;
  readonly type?: T;
}

const of = <T>(schema: JsonSchema): Field<T> => ({ schema });

/** The kinds of fields an event may have; money is a string of whole fen, instants are RFC 3339 in UTC. */
export const field = {
  text: (maxLength = 200) => of<string>({ type: 'string', maxLength }),
  code: () => of<string>({ type: 'string', minLength: 1, maxLength: 64 }),
  uuid: () => of<string>({ type: 'string', format: 'uuid' }),
  uscc: () => of<string>({ type: 'string', pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' }),
  day: () => of<string>({ type: 'string', format: 'date' }),
  instant: () => of<string>({ type: 'string', format: 'date-time' }),
  fen: () => of<string>({ type: 'string', pattern: '^-?(0|[1-9][0-9]{0,17})$' }),
  integer: (minimum?: number, maximum?: number) =>
    of<number>({
      type: 'integer',
      ...(minimum !== undefined && { minimum }),
      ...(maximum !== undefined && { maximum }),
    }),
  flag: () => of<boolean>({ type: 'boolean' }),
  choice: <const T extends string>(...values: T[]) => of<T>({ type: 'string', enum: values }),
  list: <T>(item: Field<T>) => of<T[]>({ type: 'array', items: item.schema, maxItems: 10_000 }),
  orNull: <T>(inner: Field<T>) => of<T | null>({ anyOf: [inner.schema, { type: 'null' }] }),
};

export type Fields = Record<string, Field<unknown>>;
export type DataOf<F extends Fields> = { [K in keyof F]: F[K] extends Field<infer T> ? T : never };

/** A published event: its topic, what orders it, and the schema that both ends check. */
export interface EventDefinition<D extends object = Record<string, unknown>> {
  /** Topic and type in one: `<service>.<noun>.<past tense>.v<n>`. */
  topic: string;
  /** What it says, in one sentence, for docs/events.md. */
  says: string;
  /** The field that orders it: events with the same key are heard in order. */
  key: keyof D & string;
  schema: JsonSchema;
  readonly data?: D;
}

/** Declares an event. Fields may be added to a version later (readers ignore what they do not know); never removed or changed. */
export function defineEvent<F extends Fields>(
  topic: string,
  says: string,
  key: keyof F & string,
  fields: F,
): EventDefinition<DataOf<F>> {
  const properties = Object.fromEntries(Object.entries(fields).map(([name, { schema }]) => [name, schema]));
  return { topic, says, key, schema: { type: 'object', properties, required: Object.keys(fields) } };
}

/** An event on its way: what the outbox holds and the bus carries. */
export interface EventEnvelope<D extends object = Record<string, unknown>> {
  /** UUID; a consumer acts once per id. */
  id: string;
  topic: string;
  key: string;
  /** Instant of the act, RFC 3339 UTC: the clock of the service that did it. */
  at: string;
  correlationId: string;
  /** W3C trace context of what caused it, when that is traced. */
  traceparent?: string;
  data: D;
}
