import { day } from '@app/kernel';

import { generateCity } from './city.js';
import { startTaxBureau, type TaxBureau } from './tax-bureau.js';
import type { FaultOptions } from './tax-faults.js';
import { pulledRows } from './write-feed-files.js';

const city = generateCity({ enterprises: 60, months: 6, today: day('2026-03-10'), seed: 'bureau' });
const vat = 'tax.vat-return';

interface Page {
  items: Record<string, string>[];
  cursor: string;
  next: string | null;
  asOf: string;
}

let bureau: TaxBureau | undefined;

async function open(faults: FaultOptions): Promise<TaxBureau> {
  bureau = await startTaxBureau(() => city, { key: 'spec', faults });
  return bureau;
}

afterEach(async () => {
  await bureau?.close();
  bureau = undefined;
});

async function ask(feed: string, query = '', options: { key?: string; patienceMs?: number } = {}): Promise<Response> {
  const { key = 'spec', patienceMs = 5_000 } = options;
  const signal = AbortSignal.timeout(patienceMs);
  return fetch(`${bureau?.url}/returns/${feed}${query}`, { headers: { authorization: `Bearer ${key}` }, signal });
}

/** A patient caller, as tax-bureau.md asks for: drops what fails, asks again. */
async function pullAll(feed: string, limit: number): Promise<Record<string, string>[]> {
  const items: Record<string, string>[] = [];
  let after = '';
  for (let asked = 0; asked < 500; asked += 1) {
    const page = await ask(feed, `?after=${after}&limit=${limit}`, { patienceMs: 400 })
      .then(async (response) => (response.ok ? ((await response.json()) as Page) : undefined))
      .catch(() => undefined);
    if (page === undefined || page.next === after) continue;
    items.push(...page.items);
    if (page.next === null) return items;
    after = page.next;
  }
  throw new Error('the bureau never came to an end');
}

describe('the tax bureau', () => {
  it('serves all rows of a feed page by page, in order, each once', async () => {
    await open('none');
    const items = await pullAll(vat, 50);
    expect(items.map((item) => item['record_key'])).toEqual(pulledRows(city, vat).map((row) => row.cells[0]));
    const fields = 'record_key uscc event_date report_date op period sales payable paid';
    expect(Object.keys(items[0] ?? {}).join(' ')).toBe(fields);
  });

  it('answers nothing new behind the last cursor', async () => {
    await open('none');
    const page = (await (await ask('tax.credit-rating', '?limit=1000')).json()) as Page;
    const after = (await (await ask('tax.credit-rating', `?after=${page.cursor}`)).json()) as Page;
    expect(page).toMatchObject({ next: null, asOf: '2026-03-10' });
    expect(after).toMatchObject({ items: [], next: null, cursor: page.cursor });
  });

  it('turns away a wrong key, an unknown feed, a foreign cursor and a limit out of bounds', async () => {
    await open('none');
    const foreign = ((await (await ask('tax.credit-rating', '?limit=1')).json()) as Page).cursor;
    expect((await ask(vat, '', { key: 'wrong' })).status).toBe(401);
    expect((await ask('customs.trade')).status).toBe(404);
    expect((await ask(vat, `?after=${foreign}`)).status).toBe(400);
    expect((await ask(vat, '?after=nonsense')).status).toBe(400);
    expect((await ask(vat, '?limit=0')).status).toBe(400);
    expect((await ask(vat, '?limit=1001')).status).toBe(400);
  });

  it('fails in each of its five ways when told to', async () => {
    await open({ plan: ['UNAVAILABLE', 'TOO_MANY', 'SLOW', 'CUT', null, 'DUPLICATE'], slowMs: 60_000 });
    const unavailable = await ask(vat);
    expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, '1']);
    expect((await ask(vat)).status).toBe(429);
    await expect(ask(vat, '', { patienceMs: 100 })).rejects.toThrow(/aborted|timeout/i);
    await expect(ask(vat).then((response) => response.json())).rejects.toThrow();
    const first = (await (await ask(vat, '?limit=20')).json()) as Page;
    const again = (await (await ask(vat, `?limit=20&after=${first.cursor}`)).json()) as Page;
    expect(again).toMatchObject({ items: first.items, cursor: first.cursor, next: first.cursor });
    expect(bureau?.served).toEqual({
      requests: 6,
      pages: 2,
      faults: { UNAVAILABLE: 1, TOO_MANY: 1, SLOW: 1, CUT: 1, DUPLICATE: 1 },
    });
  });

  it('loses and doubles nothing for a caller that keeps to the contract, whatever the seed', async () => {
    for (const seed of [1, 2, 3]) {
      await open({ seed, share: 0.5, slowMs: 60_000, retryAfterSeconds: 0 });
      const items = await pullAll(vat, 40);
      expect(items.map((item) => item['record_key'])).toEqual(pulledRows(city, vat).map((row) => row.cells[0]));
      expect(Object.keys(bureau?.served.faults ?? {}).length).toBeGreaterThanOrEqual(3);
      await bureau?.close();
    }
  });
});
