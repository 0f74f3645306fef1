import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';

import { type OtlpReceiver, receiveTraces } from '../../libs/service/test/otlp-receiver.js';
import type { StoryFirm } from '../support/story-files.js';
import { TestCluster } from './cluster.js';
import { countedOf, heldOf, logFaults, outboxesEmpty, parked, rollupIsFacts } from './ledger.js';
import { Market } from './market.js';
import { Patient } from './patient.js';
import { until } from './until.js';
import { lagIn, unknownIn } from './watched.js';

/** So long only on a machine that is busy with other things: alone it takes a tenth. */
const minutes = (count: number): number => count * 60_000;

/** One cluster for all: it takes a minute to start, and the faults are to fall on the same year's story. */
describe('a cluster of real servers', () => {
  let cluster: TestCluster;
  let market: Market;
  let regulator: Patient;
  let operator: Patient;
  let collector: OtlpReceiver;

  beforeAll(async () => {
    collector = await receiveTraces('0.0.0.0');
    cluster = await TestCluster.start(collector.url);
    const anyone = new Patient(cluster.url);
    operator = await anyone.signIn('operator', TestCluster.password);
    regulator = await anyone.signIn('regulator', TestCluster.password);
    market = new Market(anyone, operator);
    await market.open();
  }, minutes(12));
  afterAll(async () => {
    await cluster?.stop();
    await collector?.close();
  }, 60_000);

  const copiesOf = (ending: string): string[] => cluster.copies().filter((name) => name.endsWith(ending));

  /** All that was acknowledged is held once, counted once by the regulator's service, and nothing else is. */
  const settle = async (): Promise<void> => {
    const { deals, firms } = market;
    const paid = deals.reduce((sum, deal) => sum + deal.paidFen, 0n);
    expect(await heldOf(cluster, deals)).toEqual({ disbursements: deals.length, paid });
    await until(() => outboxesEmpty(cluster), 'all outboxes are empty');
    const usccs = firms.map(({ uscc }) => uscc);
    // Each kind has a topic of its own: the last disbursement may be heard before an offer.
    const kinds = ['OFFER', 'ACCEPTANCE', 'CONTACT', 'DISBURSEMENT'];
    await until(async () => {
      const heard = await countedOf(cluster, usccs);
      return kinds.every((kind) => (heard.get(kind)?.count ?? 0) >= deals.length);
    }, 'supervision has heard of every deal');
    const counted = await countedOf(cluster, usccs);
    expect(counted.get('DISBURSEMENT')).toEqual({ kind: 'DISBURSEMENT', count: deals.length, amount: paid });
    for (const kind of kinds) expect([kind, counted.get(kind)?.count]).toEqual([kind, deals.length]);
    expect(await rollupIsFacts(cluster)).toEqual([]);
    expect(await parked(cluster)).toEqual([]);
  };

  it(
    'does the main job with two copies of each service, and no work twice',
    async () => {
      expect(await market.race()).toEqual({ places: 5, won: 5 });
      market.begin();
      await market.advance(12, 'deals of a quiet day');
      await market.end();
      await settle();
      // Two relays at once would have written everything twice.
      expect(await logFaults(cluster)).toEqual({ copies: 0, breaks: [] });
      expect((await regulator.get('/api/supervision/overview')).status).toBe(200);
      expect(Patient.hiccups).toEqual([]);
    },
    minutes(8),
  );

  it(
    'is watched: one trace from the request over Kafka to other services, and every metric that a rule speaks of',
    async () => {
      const traceId = randomBytes(16).toString('hex');
      await market.publishTraced(`00-${traceId}-${randomBytes(8).toString('hex')}-01`);
      const spansOf = (ending: string) =>
        collector.spans.filter(
          ({ name, traceId: own, links = [] }) =>
            name.endsWith(ending) && [own, ...links.map((link) => link.traceId)].includes(traceId),
        );
      const stations = ['/publication', 'marketplace.need.changed.v1 publish', 'supervision.facts handle'];
      await until(() => stations.every((station) => spansOf(station).length > 0), 'the trace is complete');
      const [request, publish, handle] = stations.map((station) => spansOf(station)[0]!);
      expect(publish!.parentSpanId).toBe(request!.spanId);
      if (handle!.traceId === traceId) expect(handle!.parentSpanId).toBe(publish!.spanId);
      expect(unknownIn(await cluster.metrics())).toEqual([]);
    },
    minutes(4),
  );

  it(
    'is renewed copy by copy under load, and nobody outside notices',
    async () => {
      Patient.hiccups = [];
      market.begin();
      for (const copy of ['-1', '-2']) await Promise.all(copiesOf(copy).map((name) => cluster.kill(name, 'SIGTERM')));
      await market.advance(6, 'deals after the renewal');
      await market.end();
      expect(Patient.hiccups).toEqual([]);
      await settle();
    },
    minutes(8),
  );

  it(
    'loses and doubles nothing when servers and services are killed in the middle of the story',
    async () => {
      market.begin();
      const services = copiesOf('-1');
      const victims = [
        ['kafka'],
        ['postgres'],
        services.slice(0, 3),
        services.slice(3),
        ['front'],
        ['kafka', 'postgres'],
      ];
      for (const names of victims) {
        await Promise.all(names.map((name) => cluster.kill(name)));
        await market.advance(2, `deals after ${names.join()} were killed`);
      }
      await market.end();
      await settle();
      expect((await logFaults(cluster)).breaks).toEqual([]);
    },
    minutes(15),
  );

  it(
    'goes on when every connection to PostgreSQL is cut',
    async () => {
      market.begin();
      for (let time = 0; time < 3; time += 1) {
        await cluster.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename <> 'postgres'`,
        );
        await market.advance(2, 'deals after the cut');
      }
      await market.end();
      await settle();
    },
    minutes(8),
  );

  it(
    'finds enterprises and makes deals while Elasticsearch is killed, and says who answers',
    async () => {
      market.begin();
      const [{ name, uscc }] = market.firms as [StoryFirm];
      const find = async () => (await operator.get(`/api/profiling/enterprises?q=${encodeURIComponent(name)}`)).body;
      const killed = cluster.kill('elasticsearch');
      await until(async () => {
        const { items, degraded } = await find();
        expect(items.map((item: { uscc: string }) => item.uscc)).toContain(uscc);
        return degraded === true;
      }, 'PostgreSQL stands in');
      await market.advance(2, 'deals without Elasticsearch');
      await market.end();
      await killed;
      await until(async () => (await find())['degraded'] !== true, 'Elasticsearch answers again');
      await settle();
    },
    minutes(10),
  );

  it(
    'goes on when the network of services is cut, and nobody holds what others need',
    async () => {
      for (const copy of ['-1', '-2']) {
        market.begin();
        // Ingestion has no cable of its own: the tax bureau of the demo city is on this machine.
        const names = copiesOf(copy).filter((name) => !name.startsWith('ingestion'));
        const cut = await cluster.cutOff(names, async () => {
          await market.advance(3, `deals while ${names.join()} are cut off`);
          // A relay that leads behind the cut is given up by PostgreSQL, and another copy leads.
          await until(() => outboxesEmpty(cluster, 'marketplace'), 'events leave without those who are cut off');
        });
        await market.end();
        if (!cut) return console.warn('no network can be cut here: network namespaces are not allowed');
        await settle();
      }
      expect((await logFaults(cluster)).breaks).toEqual([]);
    },
    minutes(8),
  );

  it(
    'does not make the market wait for a slow consumer, which catches up',
    async () => {
      market.begin();
      const lock = cluster.query(
        `begin; lock table supervision.fact in access exclusive mode; select pg_sleep(8); commit`,
      );
      await Promise.all([
        market.advance(6, 'deals while supervision stands still'),
        until(async () => lagIn(await cluster.metrics(), 'supervision.facts') > 0, 'whoever watches sees it'),
      ]);
      await lock;
      await market.end();
      await settle();
      await until(async () => lagIn(await cluster.metrics(), 'supervision.facts') === 0, 'it has caught up');
    },
    minutes(8),
  );

  it(
    'survives a storm of copies that come and go',
    async () => {
      market.begin();
      for (let time = 0; time < 2; time += 1)
        await Promise.all([cluster.kill(`supervision-${time + 1}`), cluster.kill(`profiling-${time + 1}`)]);
      await market.advance(3, 'deals after the storm');
      await market.end();
      await settle();
    },
    minutes(8),
  );

  it(
    'keeps what is acknowledged while the disk of the broker is full',
    async () => {
      const { disk } = cluster;
      if (!disk) return console.warn('the disk of the broker cannot be filled here: nothing may be mounted');
      market.begin();
      disk.fill();
      await market.advance(6, 'deals while the disk is full');
      await pause(2_000);
      disk.free();
      await market.end();
      await settle();
      expect((await logFaults(cluster)).breaks).toEqual([]);
    },
    minutes(8),
  );
});
