import { totalmem } from 'node:os';

import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One registry per process: in standalone all services write to it, told apart by the label `service`. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

new Gauge({
  name: 'process_memory_limit_bytes',
  help: 'What the process may hold: the limit of its container, or the memory of the machine.',
  registers: [registry],
}).set(Math.min(process.constrainedMemory() || Infinity, totalmem()));

/** Declares a counter in the process's registry. */
export const counter = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
  new Counter({ name, help, labelNames, registers: [registry] });

/** Declares a gauge in the process's registry. */
export const gauge = <L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> =>
  new Gauge({ name, help, labelNames, registers: [registry] });

/** Declares a histogram of seconds in the process's registry. */
export const seconds = <L extends string>(name: string, help: string, labelNames: L[]): Histogram<L> =>
  new Histogram({
    name,
    help,
    labelNames,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
