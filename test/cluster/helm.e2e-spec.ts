import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { parseAllDocuments } from 'yaml';

import { helmBinary } from '../../infra/local/helm.mjs';

interface Resource {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: Record<string, any>;
}

const chart = join(import.meta.dirname, '../../infra/helm/xinqiao');
const helm = helmBinary((line) => console.log(line));
const run = (...args: string[]): string =>
  execFileSync(helm!, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
const render = (...args: string[]): Resource[] =>
  parseAllDocuments(run('template', 'city', chart, ...args))
    .map((document) => document.toJS() as Resource | null)
    .filter((resource) => resource !== null);
const services = ['credit', 'identity', 'ingestion', 'marketplace', 'notification', 'profiling', 'supervision'];

/** Containers of everything that runs. */
const containersOf = (resources: Resource[]): Record<string, any>[] =>
  resources.flatMap(({ spec }) => spec?.['template']?.spec.containers ?? []);
const secretsOf = (container: Record<string, any>): string[] =>
  container['env'].flatMap((entry: any) => (entry.valueFrom ? [entry.valueFrom.secretKeyRef.key] : []));

describe('the chart', () => {
  if (!helm) return it('is checked where helm or Go is installed', () => console.warn('neither helm nor Go is here'));

  it('passes the linter of helm', () => {
    expect(run('lint', '--strict', chart)).toContain('1 chart(s) linted, 0 chart(s) failed');
  });

  it('makes a deployment, a service and a disruption budget for each service and the front', () => {
    const resources = render();
    for (const kind of ['Deployment', 'Service', 'PodDisruptionBudget']) {
      const names = resources.filter((each) => each.kind === kind).map(({ metadata }) => metadata.name);
      expect([kind, names.toSorted()]).toEqual([kind, [...services, 'front'].map((name) => `city-${name}`).toSorted()]);
    }
    const ingress = resources.find(({ kind }) => kind === 'Ingress')!;
    const paths = ingress.spec['rules'][0].http.paths.map(({ path }: { path: string }) => path);
    expect(paths.toSorted()).toEqual(['/', ...services.map((name) => `/api/${name}`)].toSorted());
  });

  it('selects by every budget and every service exactly the pods of its deployment', () => {
    const resources = render();
    const labelsOf = (name: string) =>
      resources.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === name)!.spec['template'].metadata
        .labels;
    for (const { kind, metadata, spec } of resources) {
      if (kind !== 'Service' && kind !== 'PodDisruptionBudget') continue;
      const selector = kind === 'Service' ? spec['selector'] : spec['selector'].matchLabels;
      expect(labelsOf(metadata.name)).toMatchObject(selector);
      expect(selector['app.kubernetes.io/component']).toBe(metadata.name.replace('city-', ''));
    }
  });

  it('runs nothing as root, bounds memory, and writes nowhere but where it may', () => {
    const resources = render();
    const pods = resources.flatMap(({ spec }) => (spec?.['template'] ? [spec['template'].spec] : []));
    expect(pods).toHaveLength(services.length + 2);
    for (const pod of pods) expect(pod.securityContext).toMatchObject({ runAsNonRoot: true });
    for (const container of containersOf(resources)) {
      expect(container['resources'].limits.memory).toMatch(/^\d+Mi$/);
      expect(container['securityContext']).toMatchObject({
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
      });
    }
  });

  it('gives each service its own address of the database only, and the owner to the migration alone', () => {
    for (const container of containersOf(render())) {
      const name = container['name'];
      const addresses = secretsOf(container).filter((key) => key.endsWith('DATABASE_URL'));
      if (name === 'front') expect(addresses).toEqual([]);
      else expect(addresses).toEqual([name === 'migrate' ? 'DATABASE_URL' : `${name.toUpperCase()}_DATABASE_URL`]);
    }
  });

  it('migrates before it renews, and keeps the keys when it is taken away', () => {
    const resources = render();
    const job = resources.find(({ kind }) => kind === 'Job')!;
    expect(job.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install,pre-upgrade' });
    const claim = resources.find(({ kind }) => kind === 'PersistentVolumeClaim')!;
    expect(claim.metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
  });

  it('does as its values say, and refuses values that it does not know', () => {
    const set = (...values: string[]) => values.flatMap((value) => ['--set', value]);
    const resources = render(
      ...set('services.marketplace.replicas=5', 'ingress.enabled=false', 'storage.existingClaim=mine'),
    );
    const market = resources.find(
      ({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'city-marketplace',
    )!;
    expect(market.spec['replicas']).toBe(5);
    expect(market.spec['template'].spec.volumes[0].persistentVolumeClaim).toEqual({ claimName: 'mine' });
    expect(resources.filter(({ kind }) => kind === 'Ingress' || kind === 'PersistentVolumeClaim')).toEqual([]);
    expect(() => render(...set('kafka.broker=typing-error:9092'))).toThrow(/broker/);
    expect(() => render(...set('services.identity.replicas=0'))).toThrow(/replicas/);
  });
});
