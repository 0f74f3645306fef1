import { formOf, referenceOf } from './upload.rules.js';

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
});
