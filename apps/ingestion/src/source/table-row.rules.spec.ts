import type { SourceTable } from '../connector/connector.rules.js';
import { cursorOfPlace, lineOf, placeOfCursor, quoted } from './table-row.rules.js';

const table: SourceTable = {
  feed: 'x',
  table: 'v_usage',
  watermark: { column: 'changed_at', type: 'TIMESTAMP' },
  key: { column: 'id', type: 'NUMBER' },
  columns: { record_key: 'id', event_date: 'd', kind: 'k', month: 'm', due: 'f', insured: 'n' },
  codes: { kind: { '1': '水' } },
};
const types = new Map([
  ['kind', 'code'],
  ['month', 'month'],
  ['due', 'money'],
  ['insured', 'integer'],
] as const);
const row = {
  record_key: '7',
  event_date: '2026-03-31 00:00:00',
  kind: '1',
  month: '2026-03-01',
  due: '12.5000',
  insured: '4.00',
};

describe('a row of a table', () => {
  it('becomes the line that a file of the feed would have', () => {
    expect(JSON.parse(lineOf(row, table, types))).toEqual({
      record_key: '7',
      event_date: '2026-03-31',
      kind: '水',
      month: '2026-03',
      due: '12.5',
      insured: '4',
      op: 'U',
    });
  });

  it('keeps what it does not understand, so that the row is set aside for it', () => {
    const odd = { ...row, kind: '9', month: 'März', due: '1.2345', insured: '4.5', event_date: null };
    expect(JSON.parse(lineOf(odd, table, types))).toMatchObject({
      kind: '9',
      month: 'März',
      due: '1.2345',
      insured: '4.5',
      event_date: '',
    });
  });

  it.each([
    ['true', 'D'],
    ['1', 'D'],
    ['t', 'D'],
    ['0', 'U'],
    [null, 'U'],
  ])('that says %s of its withdrawal is %s', (said, op) => {
    const line = lineOf({ ...row, withdrawn_by_source: said }, table, types);
    expect((JSON.parse(line) as { op: string }).op).toBe(op);
  });

  it('is found again by its cursor, whatever its key holds', () => {
    const place = { watermark: '2026-11-23 09:00:00.123456', key: 'a"],[' };
    expect(placeOfCursor(cursorOfPlace(place))).toEqual(place);
    expect(placeOfCursor('')).toBeUndefined();
    expect(quoted('open.order', '"')).toBe('"open"."order"');
  });
});
