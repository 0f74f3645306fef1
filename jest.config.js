import { availableParallelism } from 'node:os';

const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  moduleNameMapper: {
    '^@app/demo-city$': '<rootDir>/infra/demo-city/src/index.ts',
    '^@app/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/.stryker-tmp', '<rootDir>/.data'],
};
const postgres = {
  globalSetup: '<rootDir>/test/support/global-setup.js',
  globalTeardown: '<rootDir>/test/support/global-teardown.js',
};

const cluster = {
  globalSetup: '<rootDir>/test/support/cluster-setup.js',
  globalTeardown: '<rootDir>/test/support/cluster-teardown.js',
  testMatch: ['<rootDir>/{apps,libs}/*/test/cluster/**/*.e2e-spec.ts', '<rootDir>/test/cluster/**/*.e2e-spec.ts'],
};
/** The first run on a machine fetches about 1 GB: asked for by CLUSTER=1, and always done by CI. */
const withCluster = process.env.CLUSTER === '1' || process.env.CI === 'true';

/** Six sizes: pure functions; one app or lib with PostgreSQL; all services; house rules; a real browser; real servers. */
export default {
  testTimeout: 60_000,
  // Modules of a suite are never given back: one process for all of them would end at its heap's limit.
  workerIdleMemoryLimit: '1GB',
  // Half of a suite's time is its PostgreSQL's or its browser's: one suite a core, where Jest would leave a core to itself.
  maxWorkers: availableParallelism(),
  testSequencer: '<rootDir>/test/support/longest-first.js',
  reporters: ['default', '<rootDir>/test/support/count-reporter.js'],
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/{apps,libs,infra}/**/*.spec.ts'] },
    { ...shared, displayName: 'tidy', testMatch: ['<rootDir>/test/tidy/**/*.e2e-spec.ts'] },
    {
      ...shared,
      ...postgres,
      displayName: 'service',
      testMatch: ['<rootDir>/{apps,libs}/*/test/**/*.e2e-spec.ts'],
      testPathIgnorePatterns: ['/node_modules/', '/test/cluster/'],
    },
    { ...shared, ...postgres, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.e2e-spec.ts'] },
    { ...shared, ...postgres, displayName: 'ui', testMatch: ['<rootDir>/test/ui/**/*.e2e-spec.ts'] },
    ...(withCluster ? [{ ...shared, ...cluster, displayName: 'cluster' }] : []),
  ],
};
