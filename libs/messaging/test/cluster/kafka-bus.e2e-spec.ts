import { topicPlanOf } from '@app/contracts';
import kafkajs from 'kafkajs';

import { KafkaBus } from '../../src/kafka-bus.driver.js';
import { openKafka } from '../../src/kafka-client.js';
import { idempotentProducer } from '../../src/kafka-publisher.js';
import { busSuite } from '../bus-suite.js';
import { cuttingProxy } from '../cutting-proxy.js';
import { anEnvelope, counted } from '../ground.js';
import { kafkaOf, kafkaThrough, type Logged, logOf } from '../kafka-ground.js';

const { ConfigResourceTypes } = kafkajs;
const port = (): number => Number(process.env['TEST_KAFKA_BROKERS']!.split(':')[1]);
const range = (size: number, from = 0): number[] => Array.from({ length: size }, (_, at) => from + at);

/** The numbers of each key in the order of the log. */
function numbersByKey(logged: Logged[]): Record<string, number[]> {
  const numbers: Record<string, number[]> = {};
  for (const { event } of logged) (numbers[event.key] ??= []).push(event.data['number'] as number);
  return numbers;
}

describe('the Kafka bus', () => {
  const settings = kafkaOf();
  busSuite(async () => new KafkaBus(settings));
});

describe('the Kafka bus by itself', () => {
  const buses: KafkaBus[] = [];
  const busOf = (...from: ConstructorParameters<typeof KafkaBus>): KafkaBus => {
    const bus = new KafkaBus(...from);
    buses.push(bus);
    return bus;
  };
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  it('makes topics by the plan of the contracts', async () => {
    const settings = kafkaOf();
    await busOf(settings).publish([anEnvelope({ key: 'a', number: 1 })]);
    const admin = openKafka(settings).admin();
    await admin.connect();
    const name = settings.prefix + counted.topic;
    const { topics } = await admin.fetchTopicMetadata({ topics: [name] });
    const { resources } = await admin.describeConfigs({
      resources: [{ type: ConfigResourceTypes.TOPIC, name }],
      includeSynonyms: false,
    });
    await admin.disconnect();
    const plan = topicPlanOf(counted.topic);
    expect(topics[0]!.partitions).toHaveLength(plan.partitions);
    const configs = new Map(
      resources[0]!.configEntries.map(({ configName, configValue }) => [configName, configValue]),
    );
    expect(configs.get('retention.ms')).toBe(String(plan.retentionDays * 86_400_000));
    expect(configs.get('cleanup.policy')).toBe('delete');
  });

  it('writes CloudEvents that any other reader understands, one key in one partition', async () => {
    const settings = kafkaOf();
    const sent = ['a', 'b', 'a', 'c', 'a'].map((key, number) => anEnvelope({ key, number }));
    await busOf(settings).publish(sent);
    const logged = await logOf(settings, counted.topic);
    expect(logged[0]!.headers).toEqual({ 'content-type': 'application/cloudevents+json; charset=utf-8' });
    expect(JSON.parse(logged[0]!.text)).toMatchObject({ specversion: '1.0', type: counted.topic });
    expect(numbersByKey(logged)).toEqual({ a: [0, 2, 4], b: [1], c: [3] });
    expect(new Set(logged.filter(({ event }) => event.key === 'a').map(({ partition }) => partition)).size).toBe(1);
    expect(logged.map(({ event }) => event)).toEqual(expect.arrayContaining(sent));
  });

  it('loses, doubles and reorders nothing when connections are cut between the append and the answer', async () => {
    const settings = kafkaOf();
    const proxy = await cuttingProxy(port(), (answer) => answer % 3 === 0);
    const bus = busOf(settings, () => idempotentProducer(kafkaThrough(settings, proxy.port)));
    // Several relays at once, as in one process with all services; each key has one writer, as its row lock makes sure.
    const writers = range(4).map(async (writer) => {
      for (const at of range(30))
        await bus.publish(range(10, at * 10).map((number) => anEnvelope({ key: `key-${writer}`, number })));
    });
    await Promise.all(writers);
    const logged = await logOf(settings, counted.topic);
    const { counts } = proxy;
    await Promise.all(buses.splice(0).map((each) => each.close()));
    await proxy.close();
    expect(counts.cut).toBeGreaterThanOrEqual(40);
    expect(numbersByKey(logged)).toEqual(Object.fromEntries(range(4).map((writer) => [`key-${writer}`, range(300)])));
  });

  it('takes an event of one and a half megabytes between small ones', async () => {
    const settings = kafkaOf();
    const large = { ...anEnvelope({ key: 'a', number: 1 }), correlationId: 'x'.repeat(1_500_000) };
    await busOf(settings).publish([anEnvelope({ key: 'a', number: 0 }), large, anEnvelope({ key: 'a', number: 2 })]);
    expect(numbersByKey(await logOf(settings, counted.topic))).toEqual({ a: [0, 1, 2] });
  });
});
