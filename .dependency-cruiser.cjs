// Ranks: a lib may import only from a lower rank. One line per rank.
const ranks = [
  ['kernel'],
  ['contracts', 'rules', 'scorecard'],
  ['config'],
  ['observe'],
  ['database'],
  ['auth', 'messaging', 'search', 'evidence'],
  ['service'],
  ['testing'],
];
const tests = '(\\.spec\\.ts$|\\.e2e-spec\\.ts$|^(apps|libs)/[^/]+/test/|^test/|^libs/testing/)';

const libsFrom = (rank) => ranks.slice(rank).flat().join('|');

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'apps-do-not-meet',
      comment: 'Only apps/standalone may bring services together.',
      severity: 'error',
      from: { path: '^apps/(?!standalone/)([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'standalone-takes-modules-only',
      comment: 'The standalone process sees a service through its module and its data source (for migrations).',
      severity: 'error',
      from: { path: '^apps/standalone/' },
      to: { path: '^apps/(?!standalone/)', pathNot: '^apps/[^/]+/src/([^/]+\\.module|data-source)\\.ts$' },
    },
    { name: 'libs-do-not-import-apps', severity: 'error', from: { path: '^libs/' }, to: { path: '^apps/' } },
    {
      name: 'city-is-for-hosts',
      comment: 'Services do not know the demo city; the standalone process, the cli, tests and benches do.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `(^apps/(standalone|cli)/|${tests})` },
      to: { path: '^infra/demo-city/' },
    },
    ...ranks.map((names, rank) => ({
      name: `rank-${rank}-looks-down`,
      severity: 'error',
      from: { path: `^libs/(${names.join('|')})/`, pathNot: tests },
      to: { path: `^libs/(${libsFrom(rank)})/`, pathNot: '^libs/$1/' },
    })),
    {
      name: 'every-lib-has-a-rank',
      severity: 'error',
      from: { path: '^libs/', pathNot: `^libs/(${ranks.flat().join('|')})/` },
      to: {},
    },
    {
      name: 'libs-through-their-index',
      severity: 'error',
      from: { path: '^(apps|libs|infra)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/', pathNot: ['^$1/$2/', '^libs/[^/]+/src/index\\.ts$'] },
    },
    {
      name: 'rules-stay-pure',
      comment: '*.rules.ts knows kernel, rules, scorecard, its own rules and types.',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: {
        pathNot: ['^libs/(kernel|contracts|rules|scorecard)/', '\\.rules\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'kernel-depends-on-nothing',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^libs/kernel/', '^(node:)?crypto$'] },
    },
    {
      name: 'services-use-no-test-tools',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: `(${tests}|^apps/web/)` },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'testing-is-for-tests',
      severity: 'error',
      from: { path: '^(apps|libs|infra)/', pathNot: tests },
      to: { path: '^libs/testing/' },
    },
  ],
  options: {
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.cache)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs'],
    },
    skipAnalysisNotInRules: true,
  },
};
