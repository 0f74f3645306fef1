/** A source that is asked page by page instead of sending files; infra/connectors has one file for each. */
export interface Connector {
  connector: string;
  /** Names of the settings that hold address and key. */
  urlSetting: string;
  keySetting: string;
  /** `{feed}` stands for the feed's name. */
  path: string;
  feeds: string[];
  pageRows: number;
  everyMinutes: number;
  timeoutSeconds: number;
  triesMax: number;
}

export const connectorSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'connector',
    'urlSetting',
    'keySetting',
    'path',
    'feeds',
    'pageRows',
    'everyMinutes',
    'timeoutSeconds',
    'triesMax',
  ],
  properties: {
    connector: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' },
    urlSetting: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
    keySetting: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' },
    path: { type: 'string', pattern: '^/' },
    feeds: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string' } },
    pageRows: { type: 'integer', minimum: 1, maximum: 1000 },
    everyMinutes: { type: 'integer', minimum: 1 },
    timeoutSeconds: { type: 'integer', minimum: 1, maximum: 120 },
    triesMax: { type: 'integer', minimum: 1, maximum: 20 },
  },
};

/** One page as the source answers it. */
export interface PulledPage {
  items: Record<string, unknown>[];
  cursor: string;
  next: string | null;
  asOf: string | null;
}

/** Undefined when the answer is no page. */
export function pageOfAnswer(answer: unknown): PulledPage | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const { items, cursor, next, asOf } = answer as Record<string, unknown>;
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'object' && item !== null)) return undefined;
  if (typeof cursor !== 'string' || (next !== null && typeof next !== 'string')) return undefined;
  return {
    items: items as PulledPage['items'],
    cursor,
    next,
    asOf: typeof asOf === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(asOf) ? asOf : null,
  };
}

/** Milliseconds before the next try: what the source asked for, else 0.25, 0.5, 1, 2 … seconds, at most 30. */
export function waitMs(tries: number, retryAfter: string | null): number {
  if (retryAfter !== null && /^\d{1,4}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  return Math.min(250 * 2 ** (tries - 1), 30_000);
}
