import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { registry } from '@app/observe';
import { stringify } from 'yaml';

import '../../apps/standalone/src/services.js';
import { goTool } from '../../infra/local/go-tool.mjs';
import { mentionedBy } from '../support/promql.js';
import { type AlertRule, alertRules, alerts, dashboards, expressions, prometheusFile } from '../support/watching.js';

const promtool = goTool('promtool', (line) => console.log(line));

/** What promtool says, and whether it is content. */
function run(args: string[], input = ''): { content: boolean; said: string } {
  const [command, ...first] = promtool!;
  const { status, stdout, stderr } = spawnSync(command, [...first, ...args], { encoding: 'utf8', input });
  return { content: status === 0, said: stdout + stderr };
}

/** Alerts whose tests fail when all rules are changed like this. */
function noticed(change: Partial<AlertRule>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'xinqiao-alerts-'));
  const rules = alertRules();
  for (const group of rules.groups) group.rules = group.rules.map((rule) => ({ ...rule, ...change }));
  writeFileSync(join(folder, 'alerts.yml'), stringify(rules));
  cpSync(prometheusFile('alerts.test.yml'), join(folder, 'alerts.test.yml'));
  const { said } = run(['test', 'rules', join(folder, 'alerts.test.yml')]);
  rmSync(folder, { recursive: true });
  return [...new Set([...said.matchAll(/alertname: (\w+),/g)].map(([, alert]) => alert!))].toSorted();
}

/** Of prom-client, not of ours: gauges that are called totals. */
const notOurs = /^nodejs_active_(handles|requests|resources)_total /;

describe('what Prometheus is given', () => {
  if (!promtool) return it('is checked where promtool or Go is installed', () => console.warn('no promtool, no Go'));

  it('is a configuration with rules that its own linter finds nothing in', () => {
    for (const [kind, file] of [
      ['config', 'prometheus.yml'],
      ['rules', 'alerts.yml'],
    ] as const) {
      const { content, said } = run(['check', kind, '--lint=all', '--lint-fatal', prometheusFile(file)]);
      expect([content, said]).toEqual([true, expect.stringContaining('SUCCESS')]);
      expect(said).toContain(`${alerts().length} rules found`);
    }
  });

  it('has alerts that fire on what should fire them, and on nothing else', () => {
    const { content, said } = run(['test', 'rules', prometheusFile('alerts.test.yml')]);
    expect([content, said]).toEqual([true, expect.stringContaining('SUCCESS')]);
  });

  it.each<[string, Partial<AlertRule>]>([
    ['never', { expr: 'vector(1) == 0' }],
    ['always', { expr: 'vector(1)' }],
    ['at once', { for: '0m' }],
  ])('would notice of every alert that it fires %s', (_, change) => {
    expect(noticed(change)).toEqual(
      alerts()
        .map(({ alert }) => alert)
        .toSorted(),
    );
  });

  it('has dashboards whose every expression is one', () => {
    const rules = dashboards().flatMap(({ uid, panels }) =>
      panels.flatMap(({ targets }, panel) =>
        targets.map(({ expr }, at) => ({ record: `${uid.replaceAll('-', '_')}:${panel}:${at}`, expr })),
      ),
    );
    const asRules = (list: object[]) => stringify({ groups: [{ name: 'panels', rules: list }] });
    expect(run(['check', 'rules'], asRules(rules))).toEqual({
      content: true,
      said: expect.stringContaining(`${rules.length} rules found`),
    });
    expect(run(['check', 'rules'], asRules([{ record: 'a:b', expr: 'rat(x[5m])' }])).content).toBe(false);
  });

  it('is read by us as it is read by Prometheus', () => {
    const mark = 'read_by_prometheus';
    // All at once, since each call of it takes a while.
    const all = expressions().map(([, expression]) => expression);
    const joined = all.map((expression) => `(${expression})`).join(' or ');
    const { content, said } = run(['--experimental', 'promql', 'label-matchers', 'set', joined, mark, 'yes']);
    const selected = [...said.matchAll(/([a-zA-Z_:][\w:]*)\{([^}]*)\}/g)].map(([, name, matchers]) => ({
      name,
      labels: [...matchers!.matchAll(/(\w+)(?==|!)/g)].map(([, label]) => label).filter((label) => label !== mark),
    }));
    expect([content, selected]).toEqual([true, all.flatMap((expression) => mentionedBy(expression).metrics)]);
  });

  it('is told metrics that its own linter finds nothing in', async () => {
    const { said } = run(['check', 'metrics'], await registry.metrics());
    expect(said.split('\n').filter((line) => line !== '' && !notOurs.test(line))).toEqual([]);
    expect(run(['check', 'metrics'], '# TYPE a counter\na 1\n').content).toBe(false);
  });
});
