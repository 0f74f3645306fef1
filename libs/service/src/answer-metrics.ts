import { registry } from '@app/observe';
import type { FastifyContextConfig, FastifyInstance } from 'fastify';
import type { Metric } from 'prom-client';

const boundsSeconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Labels = Record<'service' | 'method' | 'route', string>;

/** The answers of one route so far. Plain numbers: labels are written out when somebody asks, not at every request. */
class RouteTally {
  private readonly inBucket = [...boundsSeconds, Infinity].map(() => 0);
  private readonly byStatus = new Map<number, number>();
  private sumSeconds = 0;
  private count = 0;

  constructor(private readonly labels: Labels) {}

  add(status: number, seconds: number): void {
    let bucket = 0;
    while (bucket < boundsSeconds.length && seconds > boundsSeconds[bucket]!) bucket += 1;
    this.inBucket[bucket]! += 1;
    this.byStatus.set(status, (this.byStatus.get(status) ?? 0) + 1);
    this.sumSeconds += seconds;
    this.count += 1;
  }

  requests() {
    return [...this.byStatus].map(([status, value]) => ({ labels: { ...this.labels, status }, value }));
  }

  durations(name: string) {
    let below = 0;
    const buckets = this.inBucket.map((value, at) => ({
      metricName: `${name}_bucket`,
      labels: { le: boundsSeconds[at] ?? '+Inf', ...this.labels },
      value: (below += value),
    }));
    return [
      ...buckets,
      { metricName: `${name}_sum`, labels: this.labels, value: this.sumSeconds },
      { metricName: `${name}_count`, labels: this.labels, value: this.count },
    ];
  }
}

const tallies = new Map<string, RouteTally>();

function tallyOf(labels: Labels): RouteTally {
  const name = Object.values(labels).join(' ');
  const tally = tallies.get(name) ?? new RouteTally(labels);
  tallies.set(name, tally);
  return tally;
}

function publish(name: string, help: string, type: 'counter' | 'histogram', valuesOf: (route: RouteTally) => object[]) {
  const get = () =>
    Promise.resolve({ name, help, type, aggregator: 'sum', values: [...tallies.values()].flatMap(valuesOf) });
  registry.registerMetric({ name, help, type, get } as unknown as Metric);
}

const durationName = 'http_request_duration_seconds';
publish('http_requests_total', 'Requests answered.', 'counter', (route) => route.requests());
publish(durationName, 'Time to answer.', 'histogram', (route) => route.durations(durationName));

/** Counts and times every answer by its route; addresses that nobody serves are one route, `none`. */
export function countAnswers(service: string, fastify: FastifyInstance): void {
  const ofRoute = new Map<FastifyContextConfig | string, RouteTally>();
  fastify.addHook('onResponse', ({ method, routeOptions }, reply, done) => {
    const { url, config } = routeOptions;
    const key = url === undefined ? method : config;
    const tally = ofRoute.get(key) ?? tallyOf({ service, method, route: url ?? 'none' });
    ofRoute.set(key, tally);
    tally.add(reply.statusCode, reply.elapsedTime / 1_000);
    done();
  });
}
