export type Repayment = 'INTEREST_FIRST' | 'EQUAL_INSTALMENT' | 'EQUAL_PRINCIPAL' | 'BULLET';

export interface Terms {
  readonly amountFen: bigint;
  readonly annualRateBp: number;
  readonly termMonths: number;
  readonly repayment: Repayment;
  /** Paid once, on the day of the money. */
  readonly feesFen: bigint;
}

export interface Payment {
  readonly month: number;
  readonly principalFen: bigint;
  readonly interestFen: bigint;
  readonly balanceFen: bigint;
}

export interface Cost {
  readonly interestFen: bigint;
  readonly feesFen: bigint;
  readonly totalFen: bigint;
  /** Interest and fees over the money in hand, a year, in basis points: as the service reckons it. */
  readonly annualCostBp: number;
}

/** The plan month by month, with months of one twelfth of a year; interest is rounded to the fen in each month. */
export function planOf(terms: Terms): Payment[] {
  const plan: Payment[] = [];
  let balance = terms.amountFen;
  let accrued = 0n;
  for (let month = 1; month <= terms.termMonths; month += 1) {
    const last = month === terms.termMonths;
    const interest = monthlyInterest(terms.repayment === 'BULLET' ? terms.amountFen : balance, terms.annualRateBp);
    const principal = last ? balance : principalOf(terms, balance, interest);
    accrued += interest;
    const due = terms.repayment === 'BULLET' ? (last ? accrued : 0n) : interest;
    balance -= principal;
    plan.push({ month, principalFen: principal, interestFen: due, balanceFen: balance });
  }
  return plan;
}

function principalOf(terms: Terms, balance: bigint, interest: bigint): bigint {
  switch (terms.repayment) {
    case 'EQUAL_PRINCIPAL':
      return terms.amountFen / BigInt(terms.termMonths);
    case 'EQUAL_INSTALMENT': {
      const principal = instalmentOf(terms) - interest;
      return principal < balance ? principal : balance;
    }
    default:
      return 0n;
  }
}

/** Rounded half up to the fen. */
function monthlyInterest(balance: bigint, annualRateBp: number): bigint {
  return (balance * BigInt(annualRateBp) * 2n + 120_000n) / 240_000n;
}

/** The annuity is a figure to compare by; its last month takes up what rounding leaves. */
function instalmentOf({ amountFen, annualRateBp, termMonths }: Terms): bigint {
  const rate = annualRateBp / 120_000;
  const share = rate === 0 ? 1 / termMonths : rate / (1 - (1 + rate) ** -termMonths);
  return BigInt(Math.round(Number(amountFen) * share));
}

export function costOf(terms: Terms): Cost {
  const plan = planOf(terms);
  const interestFen = plan.reduce((sum, payment) => sum + payment.interestFen, 0n);
  return {
    interestFen,
    feesFen: terms.feesFen,
    totalFen: interestFen + terms.feesFen,
    annualCostBp: annualCostBp(terms),
  };
}

/** Balances in millionths of a fen, so that 360 roundings stay far below one basis point. */
const fine = 1_000_000n;

/**
 * The annual rate, and the fees spread over the money that is really in hand from month to month. Rounded up: never shown
 * cheaper than it is. The service reckons every stored offer in this way, so that what is typed shows what will be stored.
 */
function annualCostBp(terms: Terms): number {
  if (terms.feesFen === 0n) return terms.annualRateBp;
  const months = balanceMonths(terms);
  const fees = terms.feesFen * 120_000n * fine;
  return terms.annualRateBp + Number((fees + months - 1n) / months);
}

function balanceMonths({ amountFen, annualRateBp, termMonths, repayment }: Terms): bigint {
  const [amount, months] = [amountFen * fine, BigInt(termMonths)];
  if (repayment === 'INTEREST_FIRST' || repayment === 'BULLET') return amount * months;
  if (repayment === 'EQUAL_PRINCIPAL' || annualRateBp === 0) return (amount * (months + 1n)) / 2n;
  const rate = annualRateBp / 120_000;
  const share = rate / (1 - (1 + rate) ** -termMonths);
  const instalment = (amount * BigInt(Math.round(share * 1e15))) / 10n ** 15n;
  let [balance, sum] = [amount, 0n];
  for (let month = 0; month < termMonths && balance > 0n; month += 1) {
    sum += balance;
    balance += (balance * BigInt(annualRateBp)) / 120_000n - instalment;
  }
  return sum;
}
