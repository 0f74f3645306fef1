export { correlationId, enterCorrelation, withCorrelation } from './correlation.js';
export { loggerOf } from './logger.js';
export { counter, gauge, registry, seconds } from './metrics.js';
