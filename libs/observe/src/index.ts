export { correlationId, enterCorrelation, withCorrelation, workContext } from './correlation.js';
export { logModule } from './logger.js';
export { counter, gauge, registry, seconds } from './metrics.js';
