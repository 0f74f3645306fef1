import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

import { mentionedBy } from '../support/promql.js';

const infra = join(import.meta.dirname, '../../infra');
const read = (path: string): string => readFileSync(join(infra, path), 'utf8');

interface Rules {
  groups: { rules: { expr: string }[] }[];
}
interface Dashboard {
  panels: { targets: { expr: string }[] }[];
}

/** Every expression of the alert rules and of the dashboards. */
function expressions(): string[] {
  const rules = (parse(read('prometheus/alerts.yml')) as Rules).groups.flatMap((group) => group.rules);
  const boards = readdirSync(join(infra, 'grafana'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(read(join('grafana', name))) as Dashboard);
  const targets = boards.flatMap(({ panels }) => panels.flatMap((panel) => panel.targets));
  return [...rules, ...targets].map(({ expr }) => expr);
}

/** Prometheus itself makes this one. */
const madeByPrometheus = 'up';

/** Metrics that somebody watches and no process of the cluster has. */
export function unknownIn(scrapes: string[]): string[] {
  const known = new Set([madeByPrometheus]);
  for (const [, name, kind] of scrapes.join('\n').matchAll(/^# TYPE (\S+) (\S+)/gm)) {
    known.add(name!);
    if (kind === 'histogram') for (const part of ['bucket', 'sum', 'count']) known.add(`${name}_${part}`);
  }
  const watched = expressions().flatMap((expression) => mentionedBy(expression).metrics.map(({ name }) => name));
  return [...new Set(watched)].filter((name) => !known.has(name)).toSorted();
}
