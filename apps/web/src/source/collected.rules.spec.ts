import { collectedOf, found, type Source } from './collected.rules.js';

const tax = { feed: 'tax.vat-return', title: '增值税申报', basis: 'AUTHORISED', allowedUse: '征信报告' } as const;
const honours = { feed: 'district.honour', title: '区县荣誉', basis: 'PUBLIC', allowedUse: '画像' } as const;
const sources: Source[] = [
  { code: 'TAX', name: '税务局', kind: 'DEPARTMENT', feeds: [tax] },
  { code: 'KS', name: '昆山市', kind: 'DISTRICT', feeds: [honours] },
  { code: 'TC', name: '太仓市', kind: 'DISTRICT', feeds: [honours] },
];

describe('what is collected', () => {
  it('names a feed once, with all who supply it', () => {
    expect(collectedOf(sources)).toEqual([
      { ...tax, sources: ['税务局'], codes: ['TAX'], kinds: ['DEPARTMENT'] },
      { ...honours, sources: ['昆山市', '太仓市'], codes: ['KS', 'TC'], kinds: ['DISTRICT'] },
    ]);
  });

  it.each([
    ['太仓', undefined, ['district.honour']],
    ['增值税', undefined, ['tax.vat-return']],
    ['VAT', undefined, ['tax.vat-return']],
    ['', 'PUBLIC', ['district.honour']],
    ['增值税', 'PUBLIC', []],
    ['  ', undefined, ['tax.vat-return', 'district.honour']],
  ] as const)('is found by "%s" and %s', (words, basis, feeds) => {
    expect(found(collectedOf(sources), words, basis).map(({ feed }) => feed)).toEqual(feeds);
  });
});
