import { randomUUID } from 'node:crypto';

import { jest } from '@jest/globals';

import { type Cast, gather } from '../simulate/cast.js';
import { Faults } from '../simulate/faults.js';
import { Simulation } from '../simulate/simulation.js';

const attempts = 800;
/** Hundreds of acts over HTTP each: a crowded machine takes its time. */
jest.setTimeout(240_000);
const faults = new Faults();
let cast: Cast;

beforeEach(async () => {
  cast = await gather();
});
afterEach(() => cast.market.stop());

async function simulate(seed: number): Promise<Simulation> {
  const simulation = new Simulation(seed, cast, faults);
  await simulation.run(attempts, () => undefined);
  return simulation;
}

describe('the simulated market', () => {
  let trace: string;

  it('keeps every limit while connections break and requests come twice, late and forged', async () => {
    const { violations, counts, digest } = await simulate(7);
    expect(violations).toEqual([]);
    for (const kind of ['granted', 'replayed', 'MARKETPLACE.NEED_FULL', 'AUTH.NOT_SIGNED_IN', 'contact 200'])
      expect(counts.get(kind) ?? 0).toBeGreaterThan(0);
    trace = digest;
  });

  it('does the same again from the same seed', async () => {
    expect((await simulate(7)).digest).toBe(trace);
  });

  it('sees a place too many, and a counter that lies', async () => {
    const { db } = cast.market;
    const simulation = new Simulation(8, cast, faults);
    await simulation.run(200, () => undefined);
    const [need] = await db.query<{ id: string }>(
      `select need_id as id from marketplace.grab group by need_id order by count(*) desc limit 1`,
    );
    await db.query(
      `insert into marketplace.grab (need_id, id, institution_id, institution_code, institution_name, manager_id,
         grabbed_by, intended_fen, status, limit_version, authorisation_id, grabbed_at, contact_by, evidence_by, decide_by)
       select need_id, $2, $2, 'ROGUE', 'Rogue', $2, $2, 1, 'ACTIVE', limit_version, authorisation_id, grabbed_at,
         contact_by, evidence_by, decide_by from marketplace.grab where need_id = $1 limit 1`,
      [need!.id, randomUUID()],
    );
    await simulation.run(200, () => undefined);
    expect(simulation.violations.join()).toContain('a need whose counters are not its rows');
    expect(simulation.violations.join()).toContain('no or several beginnings');
  });
});
