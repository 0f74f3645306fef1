import { fc, test } from '@fast-check/jest';
import { DataSource } from 'typeorm';

import { startService, type TestService } from '../../../test/support/test-service.js';
import { database } from '../src/data-source.js';
import { MedianJob } from '../src/median/median.job.js';
import { MedianService } from '../src/median/median.service.js';
import { ProfilingModule } from '../src/profiling.module.js';

let service: TestService;
let medians: MedianService;
beforeAll(async () => {
  service = await startService(database, ProfilingModule);
  await service.app.get(MedianJob).pause();
  medians = service.app.get(MedianService);
});
afterAll(() => service.stop());
beforeEach(async () => {
  service.clock.set('2026-11-23T02:00:00Z');
  await service.db.query('truncate profiling.enterprise, profiling.industry_median, profiling.median_day');
});

interface Peer {
  industry: string | null;
  withdrawn: boolean;
  dimensions: (number | null)[];
}

async function settle(peers: readonly Peer[]): Promise<void> {
  for (const [number, { industry, withdrawn, dimensions }] of peers.entries())
    await service.db.query(
      `insert into profiling.enterprise (uscc, name, former_names, industry2, titles, model_version, score_id, dimensions,
         profile, visible_hash, withdrawn, updated_at)
       values ($1, '企业', '{}', $2, '{}', 'x', gen_random_uuid(), $3, '{}', 'x', $4, now())`,
      [`U${number}`, industry, dimensions, withdrawn],
    );
}

const known = (industry: string | null) => medians.read(service.app.get(DataSource).manager, industry);
const peersOf = (...scores: (number | null)[]): Peer[] =>
  scores.map((score) => ({ industry: '39', withdrawn: false, dimensions: [score, 50] }));

/** What a portrait worked out at each reading before medians were kept, word for word. */
async function atReading(industry: string): Promise<(number | null)[]> {
  const rows = await service.db.query<{ median: number | null; peers: string }>(
    `select d.place, percentile_disc(0.5) within group (order by d.score) as median, count(d.score) as peers
     from profiling.enterprise e, unnest(e.dimensions) with ordinality as d (score, place)
     where e.industry2 = $1 and not e.withdrawn group by d.place order by d.place`,
    [industry],
  );
  return rows.map(({ median, peers }) => (Number(peers) < 5 ? null : median));
}

/** Places that nobody is known in come to nothing at either end of the list. */
const upToLastKnown = (values: (number | null)[]) => values.slice(0, values.findLastIndex((one) => one !== null) + 1);

const peer: fc.Arbitrary<Peer> = fc.record({
  industry: fc.constantFrom('39', '65', null),
  withdrawn: fc.boolean(),
  dimensions: fc.array(fc.option(fc.integer({ min: 0, max: 100 })), { minLength: 3, maxLength: 3 }),
});

describe('medians of an industry', () => {
  test.prop([fc.array(peer, { maxLength: 40 })], { numRuns: 30 })(
    'are what a look at every peer would find',
    async (peers) => {
      await service.db.query('truncate profiling.enterprise, profiling.industry_median, profiling.median_day');
      await settle(peers);
      await medians.takeIfDue();
      for (const industry of ['39', '65'])
        expect(upToLastKnown((await known(industry)).values)).toEqual(upToLastKnown(await atReading(industry)));
      expect(await known(null)).toEqual({ asOf: '2026-11-23', values: [] });
    },
  );

  it('are of their day, and say which, until the next', async () => {
    expect(await known('39')).toEqual({ asOf: null, values: [] });
    await settle(peersOf(10, 20, 30, 40, 50, 60, 70, 80, 90, 100));
    expect(await medians.takeIfDue()).toBe(true);
    await service.db.query(`update profiling.enterprise set dimensions = '{0, 0}'`);
    expect(await medians.takeIfDue()).toBe(false);
    expect(await known('39')).toEqual({ asOf: '2026-11-23', values: [50, 50] });
    service.clock.set('2026-11-23T16:00:00Z');
    expect(await medians.takeIfDue()).toBe(true);
    expect(await known('39')).toEqual({ asOf: '2026-11-24', values: [0, 0] });
  });

  it('forget an industry that has no enterprise any more', async () => {
    await settle(peersOf(1, 2, 3, 4, 5));
    await medians.takeIfDue();
    await service.db.query('update profiling.enterprise set withdrawn = true');
    service.clock.set('2026-11-24T02:00:00Z');
    await medians.takeIfDue();
    expect(await known('39')).toEqual({ asOf: '2026-11-24', values: [] });
  });

  it('keep nothing of four peers, not even in the table', async () => {
    await settle(peersOf(1, 2, 3, 4, null));
    await medians.takeIfDue();
    expect(await known('39')).toEqual({ asOf: '2026-11-23', values: [null, 50] });
    expect(await service.db.query('select place, peers, median from profiling.industry_median order by place')).toEqual(
      [
        { place: 1, peers: 4, median: null },
        { place: 2, peers: 5, median: 50 },
      ],
    );
  });

  it('are taken by one copy of the service at a time', async () => {
    await settle(peersOf(1, 2, 3, 4, 5));
    const both = await Promise.all([medians.takeIfDue(), medians.takeIfDue()]);
    expect(both.toSorted()).toEqual([false, true]);
  });
});
