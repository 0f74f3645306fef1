import { columnsOf, type Contract, type Totals } from '../contract/contract.rules.js';
import type { FileProblem } from './header.rules.js';

interface CountedRow {
  line: number;
  cells: readonly string[];
}

/** Sums are exact to six places behind the point, as cells are. */
const scale = 6;
const decimal = /^(-?)(\d{1,30})(?:\.(\d{1,6}))?$/;

/** The check of a file's last row, where the contract has one; whoever reads hands it every row on its way. */
export function totalsCheckOf(contract: Contract): TotalsCheck | undefined {
  const totals = contract.delivery?.totals;
  return totals && new TotalsCheck(contract, totals);
}

/** Counts and sums along, takes the totals row out, and says at the end whether it told the truth. */
export class TotalsCheck {
  private readonly countAt: number;
  private readonly sums: { name: string; at: number; sum: bigint | undefined }[];
  private count = 0;
  private told: CountedRow | undefined;
  private after: CountedRow | undefined;

  constructor(
    contract: Contract,
    private readonly totals: Totals,
  ) {
    const columns = columnsOf(contract);
    const placeOf = (name: string) => columns.findIndex((column) => column.name === name);
    this.countAt = placeOf(totals.count);
    this.sums = (totals.sums ?? []).map((name) => ({
      name: columns[placeOf(name)]!.header,
      at: placeOf(name),
      sum: 0n,
    }));
  }

  take<Row extends CountedRow>(rows: readonly Row[]): Row[] {
    return rows.filter((row) => this.isRecord(row));
  }

  /** What is wrong with the totals; undefined when all is well. */
  fault(): FileProblem | undefined {
    if (!this.told)
      return problem(
        undefined,
        `缺少“${this.totals.marker}”行，文件可能被截断`,
        `the row ${this.totals.marker} is missing: the file may be cut`,
      );
    const { line, cells } = this.told;
    if (this.after) return problem(this.after.line, '合计行之后还有数据', 'there are rows after the totals');
    const count = cells[this.countAt]?.trim() ?? '';
    if (count !== String(this.count))
      return problem(
        line,
        `合计行称有 ${count} 行，实际 ${this.count} 行`,
        `the totals tell of ${count} rows, there are ${this.count}`,
      );
    for (const { name, at, sum } of this.sums) {
      const told = scaled(cells[at]?.trim() ?? '');
      // Where a row's cell is no number, the row is set aside for that and the sum cannot be checked.
      if (sum === undefined || told === sum) continue;
      const found = unscaled(sum);
      return problem(
        line,
        `“${name}”合计为 ${cells[at]}，实际 ${found}`,
        `${name} sums up to ${found}, the totals say ${cells[at]}`,
      );
    }
    return undefined;
  }

  private isRecord(row: CountedRow): boolean {
    if (row.cells[0]?.trim() === this.totals.marker && !this.told) {
      this.told = row;
      return false;
    }
    if (this.told) this.after ??= row;
    this.count += 1;
    for (const one of this.sums) one.sum = added(one.sum, row.cells[one.at]?.trim() ?? '');
    return true;
  }
}

const added = (sum: bigint | undefined, cell: string): bigint | undefined => {
  if (sum === undefined || cell === '') return sum;
  const value = scaled(cell);
  return value === undefined ? undefined : sum + value;
};

function scaled(cell: string): bigint | undefined {
  const parts = decimal.exec(cell);
  if (!parts) return undefined;
  const [, sign, whole, fraction = ''] = parts;
  const value = BigInt(whole + fraction.padEnd(scale, '0'));
  return sign === '-' ? -value : value;
}

const unscaled = (value: bigint): string => {
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const fraction = digits.slice(-scale).replace(/0+$/, '');
  return `${value < 0n ? '-' : ''}${digits.slice(0, -scale)}${fraction === '' ? '' : `.${fraction}`}`;
};

const problem = (line: number | undefined, zh: string, en: string): FileProblem => ({
  code: 'FILE_TOTALS',
  zh: `${zh}；请核对后重新报送，本批未采用任何数据`,
  en: `${en}: check the file and deliver it again, nothing of it was taken`,
  ...(line !== undefined && { line }),
});
