import { addDays, addMonths, type Day, daysBetween } from '@app/kernel';

import { lastDayOf, notAfter } from './calendar.js';
import type { City, Enterprise } from './city.js';
import { institutions } from './institutions.js';
import { Random } from './random.js';
import { type Delivery, type Row, soundRow, yuanText } from './row.js';

interface Loan {
  readonly enterprise: Enterprise;
  readonly contract: string;
  readonly institution: string;
  readonly grantedYuan: number;
  readonly drawnYuan: number;
  readonly rateBp: number;
  readonly termMonths: number;
  readonly security: string;
  readonly drawnOn: Day;
  /** Repaid in equal parts each quarter, or at the end. */
  readonly instalments: boolean;
  readonly overdue: boolean;
}

/** What the institutions report at each quarter's end, and at the last month's end: a line per open contract. */
export function* loanDeliveries(city: City): Generator<Delivery> {
  const loans = loansOf(city);
  const known = new Map<string, string>();
  const { months, today } = city.calendar;
  for (const month of months) {
    if (month !== months.at(-1) && Number(month.slice(5)) % 3 !== 0) continue;
    const at = lastDayOf(month);
    const report = notAfter(today, addDays(at, 8));
    const rows = loans.flatMap((loan) => {
      const row = statement(loan, at, report, known);
      return row === undefined ? [] : [row];
    });
    yield { part: month, asOf: at, rows };
  }
}

function statement(loan: Loan, at: Day, report: Day, known: Map<string, string>): Row | undefined {
  const { enterprise, institution, contract } = loan;
  const key = `JR-${institution}-${contract}`;
  const before = known.get(key);
  const state = stateAt(loan, at);
  // A settled contract is reported once more and then no longer; one that ended before the first file never.
  if (loan.drawnOn > at || before?.endsWith('/settled') || (before === undefined && state.settledOn !== ''))
    return undefined;
  const facts = {
    key,
    uscc: enterprise.uscc,
    event: loan.drawnOn,
    report,
    op: before === undefined ? 'I' : 'U',
  } as const;
  const row = soundRow(
    facts,
    contract,
    institution,
    yuanText(loan.grantedYuan),
    yuanText(loan.drawnYuan),
    loan.rateBp,
    loan.termMonths,
    loan.security,
    yuanText(state.balanceYuan),
    state.class,
    state.overdueDays,
    state.settledOn,
  );
  const content = `${state.balanceYuan}/${state.class}/${state.overdueDays}/${state.settledOn === '' ? '' : 'settled'}`;
  known.set(key, content);
  return before === content ? { ...row, outcome: 'unchanged' } : row;
}

function stateAt(loan: Loan, at: Day): { balanceYuan: number; class: string; overdueDays: number; settledOn: string } {
  const dueOn = addMonths(loan.drawnOn, loan.termMonths);
  if (loan.overdue && at > dueOn) {
    const overdueDays = daysBetween(dueOn, at);
    const grade = overdueDays > 270 ? '损失' : overdueDays > 180 ? '可疑' : overdueDays > 90 ? '次级' : '关注';
    return { balanceYuan: loan.drawnYuan, class: grade, overdueDays, settledOn: '' };
  }
  if (at >= dueOn) return { balanceYuan: 0, class: '正常', overdueDays: 0, settledOn: dueOn };
  const quarters = Math.floor(loan.termMonths / 3);
  const passed = Math.floor(daysBetween(loan.drawnOn, at) / 91.4);
  const left = loan.instalments ? Math.max(1, quarters - passed) / quarters : 1;
  return { balanceYuan: Math.round(loan.drawnYuan * left), class: '正常', overdueDays: 0, settledOn: '' };
}

/** The larger and the more recognised, the more loans; amounts follow the last year's sales. */
function loansOf(city: City): Loan[] {
  const random = new Random(`${city.seed}/loans`);
  const lenders = institutions.filter((one) => one.lends).map((one) => one.code);
  return city.enterprises.flatMap((enterprise) => {
    const revenueYuan = enterprise.books.years.at(-1)?.revenueYuan ?? 0;
    const borrows = random.chance(0.22 + 0.13 * enterprise.tier) && revenueYuan > 500_000;
    const count = borrows ? random.int(1, 1 + Math.min(4, enterprise.tier + 1)) : 0;
    return Array.from({ length: count }, (_, index) =>
      drawLoan(random, { enterprise, revenueYuan, index, lender: random.pick(lenders), today: city.calendar.today }),
    );
  });
}

interface LoanDraw {
  readonly enterprise: Enterprise;
  readonly revenueYuan: number;
  readonly index: number;
  readonly lender: string;
  readonly today: Day;
}

function drawLoan(random: Random, { enterprise, revenueYuan, index, lender, today }: LoanDraw): Loan {
  const raw = revenueYuan * random.between(0.04, 0.18);
  const grantedYuan = Math.min(80_000_000, Math.max(200_000, Math.round(raw / 100_000) * 100_000));
  const drawn = addDays(today, -random.int(40, 1_000));
  const earliest = addMonths(enterprise.establishedOn, 4);
  return {
    enterprise,
    contract: `${drawn.slice(0, 4)}${enterprise.no}${index + 1}`,
    institution: lender,
    grantedYuan,
    drawnYuan: random.chance(0.7) ? grantedYuan : Math.round(grantedYuan * 0.6),
    rateBp: Math.round(random.between(310, 520) - enterprise.tier * 12 + (enterprise.distressed ? 90 : 0)),
    termMonths: random.pick([12, 12, 12, 24, 36]),
    security: random.pick(['信用', '信用', '保证', '抵押', '质押']),
    drawnOn: drawn > earliest ? drawn : notAfter(today, earliest),
    instalments: random.chance(0.4),
    overdue: enterprise.distressed && random.chance(0.5),
  };
}
