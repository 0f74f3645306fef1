import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { dayOf } from '@app/kernel';
import { jest } from '@jest/globals';

import { Caller } from '../../infra/city/src/caller.js';
import { readCatalogue } from '../../infra/city/src/catalogue.js';
import { told } from '../../infra/city/src/comparison.js';
import { officersOf } from '../../infra/city/src/officers.js';
import { type Delivery, fileFaults, planOf } from '../../infra/city/src/plan.js';
import { send } from '../../infra/city/src/sending.js';
import { Simulation } from '../../infra/city/src/simulation.js';
import { SourceApi } from '../../infra/city/src/source-api.js';
import { connectorOf, pulledFeeds } from '../../infra/city/src/way.js';
import { type House, operatorPassword, startHouse } from '../support/house.js';

/** Some hundred deliveries over HTTP: a crowded machine takes its time. */
jest.setTimeout(120_000);
const contracts = join(import.meta.dirname, '../../infra/contracts');
const today = dayOf(new Date());
const catalogue = readCatalogue(contracts, today);
const password = 'Officers-of-the-city-7';

describe('the sources of a city, played against the house', () => {
  let house: House;
  let operator: Caller;
  let officers: Map<string, Caller>;
  let api: SourceApi;
  const connectors = mkdtempSync(join(tmpdir(), 'xinqiao-connectors-'));
  const pulled = pulledFeeds(catalogue, 5);

  beforeAll(async () => {
    api = await SourceApi.open(0, 'key-of-the-city');
    writeFileSync(join(connectors, 'city.yaml'), connectorOf(pulled));
    Object.assign(process.env, {
      CONNECTORS_DIR: connectors,
      CITY_API_URL: `http://127.0.0.1:${api.port}`,
      CITY_API_KEY: 'key-of-the-city',
    });
    house = await startHouse();
    operator = new Caller(house.url, 'operator', operatorPassword);
    officers = await officersOf(operator, catalogue.sources.slice(0, 5), { url: house.url, password });
  });
  afterAll(async () => {
    await house.stop();
    api.close();
    for (const name of ['CONNECTORS_DIR', 'CITY_API_URL', 'CITY_API_KEY']) delete process.env[name];
    rmSync(connectors, { recursive: true });
  });

  const wish = (tag: string) => ({ seed: '7', tag, sources: 5, days: 4, today, rows: 6, faultShare: 0.8 });
  const simulationOf = (tag: string): Simulation =>
    new Simulation({ operator, officers, wish: wish(tag), speed: 0, lanes: 4, sample: 40, say: () => undefined });

  it('deliver late, twice, cut, drifted and hostile files, and every row is where the written rules put it', async () => {
    const simulation = simulationOf('e2e');
    await simulation.play(planOf(catalogue, wish('e2e')));
    expect(simulation.differences.map(told)).toEqual([]);
    for (const fault of [...fileFaults, 'CLEAN']) expect([fault, simulation.kinds.get(fault) ?? 0]).not.toContain(0);
    expect(simulation.heads).toBe(40);
  });

  it('put files into a folder and are asked page by page, with the same end', async () => {
    const ways = { drop: true, pulled: new Set(pulled), topics: new Set<string>() };
    const stage = { operator, officers, wish: wish('ways'), speed: 0, lanes: 4, sample: 40, say: () => undefined, api };
    const simulation = new Simulation({ ...stage, dropFolder: join(process.env['DATA_DIR']!, 'drop') });
    await simulation.play(planOf(catalogue, { ...wish('ways'), ways }));
    expect(simulation.differences.map(told)).toEqual([]);
    for (const way of ['by HTTP', 'by DROP', 'by PULL']) expect([way, simulation.kinds.get(way) ?? 0]).not.toContain(0);
  });

  it('are planned alike from the same seed, and otherwise from another', () => {
    const bodies = (plan: Delivery[]): string[] =>
      plan.map(({ reference, body }) => `${reference} ${body.toString('hex')}`);
    const plan = bodies(planOf(catalogue, wish('a')));
    expect(bodies(planOf(catalogue, wish('a')))).toEqual(plan);
    expect(bodies(planOf(catalogue, { ...wish('a'), seed: '8' }))).not.toEqual(plan);
  });

  it('notice what somebody else slipped in, and name the file and both sides', async () => {
    const plan = planOf(catalogue, wish('lie')).filter(({ feed, fault }) => feed.feed === 'tax.vat-return' && !fault);
    const first = plan[0]!;
    await send(operator, first, 'slipped-in');
    const simulation = simulationOf('lie');
    await simulation.play(plan);
    const differences = simulation.differences.map(told).join('\n');
    expect(differences).toMatch(new RegExp(`${first.reference}: accepted: expected \\d+, the platform says 0`));
    expect(differences).toContain('origin: expected');
  });
});
