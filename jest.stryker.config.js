import config from './jest.config.js';

/** Mutants are judged by the unit tests alone: they are fast and hold the rules. */
export default { ...config.projects[0], displayName: undefined, testTimeout: 60_000 };
