import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { dayOf } from '@app/kernel';
import { jest } from '@jest/globals';

import { Caller } from '../../../../infra/city/src/caller.js';
import { readCatalogue } from '../../../../infra/city/src/catalogue.js';
import { told } from '../../../../infra/city/src/comparison.js';
import { officersOf } from '../../../../infra/city/src/officers.js';
import { planOf } from '../../../../infra/city/src/plan.js';
import { Simulation } from '../../../../infra/city/src/simulation.js';
import { SourceTopics } from '../../../../infra/city/src/source-topics.js';
import { topicConnectorOf, topicFeeds } from '../../../../infra/city/src/way.js';
import { type House, operatorPassword, startHouse } from '../../../../test/support/house.js';

/** Some dozen deliveries that are each gathered for a second: a crowded machine takes its time. */
jest.setTimeout(180_000);
const password = 'Officers-of-the-city-7';
const sources = 5;

describe('departments of a city that speak on topics', () => {
  const today = dayOf(new Date());
  const catalogue = readCatalogue(join(import.meta.dirname, '../../../../infra/contracts'), today);
  const connectors = mkdtempSync(join(tmpdir(), 'xinqiao-topics-'));
  const spoken = topicFeeds(catalogue, sources);
  let house: House;
  let topics: SourceTopics;

  beforeAll(async () => {
    const brokers = process.env['TEST_KAFKA_BROKERS']!;
    topics = await SourceTopics.open(brokers, spoken);
    writeFileSync(join(connectors, 'city.yaml'), topicConnectorOf(spoken));
    Object.assign(process.env, { CONNECTORS_DIR: connectors, CITY_KAFKA: brokers });
    house = await startHouse();
  });
  afterAll(async () => {
    await house.stop();
    await topics.close();
    for (const name of ['CONNECTORS_DIR', 'CITY_KAFKA']) delete process.env[name];
    rmSync(connectors, { recursive: true });
  });

  it('are heard, and every message is where the written rules put it', async () => {
    const operator = new Caller(house.url, 'operator', operatorPassword);
    const officers = await officersOf(operator, catalogue.sources.slice(0, sources), { url: house.url, password });
    const ways = { drop: false, pulled: new Set<string>(), topics: new Set(spoken) };
    const tag = `k${Date.now().toString(36).slice(-6)}`;
    const wish = { seed: '7', tag, sources, days: 4, today, rows: 6, faultShare: 0.6, ways };
    const stage = { operator, officers, wish, speed: 0, lanes: 4, sample: 60, say: () => undefined, topics };
    const simulation = new Simulation(stage);
    await simulation.play(planOf(catalogue, wish));
    expect(simulation.differences.map(told)).toEqual([]);
    for (const way of ['by HTTP', 'by TOPIC']) expect([way, simulation.kinds.get(way) ?? 0]).not.toContain(0);
    expect(simulation.heads).toBe(60);
  });
});
