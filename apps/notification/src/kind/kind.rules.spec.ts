import { languages } from './kind-shape.rules.js';
import { isKind, kindNames, kindOf, webhookKinds } from './kind.rules.js';
import { money, onlyNamed, render } from './text.rules.js';

const placesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);

describe('kinds of notices', () => {
  it.each(kindNames)('%s: texts in both languages hold exactly what the kind names', (name) => {
    const kind = kindOf(name);
    const titles = languages.map((language) => [kind.title[language], kind.text[language]]);
    for (const texts of titles) for (const text of texts) expect(text.trim()).not.toBe('');
    const used = [...titles.flat(), kind.link ?? ''].flatMap(placesIn);
    expect(used.filter((place) => !kind.variables.includes(place))).toEqual([]);
  });

  it.each(kindNames)('%s: both languages say the same things', (name) => {
    const { title, text } = kindOf(name);
    const [zh, en] = languages.map((language) => new Set(placesIn(title[language] + text[language])));
    expect(zh).toEqual(en);
  });

  it('never name an enterprise to a bank', () => {
    const bank = kindNames.filter((name) => kindOf(name).to.some((to) => to === 'MANAGER' || to === 'ADMINS'));
    const telling = [...bank, ...webhookKinds].flatMap((name) => [...kindOf(name).variables]);
    expect(telling.filter((place) => /uscc|enterprise|^name|contact|phone/i.test(place))).toEqual([]);
  });

  it('are what is in the tables', () => {
    expect([isKind('need.grabbed'), isKind('need.forgotten'), isKind('toString')]).toEqual([true, false, false]);
  });
});

describe('texts of notices', () => {
  const grabbed = { institution: '苏州银行', needId: 'n', needAmountFen: '500000000', intendedFen: '123456' };

  it('are in the language of the reader', () => {
    expect(render('need.grabbed', grabbed, 'zh').text).toContain(
      '苏州银行接下了您 500 万元的融资需求，拟贷 1,234.56 元',
    );
    expect(render('need.grabbed', grabbed, 'en').text).toContain('CNY 5,000,000, with CNY 1,234.56 in mind');
  });

  it('say codes in words, and what is not known as unknown', () => {
    const declined = { ...grabbed, reason: 'POOR_CREDIT' };
    expect(render('grab.declined', declined, 'zh').text).toContain('征信不良');
    expect(render('grab.declined', { ...declined, reason: null }, 'en').text).toContain('unknown');
  });

  it('say places, industries and what a limit bounds as people do', () => {
    const lost = { industry: '3921', district: '320509', needAmountFen: '350000000' };
    expect(render('case.lost', lost, 'zh').text).toContain('需求（计算机通信电子·吴江区·350 万元）');
    expect(render('case.lost', { ...lost, district: '110000' }, 'en').text).toContain('110000');
    const crossed = { what: 'overSubscriptionBp', thresholdBp: 9_500, used: '1500000000', limit: '1500000000' };
    expect(render('headroom.crossed', crossed, 'zh').text).toBe(
      '拟贷金额之和 已用 1,500 万元，限额 1,500 万元，超过 95.00%。',
    );
    const open = { ...crossed, what: 'maxOpenGrabsPerManager', used: '10', limit: '10' };
    expect(render('headroom.crossed', open, 'en').text).toBe(
      'open cases of the manager: 10 of 10 are used, past 95.00%.',
    );
  });

  it('say what a limit left above it as what it is: numbers of banks, shares of the need', () => {
    const held = { changeId: 'c', limit: 2, granted: 4, holders: 3, effectiveFrom: '2026-11-30T16:00:00.000Z' };
    expect(render('limit.held', { ...held, what: 'maxGrabsPerNeed' }, 'zh').text).toContain(
      '单个需求的银行家数 自 2026-12-01 00:00 起为 2；有 3 个对象持有更多，最多 4',
    );
    const shares = { ...held, what: 'overSubscriptionBp', limit: 20_000, granted: 30_000 };
    expect(render('limit.held', shares, 'en').text).toContain(
      'is 200.00% from 2026-12-01 00:00; 3 hold more, up to 300.00%',
    );
  });

  it('keep nothing that the kind does not name', () => {
    expect(onlyNamed('need.published', { ...grabbed, uscc: '91320505MA1XT00150' })).toEqual({
      needId: 'n',
      needAmountFen: '500000000',
    });
  });

  it('put nothing into a link that could change its way', () => {
    expect(render('offer.made', { needId: '../x?y=1' }, 'zh').link).toBe('/enterprise/offers?need=..%2Fx%3Fy%3D1');
  });

  it.each([
    [100n, '1 元', 'CNY 1'],
    [99n, '0.99 元', 'CNY 0.99'],
    [999_999n, '9,999.99 元', 'CNY 9,999.99'],
    [1_000_000n, '1 万元', 'CNY 10,000'],
    [123_456_700_000_000n, '123,456,700 万元', 'CNY 1,234,567,000,000'],
  ])('write %s fen as money', (fen, zh, en) => {
    expect([money(fen, 'zh'), money(fen, 'en')]).toEqual([zh, en]);
  });
});
