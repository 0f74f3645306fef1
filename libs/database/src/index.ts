export { migrate } from './migrate.js';
export { type DatabaseParts, databaseOptions } from './options.js';
