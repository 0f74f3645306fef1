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

  beforeAll(async () => {
    house = await startHouse();
    operator = new Caller(house.url, 'operator', operatorPassword);
    officers = await officersOf(operator, catalogue.sources.slice(0, 5), { url: house.url, password });
  });
  afterAll(() => house.stop());

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
