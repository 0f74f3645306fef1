import type { Contract } from '../src/contract/contract.rules.js';

/** A small contract with everything that must be there. */
export const aContract = (wish: Partial<Contract> = {}): Contract => ({
  feed: 'town.library',
  version: '1',
  effectiveFrom: '2026-01-01',
  title: '借阅',
  sources: ['SCJG'],
  sourceName: '图书馆',
  basis: 'PUBLIC',
  freshnessDays: 30,
  allowedUse: '画像',
  publicity: { recordType: 'PUBLIC_RECORD' },
  retention: { years: 5, from: 'event_date', after: 'ARCHIVE', source: '设计值' },
  columns: [
    { header: '书名', name: 'title', type: 'text', required: true, maxLength: 100 },
    { header: '类别', name: 'kind', type: 'code', codes: ['科技', '文学'] },
    { header: '押金(元)', name: 'pledge', type: 'money', unit: 'yuan' },
  ],
  ...wish,
});
