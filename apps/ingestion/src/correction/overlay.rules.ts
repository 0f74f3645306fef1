import { parseFen } from '@app/kernel';

import type { Column, Contract } from '../contract/contract.rules.js';
import { type CellContext, cellCheckOf } from '../row/cell.rules.js';
import type { FaultCode } from '../row/fault.rules.js';

/** A field as records keep it: money as text of whole fen, days as text, counts as numbers, lists as arrays. */
export type FieldValue = string | number | string[];
export type Fields = Readonly<Record<string, FieldValue>>;

/** What lies over a record: null takes the field away. `raw`: what the source said of the same fields, null for nothing. */
export interface Overlay {
  id: string;
  uscc: string;
  fields: Readonly<Record<string, FieldValue | null>>;
  raw: Readonly<Record<string, FieldValue | null>>;
}

export interface FieldFault {
  field: string;
  code: FaultCode | 'SAME_AS_RAW';
}

/** Checks corrected values by the contract's own rules, in the form that records keep them in. */
export function correctedFields(
  contract: Contract,
  wanted: Readonly<Record<string, unknown>>,
  record: { fields: Fields; context: CellContext },
): Pick<Overlay, 'fields' | 'raw'> | FieldFault[] {
  const faults: FieldFault[] = [];
  const [fields, raw]: [Record<string, FieldValue | null>, Record<string, FieldValue | null>] = [{}, {}];
  for (const [name, value] of Object.entries(wanted)) {
    const column = contract.columns.find((one) => one.name === name);
    const read = column ? valueOf(column, value, record.context) : { fault: 'FIELD_UNKNOWN' as const };
    const before = record.fields[name] ?? null;
    if ('fault' in read) faults.push({ field: name, code: read.fault });
    else if (isSame(read.value, before)) faults.push({ field: name, code: 'SAME_AS_RAW' });
    else [fields[name], raw[name]] = [read.value, before];
  }
  return faults.length > 0 ? faults : { fields, raw };
}

type Read = { value: FieldValue | null } | { fault: FaultCode };

function valueOf(column: Column, value: unknown, context: CellContext): Read {
  if (value === null || value === '') return column.required === true ? { fault: 'FIELD_REQUIRED' } : { value: null };
  if (column.type === 'money') return fenOf(column, value);
  const cell = cellOf(column, value);
  if (cell === undefined) return { fault: 'TEXT_PATTERN' };
  const read = cellCheckOf(column)(cell, context);
  return typeof read === 'string' ? { fault: read } : { value: JSON.parse(read.json) as FieldValue };
}

/** Records keep whole fen, whatever the unit of the file. */
function fenOf({ negative = false }: Column, value: unknown): Read {
  const fen = typeof value === 'string' ? parseFen(value, { negative: true }) : undefined;
  if (fen === undefined) return { fault: 'MONEY_FORMAT' };
  return fen < 0n && !negative ? { fault: 'MONEY_NEGATIVE' } : { value: fen.toString() };
}

function cellOf({ separator = ';' }: Column, value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim();
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? value.join(separator) : undefined;
}

/** The record as it is shown. */
export function laidOver(fields: Fields, overlay: Pick<Overlay, 'fields'> | null): Fields {
  if (!overlay) return fields;
  const shown = Object.entries({ ...fields, ...overlay.fields });
  return Object.fromEntries(shown.filter((entry): entry is [string, FieldValue] => entry[1] !== null));
}

export type OverlayEnd = 'CHANGED' | 'WITHDRAWN' | 'MOVED';

/**
 * What a newer version does to a correction. The source that repeats the same wrong value has not answered it: the
 * correction stays. Any other value of a corrected field is the source's answer, and ends it; so does a record that is
 * withdrawn, or turns out to be another enterprise's.
 */
export function endedBy(
  overlay: Pick<Overlay, 'uscc' | 'raw'>,
  next: { uscc: string; op: string; fields: Fields },
): OverlayEnd | null {
  if (next.op === 'D') return 'WITHDRAWN';
  if (next.uscc !== overlay.uscc) return 'MOVED';
  const changed = Object.entries(overlay.raw).some(([name, raw]) => !isSame(raw, next.fields[name] ?? null));
  return changed ? 'CHANGED' : null;
}

const isSame = (a: FieldValue | null, b: FieldValue | null): boolean => JSON.stringify(a) === JSON.stringify(b);
