import { aContract } from '../../test/a-contract.js';
import { totalsCheckOf } from './totals.rules.js';

const contract = aContract({ delivery: { totals: { marker: '合计', count: 'uscc', sums: ['pledge'] } } });
const row = (line: number, key: string, uscc: string, pledge: string) => ({
  line,
  cells: [key, uscc, '', '', '', '', '', pledge],
});

function checked(...rows: ReturnType<typeof row>[]) {
  const check = totalsCheckOf(contract)!;
  return { records: check.take(rows).map(({ cells }) => cells[0]), fault: check.fault() };
}

describe('the totals of a file', () => {
  it('are no record, and say nothing when they are right to the last fen', () => {
    const { records, fault } = checked(row(2, 'A', 'x', '0.10'), row(3, 'B', 'x', '0.2'), row(4, '合计', '2', '0.3'));
    expect([records, fault]).toEqual([['A', 'B'], undefined]);
  });

  it.each([
    ['too few rows', [row(2, '合计', '1', '0')], 2],
    ['another sum', [row(2, 'A', 'x', '1'), row(3, '合计', '1', '2')], 3],
    ['rows behind them', [row(2, '合计', '1', '1'), row(3, 'A', 'x', '1')], 3],
    ['no totals at all', [row(2, 'A', 'x', '1')], undefined],
    ['totals that are no number', [row(2, 'A', 'x', '1'), row(3, '合计', '一', '1')], 3],
  ])('tell of %s', (_what, rows, line) => {
    expect(checked(...rows).fault).toMatchObject({ code: 'FILE_TOTALS', ...(line !== undefined && { line }) });
  });

  it('do not stand in the way of a row whose amount is no number: that row is set aside for it', () => {
    expect(checked(row(2, 'A', 'x', 'viel'), row(3, 'B', 'x', '1'), row(4, '合计', '2', '1')).fault).toBeUndefined();
  });
});
