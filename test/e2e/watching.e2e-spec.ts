import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { registry } from '@app/observe';

import { type House, startHouse } from '../support/house.js';
import { mentionedBy } from '../support/promql.js';
import { addedByPrometheus, alerts, dashboards, expressions, madeByPrometheus } from '../support/watching.js';

const operations = readFileSync(join(import.meta.dirname, '../../docs/operations.md'), 'utf8');

describe('what is watched', () => {
  let house: House;
  let labelsOf: Map<string, Set<string>>;
  beforeAll(async () => {
    house = await startHouse();
    await house.operator.get('/api/profiling/enterprises?q=x');
    await house.anyone.get('/api/profiling/enterprises');
    labelsOf = labelsIn((await house.anyone.get('/api/identity/metrics')).text);
  });
  afterAll(() => house.stop());

  it.each(expressions())('%s speaks of metrics and labels that the services have', (_, expression) => {
    const { metrics, grouping } = mentionedBy(expression);
    expect(metrics.length).toBeGreaterThan(0);
    expect(metrics.map(({ name }) => name).filter((name) => !labelsOf.has(name))).toEqual([]);
    for (const { name, labels } of metrics)
      expect([name, labels.filter((label) => !labelsOf.get(name)!.has(label))]).toEqual([name, []]);
    const known = new Set(metrics.flatMap(({ name }) => [...labelsOf.get(name)!]));
    expect(grouping.filter((label) => !known.has(label))).toEqual([]);
  });

  it('has no label that Prometheus would write over', async () => {
    const text = (await house.anyone.get('/api/identity/metrics')).text;
    expect(text.split('\n').filter((line) => /[{,](?:job|instance|component)="/.test(line))).toEqual([]);
  });

  it('would notice a name or a label that nobody knows', () => {
    expect(mentionedBy('sum by (serv) (rate(http_requests{code="500"}[5m]))')).toEqual({
      metrics: [{ name: 'http_requests', labels: ['code'] }],
      grouping: ['serv'],
    });
    expect(labelsOf.has('http_requests')).toBe(false);
    expect(labelsOf.get('http_requests_total')).not.toContain('code');
    expect(() => mentionedBy('x{a="b"')).toThrow('} is missing');
  });

  it.each(alerts().map((rule) => [rule.alert, rule] as const))(
    '%s says how bad it is, and what to do',
    (name, rule) => {
      expect(['page', 'warn']).toContain(rule.labels.severity);
      expect(rule.for).toMatch(/^\d+m$/);
      expect(rule.annotations.summary).toMatch(/\p{Script=Han}.*·.*[a-z]/u);
      expect(operations).toContain(`| \`${name}\` |`);
    },
  );

  it('legends show labels that their panels group by', () => {
    const wrong = dashboards().flatMap(({ panels }) =>
      panels.flatMap(({ title, targets }) =>
        targets
          .filter(({ expr, legendFormat }) => {
            const { grouping, metrics } = mentionedBy(expr);
            const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label]) => label!);
            const bare = grouping.length === 0 && metrics.length === 1 ? addedByPrometheus : grouping;
            return shown.some((label) => !bare.includes(label));
          })
          .map(() => title),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

/** Labels of every metric in a scrape; of those without a sample yet, what they were declared with. */
function labelsIn(text: string): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>([[madeByPrometheus, new Set(addedByPrometheus)]]);
  const note = (name: string, labels: readonly string[]): void => {
    const known = found.get(name) ?? new Set(addedByPrometheus);
    for (const label of labels) known.add(label);
    found.set(name, known);
  };
  for (const line of text.split('\n')) {
    const [, type, kind] = /^# TYPE (\S+) (\S+)/.exec(line) ?? [];
    if (type) {
      const declared = registry.getSingleMetric(type) as { labelNames?: string[] } | undefined;
      const names = kind === 'histogram' ? [`${type}_bucket`, `${type}_sum`, `${type}_count`] : [type];
      for (const name of names)
        note(name, [...(declared?.labelNames ?? []), ...(name.endsWith('_bucket') ? ['le'] : [])]);
    }
    const [, name, labels = ''] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? /.exec(line) ?? [];
    if (name)
      note(
        name,
        [...labels.matchAll(/(\w+)="/g)].map(([, label]) => label!),
      );
  }
  return found;
}
