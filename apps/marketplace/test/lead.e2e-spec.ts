import { type Market, needBody, startMarket } from './support/market.js';

const root = '/api/marketplace';

interface Lead {
  needId: string;
  security: string;
  placesLeft: number;
}

describe('the lead board', () => {
  let market: Market;
  beforeAll(async () => {
    market = await startMarket();
  });
  afterAll(() => market.stop());

  const leads = async (query = '') => {
    const answer = await (await market.bank()).get(`${root}/leads?limit=100${query}`);
    expect(answer.status).toBe(200);
    return answer.body.items as Lead[];
  };

  it('never says who it is, nor the exact amount', async () => {
    const enterprise = await market.enterprise();
    const purpose = `${enterprise.name}（${enterprise.uscc}）研发，电话１３８-００００-１１１１`;
    const { id } = await market.need({ purpose, amountFen: '432100000' }, enterprise);
    const [lead] = (await leads()).filter(({ needId }) => needId === id);
    const text = JSON.stringify(lead);
    const secrets = [
      enterprise.name,
      enterprise.uscc,
      '光能',
      '1111',
      '１１１１',
      '432100000',
      '周会计',
      '13800001111',
    ];
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    const facts = 'amountBand district industry needId purpose scoreBand security termMonths tier'.split(' ');
    const board = 'closesAt commitment placesLeft publishedAt window windowEndsAt'.split(' ');
    expect(Object.keys(lead!).toSorted()).toEqual([...facts, ...board].toSorted());
  });

  it('never says who it is in traditional characters either, nor by a text that was masked long ago', async () => {
    const enterprise = await market.enterprise();
    const traditional = enterprise.name.replace('苏', '蘇').replace('试验', '試驗');
    const purpose = `${traditional}採購設備，聯繫人：周會計`;
    const draft = await enterprise.post(`${root}/needs`, { ...needBody, purpose });
    expect(draft.body.shownPurpose).toContain('採購設備');
    await market.db.query('update marketplace.need set shown_purpose = purpose where id = $1', [draft.body.id]);
    await enterprise.post(`${root}/needs/${draft.body.id}/publication`);
    const textOf = async (id: string) => JSON.stringify((await leads()).find(({ needId }) => needId === id));
    const shown = await textOf(draft.body.id);
    for (const secret of [traditional, '光能', '試驗', '周會計']) expect(shown).not.toContain(secret);
    expect(shown).toContain('採購設備');
    await enterprise.post(`${root}/needs/${draft.body.id}/withdrawal`);
    await market.db.query('update marketplace.need set shown_purpose = purpose where id = $1', [draft.body.id]);
    const again = await enterprise.post(`${root}/needs/${draft.body.id}/republication`);
    expect(again.body.shownPurpose).not.toContain('光能');
  });

  it('is for members of the marketplace', async () => {
    const outsider = await market.bank({ memberships: ['CREDIT'] });
    expect((await outsider.get(`${root}/leads`)).body.code).toBe('MARKETPLACE.NOT_A_MEMBER');
    expect((await (await market.enterprise()).get(`${root}/leads`)).status).toBe(403);
    expect((await (await market.as('regulator')).get(`${root}/leads`)).status).toBe(403);
  });

  it('shows only what this bank can still take', async () => {
    const [mine, full, gone, over, draft] = await Promise.all([
      market.need(),
      market.need(),
      market.need(),
      market.need(),
      market.enterprise().then((enterprise) => enterprise.post(`${root}/needs`, needBody)),
    ]);
    const bank = await market.bank();
    await market.grab(bank, mine.id);
    for (const other of await market.banks(5)) await market.grab(other, full.id);
    for (const other of await market.banks(3)) await market.grab(other, over.id, '500000000');
    await gone.enterprise.post(`${root}/needs/${gone.id}/withdrawal`);
    const board = await bank.get(`${root}/leads?limit=100`);
    for (const id of [mine.id, full.id, gone.id, over.id, draft.body.id])
      expect(JSON.stringify(board.body)).not.toContain(id);
    expect(await leads()).toContainEqual(expect.objectContaining({ needId: mine.id, placesLeft: 4 }));
  });

  it('filters, and pages newest first without a gap', async () => {
    const small = await market.need({ amountFen: '100000000' });
    expect((await leads('&amountBand=0-100')).map(({ needId }) => needId)).toContain(small.id);
    expect((await leads('&amountBand=100-300')).map(({ needId }) => needId)).not.toContain(small.id);
    expect((await leads('&district=320583&industry=39&tier=T3')).length).toBeGreaterThan(0);
    const [seen] = await leads();
    expect((await leads(`&security=${seen!.security}`)).length).toBeGreaterThan(0);
    for (const none of ['&district=320505', '&industry=27', '&tier=T5', '&scoreBand=E', '&security=IP_PLEDGE'])
      expect(await leads(none)).toEqual([]);

    const bank = await market.bank();
    const all = (await bank.get(`${root}/leads?limit=100`)).body.items;
    const paged: Lead[] = [];
    for (let cursor = ''; ;) {
      const { body } = await bank.get(`${root}/leads?limit=2${cursor}`);
      paged.push(...body.items);
      if (!body.nextCursor) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    expect(paged).toEqual(all);
    expect(all.map(({ needId }: Lead) => needId)).toEqual(
      all
        .map(({ needId }: Lead) => needId)
        .toSorted()
        .toReversed(),
    );
  });

  it.each(['limit=0', 'limit=101', 'tier=T9', 'amountBand=7', 'district=1', 'cursor=WyJ4IiwieSJd', 'q=x'])(
    'refuses %s',
    async (query) => {
      expect((await (await market.bank()).get(`${root}/leads?${query}`)).status).toBe(422);
    },
  );

  it('has nothing to show when the enterprise has no profile, and says so with nulls', async () => {
    const enterprise = await market.enterprise();
    await market.db.query('delete from profiling_api.enterprise_v1 where uscc = $1', [enterprise.uscc]);
    const { id } = await market.need({}, enterprise);
    expect((await leads()).find(({ needId }) => needId === id)).toMatchObject({ district: null, tier: null });
  });
});
