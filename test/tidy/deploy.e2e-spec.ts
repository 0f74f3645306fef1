import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import addFormats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';

import { nginxConf, serviceNames } from '../../infra/nginx/nginx-conf.mjs';
import { alerts } from '../support/watching.js';

const root = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Compose {
  services: Record<string, Record<string, any>>;
  volumes: Record<string, unknown>;
}
const composeOf = (path: string): Compose => parse(read(path), { merge: true });

/** The services of the house, by what each must have. */
const apps = readdirSync(join(root, 'apps')).filter((name) =>
  readdirSync(join(root, 'apps', name, 'src'), { withFileTypes: true }).some((file) => file.name === 'data-source.ts'),
);
const compose = composeOf('docker-compose.yml');

describe('what is deployed', () => {
  it.each(['docker-compose.yml', 'infra/compose/standalone.yml'])(
    '%s is what the compose specification says',
    (path) => {
      // The schema of the Compose Specification (Apache-2.0), as published with compose-go 2.9.0.
      const ajv = new Ajv2020({ strict: false, validateSchema: false, allowUnionTypes: true });
      addFormats.default(ajv);
      ajv.addFormat('duration', /^\d+(ms|s|m|h)(\d+(ms|s|m))*$/);
      const { $schema: _, ...schema } = JSON.parse(read('test/support/compose-spec.json'));
      const valid = ajv.compile(schema);
      const { services, ...rest } = composeOf(path);
      // Extensions are for anchors; the schema allows them by their prefix.
      expect([valid({ services, ...rest }), valid.errors]).toEqual([true, null]);
    },
  );

  it('knows every service of the house, in compose, in nginx and in the chart', () => {
    const chart = parse(read('infra/helm/xinqiao/values.yaml')) as { services: object };
    const house = apps.toSorted();
    expect(serviceNames.toSorted()).toEqual(house);
    expect(Object.keys(chart.services).toSorted()).toEqual(house);
    expect(house.filter((name) => compose.services[name]?.['environment'].APP !== name)).toEqual([]);
    const upstreams = String(compose.services['front']!['environment'].UPSTREAMS).split(',');
    expect(upstreams.toSorted()).toEqual(house.map((name) => `${name}=http://${name}:8080`));
    expect(Object.keys(compose.services['nginx']!['depends_on'])).toEqual(expect.arrayContaining(house));
    const [{ dns_sd_configs: places }] = parse(read('infra/prometheus/prometheus.yml')).scrape_configs;
    expect(places[0].names.toSorted()).toEqual([...house, 'front'].toSorted());
    expect(String(places[0].port)).toBe(compose.services['front']!['environment'].METRICS_PORT);
  });

  it('pins every image, bounds every memory, and keeps no secret', () => {
    for (const [name, service] of Object.entries(compose.services)) {
      expect([name, service['image']]).toEqual([name, expect.stringMatching(/^[\w./-]+:v?\d+\.\d+[\w.-]*$/)]);
      expect([name, service['mem_limit']]).toEqual([name, expect.stringMatching(/^\d+[mg]$/)]);
    }
    const secrets = [...read('docker-compose.yml').matchAll(/PASSWORD: +(\S+)/g)].map(([, value]) => value);
    expect(secrets.filter((value) => !value!.startsWith('${'))).toEqual([]);
  });

  it('waits for what is healthy, and keeps what must outlive a container', () => {
    const stores = ['postgres', 'kafka', 'elasticsearch'];
    for (const name of [...stores, 'nginx', 'front', 'prometheus', 'grafana'])
      expect(compose.services[name]!['healthcheck']).toBeDefined();
    for (const name of stores) expect(compose.services[name]!['volumes'][0]).toMatch(new RegExp(`^${name}:/`));
    for (const name of apps) {
      expect(compose.services[name]!['depends_on'].migrate).toEqual({ condition: 'service_completed_successfully' });
      expect(compose.services[name]!['volumes']).toEqual(['data:/data']);
    }
    expect(Object.keys(compose.volumes).toSorted()).toEqual([...stores, 'data', 'prometheus', 'grafana'].toSorted());
  });

  it('has the nginx configuration that its maker makes', () => {
    const services = Object.fromEntries(serviceNames.map((name) => [name, [`${name}:8080`]]));
    const made = nginxConf({ services, portal: 'front:8080', listen: '8080', resolver: '127.0.0.11' });
    expect(read('infra/nginx/nginx.conf')).toBe(made);
    const [, closed] = /location ~ (\S+) \{ return 404; \}/.exec(made) ?? [];
    expect(
      ['/metrics', '/api/marketplace/metrics', '/api/marketplace/leads'].map((at) => RegExp(closed!).test(at)),
    ).toEqual([true, true, false]);
  });

  it('has for every alert a series that fires it and one that does not', () => {
    const tested = parse(read('infra/prometheus/alerts.test.yml')).tests.flatMap(
      (test: { alert_rule_test: { alertname: string; exp_alerts: object[] }[] }) => test.alert_rule_test,
    );
    for (const { alert } of alerts()) {
      const cases = tested.filter(({ alertname }: { alertname: string }) => alertname === alert);
      const fires = cases.map(({ exp_alerts: expected }: { exp_alerts: object[] }) => expected.length > 0);
      expect([alert, fires]).toEqual([alert, expect.arrayContaining([true, false])]);
    }
  });

  it('provisions Grafana with the dashboards that are there, on the Prometheus that is there', () => {
    const { volumes } = compose.services['grafana']!;
    const { providers } = parse(read('infra/grafana/provisioning/dashboards/files.yml'));
    expect(volumes).toContain(`./infra/grafana:${providers[0].options.path}:ro`);
    const { datasources } = parse(read('infra/grafana/provisioning/datasources/prometheus.yml'));
    expect(datasources).toMatchObject([{ type: 'prometheus', url: 'http://prometheus:9090', isDefault: true }]);
  });

  it('asks a container for its health at the address that it has', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile).toContain('ARG APP=');
    expect(dockerfile).toContain('scripts/healthcheck.mjs');
    expect(dockerfile).toMatch(/\nUSER node\n/);
  });
});
