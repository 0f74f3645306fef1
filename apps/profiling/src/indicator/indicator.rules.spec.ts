import { day } from '@app/kernel';

import { record, registry, run, valueOf } from '../../test/records-of-one.js';
import { industryField } from './risk.rules.js';

describe('indicators', () => {
  it('say where they come from', () => {
    const source = registry();
    expect(valueOf(run([source]).inputs, 'PAID_IN_CAPITAL')).toEqual({
      code: 'PAID_IN_CAPITAL',
      value: '500000000',
      unit: 'FEN',
      source: 'registry.enterprise',
      asOf: '2026-03-31',
      recordKey: source.recordKey,
      recordVersion: 1,
    });
  });

  it('are not known without records, except where silence is the finding', () => {
    const { inputs, profile } = run([registry()]);
    for (const code of ['REVENUE', 'RD_EXPENSE', 'RD_STAFF', 'DEBT_RATIO', 'UTILITY_ARREARS', 'TAX_CREDIT'])
      expect(valueOf(inputs, code)).toMatchObject({ value: null, asOf: null, recordKey: null });
    for (const code of ['IP_CLASS1', 'IP_CLASS2', 'ENFORCEMENTS', 'PENALTIES_3Y', 'TITLES_VALID'])
      expect(valueOf(inputs, code)).toMatchObject({ value: 0, recordKey: null });
    expect(profile.portrait.missing).toContain('REVENUE');
    expect(valueOf(inputs, 'AGE')?.value).toBe(90);
    expect(valueOf(inputs, 'PAID_IN_SHARE')?.value).toBe(5_000);
  });

  it('take the return before the annual report, the latest full year, and nothing older than two', () => {
    const report = record('registry.annual-report', { year: 2025, revenue: '900', net_profit: '90' });
    const declared = record('tax.income-return', { year: 2025, revenue: '1000', profit: '-50', rd_expense: '60' });
    const before = record('tax.income-return', { year: 2024, revenue: '800', profit: '10', rd_expense: '80' });
    const thisYear = record('tax.income-return', { year: 2026, revenue: '7', profit: '7', rd_expense: '7' });
    const all = run([report, declared, before, thisYear]).inputs;
    expect(valueOf(all, 'REVENUE')).toMatchObject({ value: '1000', source: 'tax.income-return' });
    expect(valueOf(all, 'REVENUE_GROWTH')?.value).toBe(2_500);
    expect(valueOf(all, 'PROFIT_MARGIN')?.value).toBe(-500);
    expect(valueOf(all, 'RD_GROWTH')?.value).toBe(-2_500);
    expect(valueOf(all, 'RD_TO_REVENUE')?.value).toBe(600);
    expect(valueOf(run([report]).inputs, 'REVENUE')).toMatchObject({ value: '900', source: 'registry.annual-report' });
    const old = record('tax.income-return', { year: 2023, revenue: '5' });
    expect(valueOf(run([old]).inputs, 'REVENUE')?.value).toBeNull();
  });

  it('compare twelve months with the same months a year earlier', () => {
    const months = Array.from(
      { length: 24 },
      (_, index) => `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
    );
    const returns = months.map((period, index) =>
      record('tax.vat-return', { period, sales: index < 12 ? '100' : '110' }, { eventDate: day(`${period}-28`) }),
    );
    expect(valueOf(run(returns).inputs, 'VAT_SALES_GROWTH')).toMatchObject({ value: 1_000, asOf: '2025-12-28' });
    expect(valueOf(run(returns.slice(0, 17)).inputs, 'VAT_SALES_GROWTH')?.value).toBeNull();
    expect(valueOf(run(returns.slice(0, 18)).inputs, 'VAT_SALES_GROWTH')?.value).toBe(1_000);
  });

  it('count what still stands against an enterprise', () => {
    const entry = (filed_on: string, removed_on: string | null) =>
      record('court.enforcement', { kind: '被执行', filed_on, removed_on });
    const penalty = (decided_on: string) =>
      record('penalty.decision', { offence: '未按期公示', kind: '罚款', decided_on });
    const meter = (account: string, month: string, arrears: string) =>
      record('utility.usage', { account, kind: '电', month, arrears });
    const { inputs } = run([
      entry('2025-01-01', null),
      entry('2025-01-01', '2026-11-23'),
      entry('2025-01-01', '2026-11-24'),
      entry('2026-12-01', null),
      penalty('2023-11-23'),
      penalty('2023-11-24'),
      meter('1', '2026-09', '500'),
      meter('1', '2026-10', '20'),
      meter('2', '2026-08', '3'),
      record('finance.loan', { overdue_days: 12, settled_on: null }),
      record('finance.loan', { overdue_days: 90, settled_on: '2026-01-01' }),
    ]);
    expect(valueOf(inputs, 'ENFORCEMENTS')?.value).toBe(2);
    expect(valueOf(inputs, 'PENALTIES_3Y')?.value).toBe(1);
    expect(valueOf(inputs, 'UTILITY_ARREARS')?.value).toBe('23');
    expect(valueOf(inputs, 'LOAN_OVERDUE')?.value).toBe(12);
  });

  it.each([
    ['C3911', 2n],
    ['I6513', 2n],
    ['C1761', 1n],
    ['M7452', 2n],
    ['M7481', 1n],
    ['F5164', 0n],
    [null, null],
  ])('put industry %s into field %s', (industry, field) => {
    expect(industryField(industry)).toBe(field);
  });
});
