import { randomUUID } from 'node:crypto';

import { profilingFollowed } from '@app/contracts';
import { addToOutbox, drain } from '@app/messaging';
import { DataSource } from 'typeorm';

import { RebuildMatchJob } from '../src/matching/rebuild-match.job.js';
import { type Market, startMarket } from './support/market.js';

type Followed = NonNullable<(typeof profilingFollowed)['data']>;

const product = {
  name: '科创贷',
  amountMinFen: '10000000',
  amountMaxFen: '1000000000',
  termMonthsMin: 6,
  termMonthsMax: 36,
  annualRateBpMin: 345,
  annualRateBpMax: 480,
  security: ['UNSECURED', 'IP_PLEDGE'],
  admission: { all: [{ field: 'score', op: 'gte', value: 600 }] },
};

describe('matches after a rebuild of records', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  async function hear(wish: Partial<Followed>): Promise<string> {
    const data = { runId: randomUUID(), follower: 'profiling.profiles' as const, heard: 3, done: 3, total: null };
    const event = { ...data, ended: true, ...wish };
    const now = market.clock.now();
    await market.app.get(DataSource).transaction((tx) => addToOutbox(tx, profilingFollowed, event, now));
    await drain();
    await market.app.get(RebuildMatchJob).run();
    return event.runId;
  }
  const told = (runId: string) =>
    market.db.query<{ data: Followed }>(
      `select data from marketplace.outbox where topic = 'marketplace.rebuild.followed.v1' and data ->> 'runId' = $1
       union all select event -> 'data' from bus.message
       where topic = 'marketplace.rebuild.followed.v1' and event -> 'data' ->> 'runId' = $1`,
      [runId],
    );

  it('are made of the profiles as they are now, although nobody told of their change', async () => {
    const [bank] = await market.banks(1);
    await bank!.post('/api/marketplace/products', product);
    const need = await market.need({}, await market.enterprise());
    await drain();
    const outcome = async () => {
      const answer = await need.enterprise.get(`/api/marketplace/needs/${need.id}/matches?limit=100`);
      return (answer.body as { items: { outcome: string }[] }).items.map((item) => item.outcome);
    };
    const kept = async () =>
      (
        await market.db.query<{ score: number | null }>(
          `select (i.facts -> 'profile' ->> 'score')::int as score from marketplace.match_input i
           where i.need_id = $1 order by i.at desc, i.id desc limit 1`,
          [need.id],
        )
      )[0]!.score;
    expect(await outcome()).toEqual(['FITS']);
    await market.db.query('update profiling_api.enterprise_v1 set score = 123 where uscc = $1', [need.enterprise.uscc]);
    market.clock.advance(1_000);
    for (const wish of [{ ended: false }, { follower: 'profiling.search' as const }])
      expect(await told(await hear(wish))).toEqual([]);
    expect(await kept()).not.toBe(123);
    const run = await hear({});
    expect(await kept()).toBe(123);
    expect(await outcome()).toEqual(['NOT']);
    expect(await told(run)).toMatchObject([
      { data: { runId: run, follower: 'marketplace.matches', done: 1, total: 1, ended: true } },
    ]);
  });
});
