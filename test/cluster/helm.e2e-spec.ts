import { chart, helm, otherwise, render, type Resource, runHelm as run, services, set, ways } from './chart.js';

const aHttpPort = { name: 'http', port: 8080, targetPort: 'http' };

/** Containers of everything that runs. */
const containersOf = (resources: Resource[]): Record<string, any>[] =>
  resources.flatMap(({ spec }) => spec?.['template']?.spec.containers ?? []);
const secretsOf = (container: Record<string, any>): string[] =>
  container['env'].flatMap((entry: any) => (entry.valueFrom ? [entry.valueFrom.secretKeyRef.key] : []));

describe('the chart', () => {
  if (!helm) return it('is checked where helm or Go is installed', () => console.warn('neither helm nor Go is here'));

  it.each(ways)('passes the linter of helm and can be rendered, %s', (_, values) => {
    expect(run('lint', '--strict', chart, ...values)).toContain('1 chart(s) linted, 0 chart(s) failed');
    const resources = render(...values);
    const names = resources.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { kind, metadata } of resources)
      expect([kind, metadata.name]).toEqual([kind, expect.stringMatching(/^city/)]);
    expect(containersOf(resources)).toHaveLength(services.length + 2);
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

  it('serves metrics where no service and no ingress leads, and lets in only who watches', () => {
    const resources = render();
    for (const container of containersOf(resources)) {
      if (container['name'] === 'migrate') continue;
      expect(container['env']).toContainEqual({ name: 'METRICS_PORT', value: '9464' });
      expect(container['ports']).toContainEqual({ name: 'metrics', containerPort: 9464 });
    }
    for (const { kind, metadata, spec } of resources) {
      if (kind === 'Service') expect([metadata.name, spec['ports']]).toEqual([metadata.name, [aHttpPort]]);
      if (kind === 'Deployment')
        expect(spec['template'].metadata.annotations).toMatchObject({
          'prometheus.io/port': '9464',
          'prometheus.io/path': '/metrics',
        });
    }
    const policy = resources.find(({ kind }) => kind === 'NetworkPolicy')!;
    const [requests, metrics] = policy.spec['ingress'];
    expect(requests).toEqual({ ports: [{ protocol: 'TCP', port: 'http' }] });
    expect(metrics.ports).toEqual([{ protocol: 'TCP', port: 'metrics' }]);
    expect(metrics.from).toHaveLength(1);
    // Nobody watches: then the rule is not there at all, since one without `from` would let in everybody.
    const closed = render(...otherwise).find(({ kind }) => kind === 'NetworkPolicy')!;
    expect(closed.spec['ingress']).toEqual([requests]);
  });

  it('holds no node back for the sake of a service that has one copy', () => {
    const budgets = render(...otherwise).filter(({ kind }) => kind === 'PodDisruptionBudget');
    expect(budgets.map(({ metadata }) => metadata.name)).toEqual(['city-front']);
    expect(budgets[0]!.spec['minAvailable']).toBe('50%');
  });

  it('migrates before it renews, and keeps the keys when it is taken away', () => {
    const resources = render();
    const job = resources.find(({ kind }) => kind === 'Job')!;
    expect(job.metadata.annotations).toMatchObject({ 'helm.sh/hook': 'pre-install,pre-upgrade' });
    const claim = resources.find(({ kind }) => kind === 'PersistentVolumeClaim')!;
    expect(claim.metadata.annotations).toEqual({ 'helm.sh/resource-policy': 'keep' });
  });

  it('does as its values say, and refuses values that it does not know', () => {
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
    expect(() => render(...set('metrics.port=8080'))).toThrow(/metrics/);
  });
});
