import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { parseAllDocuments } from 'yaml';

import { goTool } from '../../infra/local/go-tool.mjs';

export interface Resource {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: Record<string, any>;
}

export const chart = join(import.meta.dirname, '../../infra/helm/xinqiao');
/** Undefined where there is neither helm nor Go. */
export const helm = goTool('helm', (line) => console.log(line));
export const services = ['credit', 'identity', 'ingestion', 'marketplace', 'notification', 'profiling', 'supervision'];

export const runHelm = (...args: string[]): string =>
  execFileSync(helm![0], [...helm!.slice(1), ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** The manifests of a release that is called `city`, as text. */
export const rendered = (...args: string[]): string => runHelm('template', 'city', chart, ...args);
export const render = (...args: string[]): Resource[] =>
  parseAllDocuments(rendered(...args))
    .map((document) => document.toJS() as Resource | null)
    .filter((resource) => resource !== null);

export const set = (...values: string[]): string[] => values.flatMap((value) => ['--set', value]);

/** A house of one's own: everything that can be said otherwise is. */
export const otherwise = set(
  ...services.map((name) => `services.${name}.replicas=1`),
  'front.replicas=3',
  'image.tag=1.2.3',
  'kafka.tls=true',
  'kafka.existingSecret=kafka',
  'elasticsearch.existingSecret=search',
  'storage.storageClass=fast',
  'ingress.tlsSecret=',
  'ingress.annotations=null',
  'podDisruptionBudget.minAvailable=50%',
  'metrics.port=9999',
  'networkPolicy.metricsFrom=null',
  'settings.LOG_LEVEL=debug',
  'services.profiling.resources.limits.memory=2Gi',
);

/** The least that can be had. */
export const bare = set(
  'ingress.enabled=false',
  'storage.existingClaim=mine',
  'networkPolicy.enabled=false',
  'kafka.prefix=a.',
);

/** Ways to ask for a house, by how they are told apart. */
export const ways: readonly [string, string[]][] = [
  ['as it comes', []],
  ['with everything said otherwise', otherwise],
  ['with the least that can be had', bare],
];
