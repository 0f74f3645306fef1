import type { Acceptable, Column, Contract } from '../contract/contract.rules.js';
import type { Fault } from '../row/fault.rules.js';

const isOf = (fault: Pick<Fault, 'code' | 'pointer'>, { code, field }: Acceptable): boolean =>
  fault.code === code && fault.pointer === `/${field}`;

/** Whether the contract lets two people accept a row in spite of all that is wrong with it. */
export const isAcceptable = ({ acceptable = [] }: Contract, faults: readonly Fault[]): boolean =>
  faults.length > 0 && faults.every((fault) => acceptable.some((one) => isOf(fault, one)));

/** Whether rows that have this fault and no other may be accepted. */
export const allowsFault = (contract: Contract, fault: Pick<Fault, 'code' | 'pointer'>): boolean =>
  (contract.acceptable ?? []).some((one) => isOf(fault, one));

/** The contract without the rules that were accepted to be broken; everything else is checked as ever. */
export const relaxed = (contract: Contract, faults: readonly Fault[]): Contract =>
  faults.length === 0
    ? contract
    : {
        ...contract,
        columns: contract.columns.map((column) =>
          faults.filter(({ pointer }) => pointer === `/${column.name}`).reduce(without, column),
        ),
      };

/** Texts that a record may hold at most, accepted or not. */
const textLengthMax = 2_000;

function without(column: Column, { code }: Fault): Column {
  switch (code) {
    case 'NUMBER_RANGE':
      return { ...column, min: -Number.MAX_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER };
    case 'MONEY_NEGATIVE':
      return { ...column, negative: true };
    case 'CODE_UNKNOWN':
    case 'CODE_NOT_IN_FORCE':
      return { ...column, type: 'text' };
    case 'TEXT_PATTERN':
      // The empty pattern is in every text.
      return { ...column, pattern: '' };
    case 'TEXT_TOO_LONG':
      return { ...column, maxLength: textLengthMax };
    case 'FIELD_REQUIRED':
      return { ...column, required: false };
    default:
      return column;
  }
}
