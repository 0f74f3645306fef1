import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

import type { Browser } from 'playwright-core';

import { inBrowser, startBrowser } from '../support/browser.js';
import { buildSquare } from '../support/market-square.js';
import { done, logins, password, Town } from '../support/town.js';
import { desk, type Language, phone, Visitor } from '../support/visitor.js';

/** [goal G23] What the first page may weigh, gzipped. */
const firstPageMaxBytes = 500_000;

/** By who opens them; a number after the name only keeps a round short. */
const pages: Record<string, string[]> = {
  nobody: ['/sign-in', '/register'],
  firm: 'needs needs/new offers portrait evaluation authorisations reads invitations invitations?tab=complaints'
    .split(' ')
    .map((page) => `/enterprise/${page}`),
  firm2: ['/sources', '/lineage', '/lineage?tab=scores', '/lineage?tab=records', '/lineage?report=REPORT'],
  bank: 'leads cases cases?tab=notes cases/CASE products outreach outreach/lists/LIST outreach?tab=takeUps outreach?tab=targets'
    .split(' ')
    .map((page) => `/bank/${page}`),
  admin: 'people service webhooks cases?tab=complaints products?tab=programmes'
    .split(' ')
    .map((page) => `/bank/${page}`),
  regulator:
    'overview distribution quality service outreach outreach/lists/LIST outreach/campaigns/CAMPAIGN outreach?tab=programmes'
      .split(' ')
      .map((page) => `/regulator/${page}`),
  second: 'feeds feeds?tab=scores feeds?tab=findings batches batches/BATCH mending mending?tab=claims dead-letters'
    .split(' ')
    .map((page) => `/operator/${page}`),
  second2: [
    '/operator/operation?which=all',
    '/operator/operation?tab=runs',
    '/operator/operation?tab=deliveries',
    '/operator/operation?tab=sums',
    '/operator/operation?tab=search',
    '/operator/operation?tab=retention',
    '/operator/operation?tab=keys',
    '/operator/batches/BATCH?tab=records',
    '/lineage?feed=registry.enterprise&key=RECORD',
    '/operator/mending?tab=accounts&feed=utility.usage',
    '/operator/mending?tab=codes',
    '/lineage?uscc=FIRM&tab=quality',
  ],
  source: ['/operator/desk', '/contracts/registry.enterprise', '/operator/mending?tab=reasons', '/lineage'],
  operator: [
    '/operator/limits',
    '/operator/limits?tab=lpr',
    '/operator/limits?tab=applied&need=NEED',
    '/operator/organisations',
    '/operator/organisations/BANK',
    '/operator/watch?tab=scores',
    '/operator/outreach?tab=campaigns',
    '/notices?tab=settings',
    '/nowhere',
  ],
};

inBrowser('every page', () => {
  let town: Town;
  let browser: Browser;
  /** What stands for words in capital letters in the addresses above. */
  const ids: Record<string, string> = {};

  beforeAll(async () => {
    [browser, town] = await Promise.all([startBrowser(), Town.open()]);
    await town.deliverRegistry();
    await town.deliverScores();
    await town.operators();
    await town.member('institution', '金桥银行', {
      [logins.bank]: 'account-manager',
      [logins.admin]: 'institution-admin',
    });
    await town.member('institution', '运河银行', { [logins.rival]: 'account-manager' });
    await town.member('source', '市场监管局', { [logins.source]: 'source' }, 'SCJG');
    await town.member('regulator', '监管办', { [logins.regulator]: 'regulator' });
    const [firm, other] = town.firms;
    const enterprise = await town.register(firm!, logins.firm);
    await town.consent(enterprise);
    const need = await town.publish(enterprise);
    const [bank, rival] = [await town.as(logins.bank), await town.as(logins.rival)];
    ids['CASE'] = await town.offer(bank, need);
    await town.offer(rival, need, 420);
    const queried = await done(bank.post('/api/credit/queries', { uscc: firm!.uscc, purpose: 'PRE_LOAN' }));
    Object.assign(ids, { NEED: need, FIRM: firm!.uscc, REPORT: queried['queryId'] });
    const neighbour = await town.register(other!, logins.other);
    await town.consent(neighbour);
    await town.publish(neighbour, '120000000');
    Object.assign(ids, await buildSquare(town, ids['CASE']));
    await town.parkLetter('supervision');
    await upkeep(town);
    const first = async (path: string) => (await done(town.house.operator.get(path)))['items'][0].id as string;
    ids['BATCH'] = await first('/api/ingestion/batches?feed=registry.enterprise');
    ids['RECORD'] = (await done(town.house.operator.get(`/api/ingestion/lineage/batches/${ids['BATCH']}`)))[
      'items'
    ][0].recordKey;
    ids['BANK'] = await first('/api/identity/organisations?kind=institution');
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await town?.house.stop();
  });

  const enter = async (who: string, language: Language): Promise<Visitor> => {
    const visitor = await Visitor.arrive(browser, town.house.url, language);
    const login = logins[who.replace(/\d$/, '') as keyof typeof logins];
    if (login) await visitor.signIn(login, password, language);
    return visitor;
  };

  /** One page in Chinese and in English, on a desk and on a telephone; loaded once, and turned round where it is. */
  const whole = async (visitor: Visitor, path: string): Promise<string[]> => {
    const findings: string[] = [];
    const look = async (language: Language, size: 'wide' | 'narrow', withAxe: boolean): Promise<void> => {
      const name = `page${path.replaceAll(/[/?=]/g, '-')}-${language}`;
      await visitor.resize(size === 'wide' ? desk : phone);
      findings.push(...(await visitor.look(`${name}-${size}`, withAxe)));
      if (withAxe) findings.push(...untranslated(await visitor.prose(), name));
    };
    await visitor.resize(desk);
    await visitor.visit(path.replace(/[A-Z]{4,}/, (place) => ids[place] ?? place));
    await visitor.read('zh');
    // Axe sees every page at both sizes; that the words are of the other language changes nothing for it.
    await look('zh', 'wide', true);
    await look('zh', 'narrow', false);
    await visitor.read('en');
    await look('en', 'narrow', true);
    await look('en', 'wide', false);
    return findings;
  };

  it.each(Object.keys(pages))(
    'of %s is whole in both languages, on a desk and on a telephone',
    async (who) => {
      const visitor = await enter(who, 'zh');
      const visitors = [visitor, await visitor.beside()];
      const left = [...pages[who]!];
      const findings: string[] = [];
      // Two pages at a time: while one waits for an answer the other draws.
      const walk = async (one: Visitor): Promise<void> => {
        for (let path = left.shift(); path !== undefined; path = left.shift())
          findings.push(...(await whole(one, path)));
        await one.leave();
      };
      await Promise.all(visitors.map(walk));
      expect(findings).toEqual([]);
      expect(visitors.flatMap(({ faults }) => faults)).toEqual([]);
    },
    300_000,
  ); // ten pages, four looks each, on a machine that others use as well

  it('brings an enterprise from a list to a bank, and shows a new secret once', async () => {
    const [firm, bank, admin] = [await enter('other', 'zh'), await enter('bank', 'zh'), await enter('admin', 'zh')];
    await firm.go('/enterprise/invitations');
    await firm.press('同意展示');
    await firm.fill({ 联系人: '陆会计', 电话: '13800003333' });
    await firm.confirm('确认同意');
    await firm.says('已同意展示');
    await bank.go(`/bank/outreach/lists/${ids['LIST']}?consent=CONSENTED`);
    await bank.press('揭榜');
    await bank.confirm('确认揭榜');
    await bank.go('/bank/outreach?tab=takeUps');
    await bank.says('陆会计 13800003333');
    await admin.go('/bank/webhooks');
    await admin.press('换密钥');
    await admin.confirm('生成新密钥');
    await admin.says('签名密钥只显示这一次');
    const secret = (await admin.page.getByRole('dialog').last().locator('code').innerText()).trim();
    await admin.confirm('我已保存');
    expect(secret).toMatch(/^whsec_/);
    expect(await admin.page.content()).not.toContain(secret);
    expect([...firm.faults, ...bank.faults, ...admin.faults]).toEqual([]);
    await Promise.all([firm.leave(), bank.leave(), admin.leave()]);
  });

  it('takes a firm and a bank through the market in English, on a telephone', async () => {
    const firm = await Visitor.arrive(browser, town.house.url, 'en', phone);
    await firm.signIn(logins.other, password, 'en');
    await firm.press('Withdraw');
    await firm.confirm('Withdraw it');
    await firm.go('/enterprise/needs/new');
    await firm.fill({ Amount: '3000', Term: '6', Purpose: 'Material for an order' });
    await firm.press('Next');
    await firm.fill({ Contact: 'Zhou', Telephone: '13800002222' });
    await firm.press('Next');
    await firm.says('What every bank sees before it grabs');
    await firm.press('Publish');
    await firm.confirm('Publish it');
    await firm.says('Current need');
    const bank = await Visitor.arrive(browser, town.house.url, 'en', phone);
    await bank.signIn(logins.bank, password, 'en');
    await bank.pressInRow('Material for an order', 'Grab');
    await bank.fill({ 'Intended amount': '3000' });
    await bank.press('Grab');
    await bank.says('It is yours');
    await bank.follow('Open the case');
    await bank.fill({ Note: 'called' });
    await bank.press('Save');
    await bank.says('Make the offer');
    expect([...firm.faults, ...bank.faults]).toEqual([]);
    await Promise.all([firm.leave(), bank.leave()]);
  });

  it('the sign-in page is light', async () => {
    const visitor = await Visitor.arrive(browser, town.house.url);
    const asked = new Set<string>();
    visitor.page.on('requestfinished', (request) => asked.add(request.url()));
    await visitor.go('/sign-in');
    await visitor.page.waitForLoadState('networkidle');
    const weights = await Promise.all([...asked].map(gzippedBytes));
    expect(weights.length).toBeGreaterThan(3);
    expect(weights.reduce((total, bytes) => total + bytes, 0)).toBeLessThan(firstPageMaxBytes);
    await visitor.leave();
  });
});

/** A meter that is somebody's, and a code that passes: what lists of data officers show. */
async function upkeep({ house: { operator }, firms }: Town): Promise<void> {
  const account = { kind: '电', account: '3201000001' };
  const mapping = { accounts: [{ account, uscc: firms[0]!.uscc }], reason: '供电公司来函' };
  await done(operator.post('/api/ingestion/feeds/utility.usage/accounts', mapping));
  const allowed = { uscc: '91320505MA1XT00150', reason: '登记机关书面确认' };
  await done(operator.post('/api/ingestion/allowed-codes', allowed));
}

/** What a client that takes gzip gets over the line. */
async function gzippedBytes(url: string): Promise<number> {
  const [response] = (await once(get(url, { headers: { 'accept-encoding': 'gzip' } }), 'response')) as [
    IncomingMessage,
  ];
  let bytes = 0;
  for await (const chunk of response) bytes += (chunk as Buffer).length;
  return bytes;
}

const odd = [
  /\{\w+\}|\bundefined\b|\bNaN\b|\[object/g,
  /\b(?:MONTHS|BP|FEN|LEVEL|UNSECURED|ASKED|CONSENTED|ASSIGNED|TAKEN)\b|\b[A-Z]+_[A-Z_]+\b/g,
];

/** A key, a place without its value, or a code that nobody put into words. */
const untranslated = (words: string, name: string): string[] =>
  odd.flatMap((pattern) => words.match(pattern) ?? []).map((word) => `${name}: says ${word}`);
