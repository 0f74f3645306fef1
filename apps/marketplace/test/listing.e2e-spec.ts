import { drain } from '@app/messaging';

import type { TestClient } from '../../../test/support/test-service.js';
import { ListingJob } from '../src/listing/listing.job.js';
import { type Enterprise, type Market, startMarket } from './support/market.js';

const root = '/api/marketplace';
const period = { opensOn: '2026-11-23', closesOn: '2026-12-31' };
const yes = { answer: 'CONSENTED', contact: { name: '周会计', phone: '13800001111' } };

describe('a directed list', () => {
  let market: Market;
  let department: TestClient;
  beforeAll(async () => {
    market = await startMarket();
    department = await market.as('regulator', { name: '市科技局' });
  });
  afterAll(() => market.stop());

  /** A published list of these enterprises; their entries are found through their own eyes. */
  const published = async (firms: Enterprise[], wish: object = {}) => {
    const body = { title: '光伏榜', industry: '39', ...period, usccs: firms.map(({ uscc }) => uscc), ...wish };
    const draft = await department.post(`${root}/listings`, body);
    expect(draft.status).toBe(201);
    const answer = await department.post(`${root}/listings/${draft.body.id}/publication`);
    expect(answer.body).toMatchObject({ status: 'PUBLISHED', entries: firms.length, consented: 0 });
    return draft.body.id as string;
  };
  const entryOf = async (firm: Enterprise, listing: string): Promise<{ id: string; takers: object[] }> =>
    (await firm.get(`${root}/listing-entries`)).body.items.find(
      ({ listingId }: { listingId: string }) => listingId === listing,
    );
  const agree = async (firm: Enterprise, listing: string) => {
    const { id } = await entryOf(firm, listing);
    await firm.post(`${root}/listing-entries/${id}/answer`, yes);
    return id;
  };
  const takeUp = (bank: TestClient, listing: string, entry: string) =>
    bank.post(`${root}/listings/${listing}/entries/${entry}/take-ups`);

  it('names to banks only those who agreed; the department sees whom it wrote down', async () => {
    const [open, silent] = [await market.enterprise(), await market.enterprise()];
    const id = await published([open, silent]);
    const bank = await market.bank();
    const before = await bank.get(`${root}/listings/${id}/entries`);
    for (const secret of [open.name, open.uscc, silent.name, silent.uscc])
      expect(JSON.stringify(before.body)).not.toContain(secret);
    expect(before.body.items).toHaveLength(2);
    await agree(open, id);
    const after = JSON.stringify((await bank.get(`${root}/listings/${id}/entries`)).body);
    expect([after.includes(open.name), after.includes(silent.name), after.includes('13800001111')]).toEqual([
      true,
      false,
      false,
    ]);
    const own = JSON.stringify((await department.get(`${root}/listings/${id}/entries`)).body);
    expect(own).toContain(silent.name);
    const otherOffice = await market.as('regulator');
    expect(JSON.stringify((await otherOffice.get(`${root}/listings/${id}/entries`)).body)).not.toContain(open.name);
  });

  it('asks each enterprise, who may change its mind', async () => {
    const firm = await market.enterprise();
    const id = await published([firm]);
    await drain();
    const asked = await market.db.query<{ key: string }>(
      `select key from bus.message where topic = 'marketplace.listing.asked.v1' and event->'data'->>'listingId' = $1`,
      [id],
    );
    expect(asked).toEqual([{ key: firm.uscc }]);
    const { id: entry } = await entryOf(firm, id);
    const path = `${root}/listing-entries/${entry}/answer`;
    expect((await firm.post(path, { answer: 'CONSENTED' })).body.errors[0].pointer).toBe('/contact');
    expect((await (await market.enterprise()).post(path, yes)).status).toBe(404);
    expect((await (await market.bank()).post(path, yes)).status).toBe(403);
    expect((await firm.post(path, yes)).body.consent).toBe('CONSENTED');
    const bank = await market.bank();
    const taken = await takeUp(bank, id, entry);
    expect(taken.body).toMatchObject({ enterpriseName: firm.name, uscc: firm.uscc, contact: yes.contact });
    expect((await entryOf(firm, id)).takers).toMatchObject([{ status: 'TAKEN' }]);
    expect((await firm.post(path, { answer: 'REFUSED' })).body.consent).toBe('REFUSED');
    expect((await bank.get(`${root}/take-ups`)).body.items[0]).toMatchObject({ contact: null, status: 'TAKEN' });
    const later = await market.bank();
    expect((await takeUp(later, id, entry)).body.code).toBe('MARKETPLACE.NOT_CONSENTED');
  });

  it('gives the one place of an entry to exactly one of many banks at once', async () => {
    const firm = await market.enterprise();
    const id = await published([firm], { banksPerEntry: 2 });
    const entry = await agree(firm, id);
    const answers = await Promise.all((await market.banks(8)).map((bank) => takeUp(bank, id, entry)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    for (const { status, body } of answers)
      if (status !== 201) expect([status, body.code]).toEqual([409, 'MARKETPLACE.ENTRY_FULL']);
  });

  it('lets a bank hold so many at once, whoever of it asks', async () => {
    const firms = [await market.enterprise(), await market.enterprise(), await market.enterprise()];
    const id = await published(firms, { openPerInstitution: 2 });
    const entries = await Promise.all(firms.map((firm) => agree(firm, id)));
    const bank = await market.bank();
    const colleague = await market.as('account-manager', { colleagueOf: bank.person! });
    const answers = await Promise.all(entries.map((entry, index) => takeUp(index === 1 ? colleague : bank, id, entry)));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(2);
    expect(answers.find(({ status }) => status !== 201)!.body.code).toBe('MARKETPLACE.TOO_MANY_OPEN');
  });

  it('follows a take-up to money or to giving up, and counts what came of the list', async () => {
    const [lentTo, lost] = [await market.enterprise(), await market.enterprise()];
    const id = await published([lentTo, lost]);
    const [first, second] = [await agree(lentTo, id), await agree(lost, id)];
    const [bank, next] = await market.banks(2);
    const one = (await takeUp(bank!, id, first)).body.id;
    const two = (await takeUp(bank!, id, second)).body.id;
    const step = (takeUpId: string, body: object, who = bank!) => who.post(`${root}/take-ups/${takeUpId}/steps`, body);
    expect((await step(one, { step: 'OFFERED', amountFen: '1000000' })).body.code).toBe(
      'MARKETPLACE.TAKE_UP_NOT_MOVABLE',
    );
    expect((await step(one, { step: 'CONTACTED' }, next!)).status).toBe(404);
    await step(one, { step: 'CONTACTED', note: '电话沟通' });
    expect((await step(one, { step: 'OFFERED' })).body.errors[0].pointer).toBe('/amountFen');
    await step(one, { step: 'OFFERED', amountFen: '300000000' });
    const late = await step(one, { step: 'LENT', amountFen: '200000000', drawnOn: '2026-11-24' });
    expect(late.body.errors[0].pointer).toBe('/drawnOn');
    const early = await step(one, { step: 'LENT', amountFen: '200000000', drawnOn: '2026-11-22' });
    expect(early.body.errors[0].pointer).toBe('/drawnOn');
    const more = await step(one, { step: 'LENT', amountFen: '300000001', drawnOn: '2026-11-23' });
    expect(more.body.errors[0].pointer).toBe('/amountFen');
    expect((await step(one, { step: 'LENT', amountFen: '200000000', drawnOn: '2026-11-23' })).body).toMatchObject({
      status: 'LENT',
      offeredFen: '300000000',
      lentFen: '200000000',
    });
    expect((await step(two, { step: 'GIVEN_UP' })).body.errors[0].pointer).toBe('/reason');
    await step(two, { step: 'GIVEN_UP', reason: 'NO_NEED' });
    expect((await takeUp(bank!, id, second)).body.code).toBe('MARKETPLACE.ALREADY_TAKEN_UP');
    expect((await takeUp(next!, id, second)).status).toBe(201);
    const results = await department.get(`${root}/listings/${id}/results`);
    expect(results.body).toMatchObject({
      entries: 2,
      consented: 2,
      enterprisesLent: 1,
      total: {
        takenUp: 3,
        contacted: 1,
        offered: 1,
        lent: 1,
        givenUp: 1,
        offeredFen: '300000000',
        lentFen: '200000000',
      },
    });
    expect(results.body.institutions).toHaveLength(2);
    expect((await (await market.as('regulator')).get(`${root}/listings/${id}/results`)).body.code).toBe(
      'MARKETPLACE.NOT_FOR_LISTING',
    );
    expect((await (await market.as('operator')).get(`${root}/listings/${id}/results`)).status).toBe(200);
    expect((await bank!.get(`${root}/listings/${id}/results`)).status).toBe(403);
  });

  it('leaves as a file that Excel opens, with nothing that it would run, in what one may see', async () => {
    const [firm, silent] = [await market.enterprise(), await market.enterprise()];
    await market.db.query(`update profiling_api.enterprise_v1 set name = '=HYPERLINK("x")' where uscc = $1`, [
      firm.uscc,
    ]);
    const id = await published([firm, silent]);
    const entry = await agree(firm, id);
    const [bank, other] = await market.banks(2);
    await takeUp(bank!, id, entry);
    const file = async (who: TestClient) => {
      const answer = await who.get(`${root}/listings/${id}/export`);
      expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
      return answer.text;
    };
    const own = await file(department);
    expect(own.startsWith('\uFEFF企业名称,')).toBe(true);
    expect(own).toContain(`"'=HYPERLINK(""x"")",${firm.uscc}`);
    expect(own).toContain(silent.name);
    expect([await file(bank!), await file(other!)].map((text) => text.includes('已揭榜'))).toEqual([true, false]);
    expect(await file(bank!)).not.toContain(silent.uscc);
  });

  it('may be a query over public facts, frozen when it is published', async () => {
    const firm = await market.enterprise();
    await market.db.query(`update profiling_api.enterprise_v1 set district = '320509' where uscc = $1`, [firm.uscc]);
    const body = { title: '吴江榜', ...period, query: { districts: ['320509'], tiers: ['T3'] } };
    const draft = await department.post(`${root}/listings`, body);
    expect(draft.body).toMatchObject({ status: 'DRAFT', entries: 1 });
    const stranger = await market.as('regulator');
    expect((await stranger.get(`${root}/listings/${draft.body.id}`)).status).toBe(404);
    expect((await stranger.post(`${root}/listings/${draft.body.id}/publication`)).status).toBe(404);
    await department.post(`${root}/listings/${draft.body.id}/publication`);
    const late = await market.enterprise();
    await market.db.query(`update profiling_api.enterprise_v1 set district = '320509' where uscc = $1`, [late.uscc]);
    expect((await department.get(`${root}/listings/${draft.body.id}/entries`)).body.items).toHaveLength(1);
    expect((await department.post(`${root}/listings/${draft.body.id}/publication`)).body.code).toBe(
      'MARKETPLACE.LISTING_NOT_MOVABLE',
    );
  });

  it('closes by itself after its last day, or when its department says so', async () => {
    const firm = await market.enterprise();
    const id = await published([firm], { closesOn: '2026-11-23' });
    const early = await published([await market.enterprise()]);
    expect((await (await market.as('operator')).post(`${root}/listings/${early}/closure`)).status).toBe(404);
    expect((await department.post(`${root}/listings/${early}/closure`)).body.status).toBe('CLOSED');
    const entry = await agree(firm, id);
    market.clock.set('2026-11-24T02:00:00Z');
    expect((await takeUp(await market.bank(), id, entry)).body.code).toBe('MARKETPLACE.NOT_OPEN');
    await market.app.get(ListingJob).run();
    expect((await department.get(`${root}/listings/${id}`)).body.status).toBe('CLOSED');
    market.clock.set('2026-11-23T02:00:00Z');
  });

  it('names its firms after its last day to nobody but those who took them up, and its department', async () => {
    const [taken, left] = [await market.enterprise(), await market.enterprise()];
    const id = await published([taken, left], { closesOn: '2026-11-24' });
    const [entry] = [await agree(taken, id), await agree(left, id)];
    const [holder, looker, quitter] = await market.banks(3);
    await takeUp(holder!, id, entry);
    const shown = async (who: TestClient) => {
      const pages = [await who.get(`${root}/listings/${id}/entries`), await who.get(`${root}/listings/${id}/export`)];
      return pages.map(({ text }) => [taken, left].map(({ name, uscc }) => text.includes(name) && text.includes(uscc)));
    };
    const both = [true, true];
    expect(await shown(looker!)).toEqual([both, both]);
    market.clock.set('2026-11-24T15:59:59Z');
    expect(await shown(looker!)).toEqual([both, both]);
    // No job has run yet: the day counts.
    market.clock.set('2026-11-24T16:00:00Z');
    expect(await shown(looker!)).toEqual([
      [false, false],
      [false, false],
    ]);
    expect(await shown(holder!)).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(await shown(department)).toEqual([both, both]);
    expect(await shown(quitter!)).toEqual(await shown(looker!));
    market.clock.set('2026-11-23T02:00:00Z');
  });

  it('closes the contact again to a bank that gives a firm up', async () => {
    const firm = await market.enterprise();
    const id = await published([firm]);
    const entry = await agree(firm, id);
    const bank = await market.bank();
    const taken = await takeUp(bank, id, entry);
    expect(taken.body.contact).toEqual(yes.contact);
    const given = await bank.post(`${root}/take-ups/${taken.body.id}/steps`, { step: 'GIVEN_UP', reason: 'NO_NEED' });
    expect(given.body).toMatchObject({ status: 'GIVEN_UP', contact: null });
  });

  it.each<[string, object, string]>([
    ['an unknown code', { usccs: ['91320505MA1XT00150'] }, '/usccs/0'],
    ['codes and a query', { usccs: ['91320505MA1XT00150'], query: { tiers: ['T1'] } }, '/usccs'],
    ['the whole city', { query: {} }, '/query'],
    ['nobody', { query: { districts: ['320506'] } }, '/query'],
    ['a turned period', { query: { tiers: ['T3'] }, closesOn: '2026-11-22' }, '/closesOn'],
  ])('is not drafted of %s', async (_, wish, pointer) => {
    const answer = await department.post(`${root}/listings`, { title: 'x', ...period, ...wish });
    expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
  });

  it('is the business of departments, members and the firms on it', async () => {
    const body = { title: 'x', ...period, query: { tiers: ['T3'] } };
    expect((await (await market.bank()).post(`${root}/listings`, body)).status).toBe(403);
    expect((await (await market.enterprise()).get(`${root}/listings`)).status).toBe(403);
    const firm = await market.enterprise();
    const id = await published([firm]);
    const entry = await agree(firm, id);
    const outsider = await market.bank({ memberships: ['CREDIT'] });
    expect((await takeUp(outsider, id, entry)).body.code).toBe('MARKETPLACE.NOT_A_MEMBER');
    const seen = JSON.stringify((await outsider.get(`${root}/listings/${id}/entries`)).body);
    expect(seen).not.toContain(firm.name);
  });
});
