import { mentionedBy } from '../support/promql.js';
import { expressions, madeByPrometheus } from '../support/watching.js';

/** Metrics that somebody watches and no process of the cluster has. */
export function unknownIn(scrapes: string[]): string[] {
  const known = new Set([madeByPrometheus]);
  for (const [, name, kind] of scrapes.join('\n').matchAll(/^# TYPE (\S+) (\S+)/gm)) {
    known.add(name!);
    if (kind === 'histogram') for (const part of ['bucket', 'sum', 'count']) known.add(`${name}_${part}`);
  }
  const watched = expressions().flatMap(([, expression]) => mentionedBy(expression).metrics.map(({ name }) => name));
  return [...new Set(watched)].filter((name) => !known.has(name)).toSorted();
}

/** How far behind a handler is, in the lanes of all copies. */
export function lagIn(scrapes: string[], handler: string): number {
  const told = scrapes.flatMap((text) => [...text.matchAll(/^messaging_lag\{handler="([^"]+)"\} (\d+)$/gm)]);
  return told.reduce((sum, [, name, lag]) => (name === handler ? sum + Number(lag) : sum), 0);
}
