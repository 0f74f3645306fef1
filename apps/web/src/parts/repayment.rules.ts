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
  /** Interest and fees as a simple yearly rate (twelve times the monthly internal rate), in basis points. */
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
    annualCostBp: annualCostBp(Number(terms.amountFen - terms.feesFen), plan),
  };
}

/** Finds the rate at which the payments are worth what arrived; halving is slow and cannot miss. */
function annualCostBp(received: number, plan: readonly Payment[]): number {
  if (received <= 0) return 0;
  let [low, high] = [0, 1];
  for (let round = 0; round < 60; round += 1) {
    const rate = (low + high) / 2;
    const worth = plan.reduce(
      (sum, { month, principalFen, interestFen }) => sum + Number(principalFen + interestFen) / (1 + rate) ** month,
      0,
    );
    if (worth > received) low = rate;
    else high = rate;
  }
  return Math.round(low * 120_000);
}
