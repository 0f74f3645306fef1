import { checkUscc, parseDay } from '@app/kernel';

import type { Contract } from '../contract/contract.rules.js';
import { type CellCheck, type CellContext, cellCheckOf, isStorable } from './cell.rules.js';
import type { Fault, FaultCode } from './fault.rules.js';
import { remembering } from './remembering.rules.js';

type Op = 'I' | 'U' | 'D';

/** A row that may become a record. */
export interface CheckedRow {
  key: string;
  uscc: string;
  op: Op;
  eventDate: string;
  reportDate: string;
  /** The fields as JSON text in the contract's order; empty ones are left out, so that equal contents are equal texts. */
  fields: string;
}

/** What a row is checked against, as it was when the batch arrived. */
export interface RowContext {
  today: string;
  allowedCodes: ReadonlySet<string>;
  /** uscc by account; the account is the values of the contract's `accountBy`, joined by `|`. */
  accounts: ReadonlyMap<string, string>;
  /** What is known of rows without a code and account: the uscc, null while it waits, undefined when the row says nothing. */
  claimedBy?: ((cells: readonly string[]) => { uscc: string | null } | undefined) | undefined;
}

export type RowCheck = (cells: readonly string[]) => CheckedRow | Fault[];

const keyLengthMax = 200;

/** The check of one batch's rows: cells in the order of `columnsOf(contract)`. */
export function rowCheckOf(contract: Contract, context: RowContext): RowCheck {
  const checks = contract.columns.map((column, place) => ({
    name: JSON.stringify(column.name),
    pointer: `/${column.name}`,
    required: column.required === true,
    place: place + 5,
    check: cellCheckOf(column),
  }));
  const codeOf = usccReader(contract, context);
  const dayOf = remembering((text: string) => parseDay(text));
  return (cells) => {
    const faults: Fault[] = [];
    const key = cells[0]!.trim();
    if (key === '') faults.push({ code: 'KEY_MISSING', pointer: '/record_key' });
    else if (key.length > keyLengthMax || !isStorable(key))
      faults.push({ code: 'KEY_INVALID', pointer: '/record_key' });
    const uscc = codeOf(cells, faults);
    const eventDate = dayOf(cells[2]!.trim());
    const reportDate = dayOf(cells[3]!.trim());
    checkDates(eventDate, reportDate, context.today, faults);
    const op = cells[4]!.trim();
    if (op !== 'I' && op !== 'U' && op !== 'D') faults.push({ code: 'OP_UNKNOWN', pointer: '/op' });
    const cellContext = { eventDate: eventDate ?? context.today, today: context.today, withdraws: op === 'D' };
    const fields = fieldsOf(checks, cells, cellContext, faults);
    if (faults.length > 0) return faults;
    return { key, uscc, op: op as Op, eventDate: eventDate!, reportDate: reportDate!, fields };
  };
}

interface PlacedCheck {
  name: string;
  pointer: string;
  required: boolean;
  place: number;
  check: CellCheck;
}

interface RowCellContext extends CellContext {
  withdraws: boolean;
}

/** A withdrawal names the record; what else it says is checked but may be empty. */
function fieldsOf(checks: PlacedCheck[], cells: readonly string[], context: RowCellContext, faults: Fault[]): string {
  let json = '';
  for (const { name, pointer, required, place, check } of checks) {
    const cell = cells[place]!.trim();
    if (cell === '') {
      if (required && !context.withdraws) faults.push({ code: 'FIELD_REQUIRED', pointer });
      continue;
    }
    const result = check(cell, context);
    if (typeof result === 'string') faults.push({ code: result, pointer });
    else json += `${json === '' ? '' : ','}${name}:${result.json}`;
  }
  return `{${json}}`;
}

function checkDates(event: string | undefined, report: string | undefined, today: string, faults: Fault[]): void {
  if (event === undefined) faults.push({ code: 'DATE_INVALID', pointer: '/event_date' });
  if (report === undefined) faults.push({ code: 'DATE_INVALID', pointer: '/report_date' });
  if (event !== undefined && report !== undefined && event > report)
    faults.push({ code: 'EVENT_AFTER_REPORT', pointer: '/event_date' });
  if (report !== undefined && report > today) faults.push({ code: 'REPORT_AFTER_TODAY', pointer: '/report_date' });
}

const usccFaults = {
  LENGTH: 'USCC_LENGTH',
  ALPHABET: 'USCC_ALPHABET',
  DIVISION: 'USCC_DIVISION',
  CHECK_DIGIT: 'USCC_CHECK_DIGIT',
} as const;

function faulty(code: FaultCode, faults: Fault[]): '' {
  faults.push({ code, pointer: '/uscc' });
  return '';
}

function usccReader(contract: Contract, context: RowContext) {
  const checked = remembering(checkUscc);
  const accountOf = accountReader(contract, context);
  const { allowedCodes, claimedBy } = context;
  return (cells: readonly string[], faults: Fault[]): string => {
    const { normalised, reason } = checked(cells[1]!);
    const account = normalised === '' ? accountOf(cells) : undefined;
    if (account !== undefined) return account;
    const claimed = normalised === '' || reason === 'LENGTH' ? claimedBy?.(cells) : undefined;
    if (claimed) return claimed.uscc ?? faulty('USCC_UNRESOLVED', faults);
    if (normalised === '') return faulty('USCC_MISSING', faults);
    if (reason !== null && !(reason === 'CHECK_DIGIT' && allowedCodes.has(normalised)))
      faults.push({ code: usccFaults[reason], pointer: '/uscc' });
    return normalised;
  };
}

export function accountReader(contract: Contract, { accounts }: Pick<RowContext, 'accounts'>) {
  const places = (contract.accountBy ?? []).map(
    (name) => contract.columns.findIndex((column) => column.name === name) + 5,
  );
  return (cells: readonly string[]): string | undefined =>
    places.length === 0 ? undefined : accounts.get(places.map((place) => cells[place]!.trim()).join('|'));
}
