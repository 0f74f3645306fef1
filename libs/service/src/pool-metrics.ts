import { registry } from '@app/observe';
import { Gauge } from 'prom-client';
import type { DataSource } from 'typeorm';

/** As much of pg's pool as is counted. */
interface Pool {
  readonly totalCount: number;
  readonly idleCount: number;
  readonly waitingCount: number;
}

const pools = new Map<string, Pool>();

const connections = new Gauge({
  name: 'database_connections',
  help: 'Connections of the pool of a service; `waiting` are requests for one.',
  labelNames: ['service', 'state'],
  registers: [registry],
  // Read when somebody asks: a pool changes with every query.
  collect() {
    for (const [service, { totalCount, idleCount, waitingCount }] of pools) {
      connections.set({ service, state: 'busy' }, totalCount - idleCount);
      connections.set({ service, state: 'idle' }, idleCount);
      connections.set({ service, state: 'waiting' }, waitingCount);
    }
  },
});

const poolMaxGauge = new Gauge({
  name: 'database_connections_max',
  help: 'Connections that the pool of a service may have.',
  labelNames: ['service'],
  registers: [registry],
});

/** Counts the pool of a service from now on. */
export function watchPool(service: string, db: DataSource, max: number): DataSource {
  pools.set(service, (db.driver as unknown as { master: Pool }).master);
  poolMaxGauge.set({ service }, max);
  return db;
}
