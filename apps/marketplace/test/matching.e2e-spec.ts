import { randomUUID } from 'node:crypto';

import { profileUpdated } from '@app/contracts';
import { addToOutbox, drain } from '@app/messaging';
import { DataSource } from 'typeorm';

import { MatchingJob } from '../src/matching/matching.job.js';
import { type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const product = {
  name: '科创贷',
  amountMinFen: '10000000',
  amountMaxFen: '1000000000',
  termMonthsMin: 6,
  termMonthsMax: 36,
  annualRateBpMin: 345,
  annualRateBpMax: 480,
  security: ['UNSECURED', 'IP_PLEDGE'],
};

interface Item {
  productId: string;
  outcome: string;
  points: number;
  reasonsFor: { code: string; zh: string }[];
  reasonsAgainst: { code: string; zh: string; en: string }[];
  unknown: { code: string; zh: string }[];
}

describe('matching', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  const matchesOf = async (need: Awaited<ReturnType<Market['need']>>, query = '') => {
    const answer = await need.enterprise.get(`${root}/needs/${need.id}/matches?limit=100${query}`);
    expect(answer.status).toBe(200);
    return answer.body as { items: Item[]; asOf: string; inputId: string | null; nextCursor: string | null };
  };

  it('tells an enterprise which bank fits and why, and which does not and why not', async () => {
    const [good, picky, unsure] = await market.banks(3);
    const fits = (await good!.post(`${root}/products`, product)).body.id;
    const not = (
      await picky!.post(`${root}/products`, {
        ...product,
        admission: {
          all: [
            { field: 'tier', op: 'in', value: ['T4', 'T5'] },
            { field: 'score', op: 'gte', value: 600 },
          ],
        },
      })
    ).body.id;
    const open = (
      await unsure!.post(`${root}/products`, {
        ...product,
        admission: { not: { field: 'score', op: 'lt', value: 900 } },
      })
    ).body.id;
    const enterprise = await market.enterprise();
    await market.db.query('update profiling_api.enterprise_v1 set score = null where uscc = $1', [enterprise.uscc]);
    const need = await market.need({}, enterprise);
    await drain();
    const { items, inputId } = await matchesOf(need);
    expect(inputId).not.toBeNull();
    expect(items.map(({ productId, outcome }) => [productId, outcome])).toEqual([
      [fits, 'FITS'],
      [open, 'OPEN'],
      [not, 'NOT'],
    ]);
    expect(items[2]!.reasonsAgainst).toEqual([
      {
        code: 'ADMISSION',
        outcome: 'FAILED',
        zh: '科企梯次须为其一 T4、T5，实际 T3',
        en: 'tier must be one of T4, T5; it is T3',
      },
    ]);
    expect(items[1]!.unknown).toMatchObject([{ code: 'ADMISSION', zh: '创新积分须不低于 900，实际 未知' }]);
    expect((await matchesOf(need, '&outcome=OPEN')).items).toHaveLength(1);
  });

  it('matches again when the profile or a product changes, and still explains what was', async () => {
    const bank = await market.bank();
    const { id } = (
      await bank.post(`${root}/products`, {
        ...product,
        admission: { field: 'titles', op: 'hasAny', value: ['专精特新'] },
      })
    ).body;
    const need = await market.need();
    await drain();
    const itemOf = async (query = '') =>
      (await matchesOf(need, query)).items.find(({ productId }) => productId === id)!;
    expect((await itemOf()).outcome).toBe('NOT');
    const before = market.clock.now().toISOString();
    market.clock.advance(60_000);
    await market.db.query(`update profiling_api.enterprise_v1 set titles = '{专精特新}' where uscc = $1`, [
      need.enterprise.uscc,
    ]);
    await tellProfile(market, need.enterprise.uscc);
    expect((await itemOf()).outcome).toBe('FITS');
    expect((await itemOf(`&asOf=${before}`)).outcome).toBe('NOT');
    market.clock.advance(60_000);
    await bank.post(`${root}/products/${id}/unpublication`);
    expect(await itemOf()).toBeUndefined();
    expect((await itemOf(`&asOf=${before}`)).outcome).toBe('NOT');
  });

  it('judges a lead for a bank by nothing but what the lead shows', async () => {
    const bank = await market.bank();
    const { id } = (
      await bank.post(`${root}/products`, {
        ...product,
        admission: {
          all: [
            { field: 'score', op: 'gte', value: 1 },
            { field: 'amountFen', op: 'gt', value: '432000000' },
          ],
        },
      })
    ).body;
    const need = await market.need({ amountFen: '432100000', annualRateBpMax: 351 });
    await drain();
    const answer = await bank.get(`${root}/leads/${need.id}/match`);
    const [item] = answer.body.items as Item[];
    expect(item).toMatchObject({ productId: id, outcome: 'OPEN' });
    expect(item!.unknown.map(({ zh }) => zh)).toEqual([
      '创新积分须不低于 1，实际 未知',
      '需求金额须高于 432.00万元，实际 300.00万元至500.00万元',
    ]);
    // An id is made by chance, and may hold the digits of a secret.
    const text = JSON.stringify(answer.body).replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '');
    for (const secret of ['432.10', '351', '700', need.enterprise.uscc, need.enterprise.name])
      expect(text).not.toContain(secret);
    const [row] = await market.db.query(
      'select outcome, points from marketplace.lead_fit where need_id = $1 and product_id = $2',
      [need.id, id],
    );
    expect(row).toEqual({ outcome: item!.outcome, points: item!.points });
  });

  it('sorts the lead board by how well leads fit the own products, and pages without a gap', async () => {
    const bank = await market.bank();
    const { id } = (await bank.post(`${root}/products`, { ...product, security: ['UNSECURED'], termMonthsMax: 20 }))
      .body;
    const [poor, good, none, open] = [
      await market.need({ termMonths: 18 }),
      await market.need({ termMonths: 6 }),
      await market.need({ security: 'MORTGAGE' }),
      await market.need({ amountFen: '2000000000' }),
    ];
    await bank.post(`${root}/products`, {
      ...product,
      security: ['UNSECURED'],
      amountMinFen: '1000000000',
      amountMaxFen: '1500000000',
    });
    await drain();
    const board: { needId: string; fit: { outcome: string; points: number; productId: string } | null }[] = [];
    for (let cursor = ''; ;) {
      const { body } = await bank.get(`${root}/leads?sort=fit&limit=2${cursor}`);
      board.push(...body.items);
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    const all = (await bank.get(`${root}/leads?limit=100`)).body.items as { needId: string }[];
    expect(new Set(board.map(({ needId }) => needId))).toEqual(new Set(all.map(({ needId }) => needId)));
    expect(board).toHaveLength(all.length);
    const at = (needId: string) => board.findIndex((one) => one.needId === needId);
    expect([at(good.id) < at(poor.id), at(poor.id) < at(open.id), at(open.id) < at(none.id)]).toEqual([
      true,
      true,
      true,
    ]);
    expect(board[at(good.id)]!.fit).toMatchObject({ outcome: 'FITS', productId: id });
    expect(board[at(open.id)]!.fit).toMatchObject({ outcome: 'OPEN' });
    expect(board[at(none.id)]!.fit).toBeNull();
    expect(all.some((one) => 'fit' in one)).toBe(false);
    expect((await bank.get(`${root}/leads?sort=fit&cursor=WyJ4IiwxXQ`)).status).toBe(422);
    expect((await bank.get(`${root}/leads?sort=best`)).status).toBe(422);
  });

  it('answers nobody else', async () => {
    const need = await market.need();
    const draft = (await need.enterprise.post(`${root}/needs`, draftBody)).body.id;
    const stranger = await market.enterprise();
    expect((await stranger.get(`${root}/needs/${need.id}/matches`)).status).toBe(404);
    const bank = await market.bank();
    expect((await bank.get(`${root}/needs/${need.id}/matches`)).status).toBe(403);
    expect((await bank.get(`${root}/leads/${draft}/match`)).status).toBe(404);
    expect((await need.enterprise.get(`${root}/leads/${need.id}/match`)).status).toBe(403);
    expect((await need.enterprise.get(`${root}/needs/${draft}/matches`)).body).toMatchObject({ inputId: null });
    const named = await market.need({}, await market.enterprise({ institutions: ['SOMEONE-ELSE'] }));
    expect((await bank.get(`${root}/leads/${named.id}/match`)).status).toBe(404);
    const outsider = await market.bank({ memberships: ['CREDIT'] });
    expect((await outsider.get(`${root}/leads/${need.id}/match`)).body.code).toBe('MARKETPLACE.NOT_A_MEMBER');
    const early = await need.enterprise.get(`${root}/needs/${need.id}/matches?asOf=2026-01-01T00:00:00Z`);
    expect(early.body.errors[0].pointer).toBe('/asOf');
    for (const query of ['asOf=2999-01-01T00:00:00Z', 'asOf=x', 'outcome=GOOD', 'cursor=WyJ4IiwxXQ'])
      expect((await need.enterprise.get(`${root}/needs/${need.id}/matches?${query}`)).status).toBe(422);
  });

  it('pages through the shelf at one instant', async () => {
    const bank = await market.bank();
    const need = await market.need();
    for (let index = 0; index < 3; index += 1)
      await bank.post(`${root}/products`, { ...product, annualRateBpMin: 300 + index });
    const all = (await matchesOf(need)).items;
    const paged: Item[] = [];
    for (let cursor = ''; ;) {
      const { body } = await need.enterprise.get(`${root}/needs/${need.id}/matches?limit=2${cursor}`);
      paged.push(...body.items);
      market.clock.advance(1_000);
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(paged).toEqual(all);
  });

  it('follows the weights, and forgets leads that have ended', async () => {
    const bank = await market.bank();
    const { id } = (await bank.post(`${root}/products`, product)).body;
    const need = await market.need();
    await drain();
    await market.app.get(MatchingJob).run();
    const pointsNow = async () =>
      (
        await market.db.query<{ points: number }>(
          'select points from marketplace.lead_fit where need_id = $1 and product_id = $2',
          [need.id, id],
        )
      )[0]?.points;
    const before = await pointsNow();
    await market.limit('fitBandWeight', 0);
    await market.app.get(MatchingJob).run();
    expect(await pointsNow()).not.toBe(before);
    await need.enterprise.post(`${root}/needs/${need.id}/withdrawal`);
    await drain();
    expect(await pointsNow()).toBeUndefined();
  });
});

const draftBody = {
  amountFen: '500000000',
  termMonths: 12,
  purpose: '研发投入',
  security: 'UNSECURED',
  contact: { name: '周会计', phone: '13800001111' },
};

/** What profiling would say: the marketplace hears it over the bus and reads the view again. */
async function tellProfile(market: Market, uscc: string): Promise<void> {
  const now = market.clock.now();
  await market.app.get(DataSource).transaction((tx) =>
    addToOutbox(
      tx,
      profileUpdated,
      {
        uscc,
        district: '320583',
        industry2: '39',
        tier: 'T3',
        titles: [randomUUID()],
        score: 700,
        scoreBand: 'B',
        modelVersion: 'm1',
        asOf: '2026-11-23',
        withdrawn: false,
      },
      now,
    ),
  );
  await drain();
}
