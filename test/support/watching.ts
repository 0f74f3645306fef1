import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'yaml';

/** One alert of infra/prometheus/alerts.yml. */
export interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string };
}

export interface Panel {
  title: string;
  targets: { expr: string; legendFormat: string }[];
}

interface Dashboard {
  uid: string;
  panels: Panel[];
}

const infra = join(import.meta.dirname, '../../infra');
export const prometheusFile = (name: string): string => join(infra, 'prometheus', name);

export interface AlertRules {
  groups: { name: string; rules: AlertRule[] }[];
}

export const alertRules = (): AlertRules => parse(readFileSync(prometheusFile('alerts.yml'), 'utf8')) as AlertRules;

export const alerts = (): AlertRule[] => alertRules().groups.flatMap(({ rules }) => rules);

export const dashboards = (): Dashboard[] =>
  readdirSync(join(infra, 'grafana'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(infra, 'grafana', name), 'utf8')) as Dashboard);

/** Everything that is asked of Prometheus, with the name of the alert or the panel that asks. */
export const expressions = (): (readonly [name: string, expression: string])[] => [
  ...alerts().map(({ alert, expr }) => [alert, expr] as const),
  ...dashboards().flatMap(({ panels }) =>
    panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ),
];

/** Prometheus makes this one itself, and adds these labels to whatever it scrapes; the last by our own configuration. */
export const madeByPrometheus = 'up';
export const addedByPrometheus = ['job', 'instance', 'component'];
