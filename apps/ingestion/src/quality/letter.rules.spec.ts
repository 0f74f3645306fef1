import { fc, test } from '@fast-check/jest';

import { type LetterFeed, type LetterFigures, letterOf, markdownOf, pageOfLetter } from './letter.rules.js';

const aFeed = (wish: Partial<LetterFeed> = {}): LetterFeed => ({
  feed: 'tax.vat-return',
  title: '增值税申报',
  deliveries: 2,
  failed: 0,
  read: 1_000,
  accepted: 900,
  setAside: 25,
  records: 900,
  findings: 3,
  score: 9_512,
  scoreBefore: null,
  newestReportDate: '2026-10-20',
  promisedDays: 35,
  lateDays: 0,
  ...wish,
});
const aMonth = (wish: Partial<LetterFigures> = {}): LetterFigures => ({
  source: 'TAX',
  sourceName: '国家税务总局苏州市税务局',
  month: '2026-10',
  issuedOn: '2026-11-01',
  feeds: [aFeed()],
  reasons: [],
  findings: [],
  ...wish,
});

describe('a letter', () => {
  it('says what came, what was wrong with it, and what to do', () => {
    const text = markdownOf(
      letterOf(
        aMonth({
          feeds: [aFeed({ lateDays: 4 })],
          reasons: [{ feed: 'tax.vat-return', code: 'MONEY_NEGATIVE', zh: '金额不应为负', rows: 25 }],
          findings: [{ feed: 'tax.vat-return', kind: 'JUMP', field: 'sales', keys: ['V-1'], count: 3 }],
        }),
      ),
    );
    expect(text).toContain('# 数据质量月报（2026年10月）');
    expect(text).toContain('共收到报送 2 批、1000 行，其中 25 行未能入库（2.50%）');
    expect(text).toContain('95.1（—）');
    expect(text).toContain('- 增值税申报有 4 天超过约定的 35 天时限');
    expect(text).toContain('“金额不应为负”共 25 行');
    expect(text).toContain('请核对金额单位是元还是万元');
  });

  it('is short where there is nothing to say', () => {
    const none = aFeed({
      deliveries: 0,
      read: 0,
      accepted: 0,
      setAside: 0,
      score: null,
      newestReportDate: null,
      lateDays: null,
    });
    const text = markdownOf(letterOf(aMonth({ feeds: [none] })));
    expect(text).toContain('本月未收到贵单位报送的数据。');
    expect(text).toContain('继续保持，无须处理。');
  });

  test.prop([fc.string({ unit: fc.constantFrom('|', '<', '>', '"', '&', '\n', '*', '[', 'x', '`') })])(
    'is not broken by what stands in the data',
    (key) => {
      const blocks = letterOf(
        aMonth({ findings: [{ feed: 'a.b', kind: 'RANGE', field: 'f', keys: [key], count: 1 }] }),
      );
      const plain = letterOf(aMonth({ findings: [{ feed: 'a.b', kind: 'RANGE', field: 'f', keys: ['x'], count: 1 }] }));
      const tags = (page: string) => page.match(/<[a-z/!]/g)?.length;
      expect(tags(pageOfLetter(blocks))).toBe(tags(pageOfLetter(plain)));
      expect(markdownOf(blocks).split('\n')).toHaveLength(markdownOf(plain).split('\n').length);
    },
  );
});
