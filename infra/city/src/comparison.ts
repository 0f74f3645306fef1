import type { Answer, Caller } from './caller.js';
import type { Counts, Expected } from './reference.js';

/** One difference names the file, the line where there is one, and both sides. */
export interface Difference {
  file: string;
  line: number | undefined;
  what: string;
  expected: string;
  platform: string;
}

export const told = ({ file, line, what, expected, platform }: Difference): string =>
  `${file}${line === undefined ? '' : ` line ${line}`}: ${what}: expected ${expected}, the platform says ${platform}`;

const names: readonly (keyof Counts)[] = ['read', 'accepted', 'unchanged', 'stale', 'quarantined', 'refused'];

/** How a batch ended against what the reference has made of its file. */
export function batchDifferences(file: string, expected: Expected, batch: Answer['body']): Difference[] {
  const differences: Difference[] = [];
  const compare = (what: string, ours: unknown, theirs: unknown): void => {
    if (ours !== theirs)
      differences.push({ file, line: undefined, what, expected: String(ours), platform: String(theirs) });
  };
  const { problem, counts } = expected;
  const code = (batch['problem'] as { code?: string } | null)?.code ?? 'none';
  compare('status', problem ? 'FAILED' : 'DONE', batch['status']);
  if (problem) compare('problem', problem.includes(code) ? code : problem.join(' or '), code);
  for (const name of names) compare(name, counts[name], batch[name]);
  const [read, ...others] = names.map((name) => Number(batch[name]));
  compare(
    'rows accounted for',
    read,
    others.reduce((sum, count) => sum + count, 0),
  );
  return differences;
}

/** Line by line what was set aside. */
export async function asideDifferences(
  caller: Caller,
  { file, id, aside }: { file: string; id: string; aside: Expected['aside'] },
): Promise<Difference[]> {
  const theirs = new Map<number, string>();
  for (let cursor: string | null = ''; cursor !== null;) {
    const from: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { body } = await caller.get(`/api/ingestion/batches/${id}/quarantine?limit=100${from}`);
    for (const { lineNumber, kind, code } of body['items'] as { lineNumber: number; kind: string; code: string }[])
      theirs.set(lineNumber, `${kind} (${code})`);
    cursor = body['nextCursor'] as string | null;
  }
  return [...new Set([...aside.keys(), ...theirs.keys()])]
    .filter((line) => theirs.get(line)?.split(' ')[0] !== aside.get(line))
    .map((line) => ({
      file,
      line,
      what: 'set aside',
      expected: aside.get(line) ?? 'not',
      platform: theirs.get(line) ?? 'not',
    }));
}
