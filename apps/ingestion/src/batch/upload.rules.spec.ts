import { formOf, isOwnReference, referenceOf } from './upload.rules.js';

describe('the heading of a delivery', () => {
  it.each([
    ['text/csv', { form: 'CSV', charset: null }],
    ['Text/CSV; Charset="GB18030"', { form: 'CSV', charset: 'GB18030' }],
    ['text/csv; header=present; charset=utf-8', { form: 'CSV', charset: 'utf-8' }],
    ['application/x-ndjson', { form: 'NDJSON', charset: null }],
    ['text/plain', { form: 'FIXED', charset: null }],
    ['application/zip', { form: 'ZIP', charset: null }],
    ['application/xml; charset=GBK', { form: 'XML', charset: 'GBK' }],
    ['text/html', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%s is %j', (header, form) => {
    expect(formOf(header)).toEqual(form);
  });

  it('has a reference of 1 to 200 printable characters', () => {
    expect(referenceOf(' 2026-01 Lauf 1 ')).toBe('2026-01 Lauf 1');
    for (const header of [undefined, '', '  ', 'x'.repeat(201), '一月', ['a', 'b']])
      expect(referenceOf(header)).toBeUndefined();
  });

  it('leaves to the service the references that it gives itself, and all others to the sources', () => {
    const id = '0190aaaa-0000-7000-8000-000000000000';
    const own = [
      `replay-${id}-${id}`,
      `resolve-${id}-2`,
      `workbench-${id}`,
      'topic-hr.staff-0-20',
      `drop-a.csv-${'0'.repeat(32)}`,
      'pull-tech.staff-start',
      'table-tech.staff-7',
    ];
    for (const reference of own)
      expect([reference, isOwnReference('tech.staff', reference)]).toEqual([reference, true]);
    for (const reference of [
      'account-1',
      'pull-1',
      'drop-a.csv',
      'topic-1',
      'replay of May',
      id,
      'pull-tax.vat-return-1',
      'table-2',
    ])
      expect([reference, isOwnReference('tech.staff', reference)]).toEqual([reference, false]);
  });
});
