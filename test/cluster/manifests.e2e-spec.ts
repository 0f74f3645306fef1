import { spawnSync } from 'node:child_process';

import { goTool } from '../../infra/local/go-tool.mjs';
import { helm, render, rendered, type Resource, set, ways } from './chart.js';

const check = goTool('manifest-check', (line) => console.log(line));

/** What the API server's own code has against creating these. */
function said(manifests: string): { content: boolean; findings: string } {
  const { status, stdout, stderr } = spawnSync(check![0], { encoding: 'utf8', input: manifests });
  return { content: status === 0, findings: stdout + stderr };
}

type Path = (string | number)[];

/** The chart's manifests, of which the first of a kind says something else at one place; undefined takes it away. */
function spoilt(kind: string, path: Path, value: unknown): string {
  const resources = render();
  let place: any = resources.find((each) => each.kind === kind)!;
  for (const step of path.slice(0, -1)) place = place[step] ??= {};
  const last = path.at(-1)!;
  if (value === undefined) delete place[last];
  else place[last] = value;
  return asText(resources);
}
/** As JSON, which is YAML too: ours would write `off` as a word, and theirs read it as false. */
const asText = (resources: Resource[]): string => resources.map((each) => JSON.stringify(each)).join('\n---\n');

const pod: Path = ['spec', 'template', 'spec'];
const container: Path = [...pod, 'containers', 0];
const twice = [
  { name: 'PORT', value: '1' },
  { name: 'PORT', value: '2' },
];

describe('what the chart renders', () => {
  if (!helm || !check) return it('is checked where Go is installed', () => console.warn('neither helm nor Go is here'));

  it.each([...ways, ['with requests from one place', set('networkPolicy.requestsFrom[0].ipBlock.cidr=10.0.0.0/8')]])(
    'would be created by an API server of Kubernetes without a word, %s',
    (_, values) => {
      const number = render(...values).length;
      expect(said(rendered(...values))).toEqual({
        content: true,
        findings: `${number} manifests checked, 0 findings\n`,
      });
    },
  );

  it.each<[string, string, Path, unknown, RegExp]>([
    ['a misspelt field', 'Deployment', [...container, 'livenessProb'], {}, /unknown field .*livenessProb/],
    ['a field at the wrong place', 'Service', ['spec', 'containers'], [], /unknown field "spec\.containers"/],
    ['text where a number belongs', 'Deployment', ['spec', 'replicas'], 'two', /replicas/],
    ['a quantity that is none', 'Deployment', [...container, 'resources', 'limits', 'memory'], '512 MB', /quantit/],
    [
      'a name that is too long',
      'Deployment',
      [...container, 'ports', 0, 'name'],
      'requests-of-everybody',
      /ports\[0\]/,
    ],
    ['a mount of no volume', 'Job', [...container, 'volumeMounts', 0, 'name'], 'nowhere', /nowhere/],
    [
      'a selector of other pods',
      'Deployment',
      ['spec', 'selector', 'matchLabels', 'a'],
      'b',
      /selector.*does not match/,
    ],
    ['a policy of restarts that no job has', 'Job', [...pod, 'restartPolicy'], 'Always', /restartPolicy/],
    ['a budget that says two things', 'PodDisruptionBudget', ['spec', 'maxUnavailable'], 1, /cannot be both set/],
    ['a path of no type', 'Ingress', ['spec', 'rules', 0, 'http', 'paths', 0, 'pathType'], undefined, /pathType/],
    ['a protocol that is none', 'NetworkPolicy', ['spec', 'ingress', 0, 'ports', 0, 'protocol'], 'HTTP', /protocol/],
    ['a claim without a size', 'PersistentVolumeClaim', ['spec', 'resources'], undefined, /resources/],
    ['a setting that is said twice', 'Deployment', [...container, 'env'], twice, /warning: .*env\[1\]/],
    ['a version that is not served', 'Deployment', ['apiVersion'], 'apps/v1beta2', /nothing here checks apps\/v1beta2/],
    ['a kind that is not known', 'Service', ['kind'], 'Servise', /Servise/],
  ])('would be refused with %s', (_, kind, path, value, finding) => {
    const { content, findings } = said(spoilt(kind, path, value));
    expect([content, findings]).toEqual([false, expect.stringMatching(finding)]);
    expect(findings).toContain(', 1 findings\n');
  });

  it('is not taken for checked where there is nothing', () => {
    expect(said('---\n# nothing\n').content).toBe(false);
  });
});
