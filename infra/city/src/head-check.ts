import type { Random } from '../../demo-city/src/random.js';
import type { Caller } from './caller.js';
import type { Difference } from './comparison.js';
import type { Head, Reference } from './reference.js';

interface Version {
  version: number;
  uscc: string;
  op: string;
  inForce: boolean;
  eventDate: string;
  fields: Record<string, unknown>;
  batchReference: string;
  lineNumber: number;
}

const sorted = (fields: Record<string, unknown>): string =>
  JSON.stringify(Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Both sides of one head in the same words. */
const ours = (head: Head): Record<string, string> => ({
  version: String(head.version),
  uscc: head.uscc,
  shown: String(!head.withdrawn),
  'event date': head.event,
  content: sorted(head.fields),
  origin: `${head.reference} line ${head.line}`,
});
const theirs = (version: Version): Record<string, string> => ({
  version: String(version.version),
  uscc: version.uscc,
  shown: String(version.inForce && version.op !== 'D'),
  'event date': version.eventDate,
  content: sorted(version.fields),
  origin: `${version.batchReference} line ${version.lineNumber}`,
});

/** A sample of heads as anybody sees them through the API. */
export async function headDifferences(
  caller: Caller,
  reference: Reference,
  { random, sample }: { random: Random; sample: number },
): Promise<{ checked: number; differences: Difference[] }> {
  const all = [...reference.heads].flatMap(([feed, heads]) => [...heads].map(([key, head]) => ({ feed, key, head })));
  const some = random.shuffle(all).slice(0, sample);
  const differences: Difference[] = [];
  for (const { feed, key, head } of some) {
    const query = `feed=${feed}&recordKey=${encodeURIComponent(key)}&limit=1`;
    const { body } = await caller.get(`/api/ingestion/records/versions?${query}`);
    const [newest] = (body['items'] ?? []) as Version[];
    const seen = newest ? theirs(newest) : {};
    for (const [what, expected] of Object.entries(ours(head)))
      if (seen[what] !== expected)
        differences.push({
          file: head.reference,
          line: head.line,
          what: `${feed} ${key}: ${what}`,
          expected,
          platform: seen[what] ?? 'nothing',
        });
  }
  return { checked: some.length, differences };
}

/** Of a few firms: exactly the records that are shown, and no other one of this run. */
export async function firmDifferences(
  caller: Caller,
  reference: Reference,
  { random, sample, tag }: { random: Random; sample: number; tag: string },
): Promise<Difference[]> {
  const shown = new Map<string, string[]>();
  for (const [feed, heads] of reference.heads)
    for (const [key, { uscc, withdrawn }] of heads)
      if (!withdrawn) shown.set(uscc, [...(shown.get(uscc) ?? []), `${feed} ${key}`]);
  const differences: Difference[] = [];
  for (const uscc of random.shuffle([...shown.keys()]).slice(0, sample)) {
    const expected = shown.get(uscc)!;
    const platform = await keysOf(caller, uscc, tag);
    const sides = [
      expected.filter((key) => !platform.includes(key)),
      platform.filter((key) => !expected.includes(key)),
    ].map((keys) => keys.join(', '));
    if (sides.join('') !== '')
      differences.push({
        file: uscc,
        line: undefined,
        what: 'records in force, where they differ',
        expected: sides[0] || 'none',
        platform: sides[1] || 'none',
      });
  }
  return differences;
}

async function keysOf(caller: Caller, uscc: string, tag: string): Promise<string[]> {
  const keys: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await caller.get(`/api/ingestion/records?uscc=${uscc}&limit=100${from}`);
    const items = body['items'] as { feed: string; recordKey: string }[];
    keys.push(
      ...items.filter(({ recordKey }) => recordKey.startsWith(tag)).map((one) => `${one.feed} ${one.recordKey}`),
    );
    cursor = body['nextCursor'] as string | null;
  }
  return keys;
}
