import { recordset } from './recordset.rules.js';

const seats = recordset({ id: 'uuid', name: 'text', taken: 'integer', at: 'timestamptz', detail: 'jsonb' }, 3);

describe('a recordset', () => {
  it('stands after FROM with a parameter for each column, from the first that is free', () => {
    expect(seats.sql).toBe(
      'unnest($3::uuid[], $4::text[], $5::integer[], $6::timestamptz[], $7::jsonb[]) as row (id, name, taken, at, detail)',
    );
    expect(seats.next).toBe(8);
  });

  it('writes an array for each column', () => {
    const at = new Date('2026-11-23T01:02:03.004Z');
    const rows = [
      { id: 'a', name: '科技"支行"', taken: 5, at, detail: { fen: '1' } },
      { id: 'b', name: String.raw`a\b`, taken: null, at: undefined, detail: null },
    ];
    expect(seats.parameters(rows)).toEqual([
      '{"a","b"}',
      String.raw`{"科技\"支行\"","a\\b"}`,
      '{5,NULL}',
      '{"2026-11-23T01:02:03.004Z",NULL}',
      String.raw`{"{\"fen\":\"1\"}",NULL}`,
    ]);
  });

  it('is empty without rows', () => {
    expect(seats.parameters([])).toEqual(['{}', '{}', '{}', '{}', '{}']);
  });
});
