import { ApiProperty } from '@nestjs/swagger';

import type { Contract } from '../contract/contract.rules.js';
import { columnsOf } from '../contract/contract.rules.js';
import { type Fault, type FaultCode, faultTexts } from '../row/fault.rules.js';
import { isAcceptable } from './tolerance.rules.js';

/** REPLAY: the delivery was applied again, and the row has its fate there. */
type ActKind = 'RESUBMISSION' | 'DISMISSAL' | 'ACCEPTANCE' | 'REPLAY';
type ActState = 'PROPOSED' | 'SETTLED' | 'REJECTED';

/** A row that was set aside, in the list over all deliveries. */
export class SetAsideResponse {
  batchId: string;
  lineNumber: number;
  feed: string;
  reference: string;
  receivedAt: string;
  kind: 'QUARANTINED' | 'REFUSED';
  code: string;
  pointer: string;
  zh: string;
  en: string;
  recordKey: string | null;
  /** OPEN until somebody proposes or settles something. */
  state: 'OPEN' | 'PROPOSED' | 'SETTLED';
  settledBy: ActKind | null;
  actId: string | null;
  /** Its cells are kept: it can be mended here. */
  mendable: boolean;
  /** The contract lets two people take it as it is. */
  acceptable: boolean;
}

export class SetAsidePage {
  items: SetAsideResponse[];
  nextCursor: string | null;
}

/** Open rows by reason: what can be settled in one go. */
export class ReasonResponse {
  feed: string;
  code: string;
  pointer: string;
  kind: 'QUARANTINED' | 'REFUSED';
  zh: string;
  en: string;
  open: number;
  oldestReceivedAt: string;
  /** The contract of today lets two people take rows with this fault, and no other, as they are. */
  acceptable: boolean;
}

export class ReasonList {
  items: ReasonResponse[];
  nextCursor: string | null;
}

export class CellFaultResponse {
  code: string;
  zh: string;
  en: string;
}

export class CellResponse {
  field: string;
  header: string;
  value: string;
  faults: CellFaultResponse[];
}

/** One of the decisions about a row. */
export class RowActResponse {
  actId: string;
  kind: ActKind;
  state: ActState;
  reason: string;
  madeBy: string;
  madeAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  note: string | null;
  /** What was delivered of it, by field. */
  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, nullable: true })
  row: Record<string, string> | null;
  intoBatch: string | null;
  intoLine: number | null;
  /** What became of it there; null until that delivery is over. */
  outcome: 'NEW_VERSION' | 'NOTHING_NEW' | 'SET_ASIDE_AGAIN' | 'FAILED' | null;
}

/** A row with its cells and everything that was decided about it. */
export class RowLookResponse {
  row: SetAsideResponse;
  raw: string;
  place: string;
  /** Faults of the whole line. */
  faults: CellFaultResponse[];
  /** Empty when the cells were not kept. */
  cells: CellResponse[];
  acts: RowActResponse[];
}

export class ActResponse {
  id: string;
  kind: ActKind;
  feed: string;
  state: ActState;
  rows: number;
  reason: string;
  madeBy: string;
  madeAt: string;
  decidedBy: string | null;
  decidedAt: string | null;
  note: string | null;
  /** The delivery that its rows left as; null for dismissals, and for a moment until it is made. */
  intoBatch: string | null;
}

export class ActPage {
  items: ActResponse[];
  nextCursor: string | null;
}

export class SettledResponse {
  /** One per state of the contract that the rows were read under. */
  acts: ActResponse[];
  settled: number;
  /** Chosen by reason, but not to be settled so: refused, still faulty, or not acceptable. */
  leftAlone: number;
  /** Open rows with this reason that did not fit in one go. */
  remaining: number;
}

export interface SetAsideRow {
  batch_id: string;
  line_number: number;
  feed: string;
  reference: string;
  received_at: Date;
  kind: 'QUARANTINED' | 'REFUSED';
  code: string;
  pointer: string;
  zh: string;
  en: string;
  faults: Fault[];
  record_key: string | null;
  has_cells: boolean;
  act_id: string | null;
  act_kind: ActKind | null;
  state: 'PROPOSED' | 'SETTLED' | null;
}

export interface ActRow {
  id: string;
  kind: ActKind;
  feed: string;
  state: ActState;
  rows: number;
  reason: string;
  made_by: string;
  made_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  note: string | null;
  into_batch: string | null;
}

export interface RowActRow extends ActRow {
  row: Record<string, string> | null;
  place: number;
  into_status: string | null;
  again: boolean;
  made_version: boolean;
}

export interface LookRow extends SetAsideRow {
  raw: string;
  place: string;
  cells: string[] | null;
}

export const toSetAsideResponse = (row: SetAsideRow, contract: Contract): SetAsideResponse => ({
  batchId: row.batch_id,
  lineNumber: row.line_number,
  feed: row.feed,
  reference: row.reference,
  receivedAt: row.received_at.toISOString(),
  kind: row.kind,
  code: row.code,
  pointer: row.pointer,
  zh: row.zh,
  en: row.en,
  recordKey: row.record_key,
  state: row.state ?? 'OPEN',
  settledBy: row.act_kind,
  actId: row.act_id,
  mendable: row.kind === 'QUARANTINED' && row.has_cells,
  acceptable: row.kind === 'QUARANTINED' && row.has_cells && isAcceptable(contract, row.faults),
});

const toFault = ({ code }: { code: FaultCode }): CellFaultResponse => ({
  code,
  zh: faultTexts[code].zh,
  en: faultTexts[code].en,
});

export const toRowLookResponse = (row: LookRow, contract: Contract, acts: RowActRow[]): RowLookResponse => ({
  row: toSetAsideResponse(row, contract),
  raw: row.raw,
  place: row.place,
  faults: row.faults.filter(({ pointer }) => pointer === '').map(toFault),
  cells: row.cells
    ? columnsOf(contract).map(({ name, header }, at) => ({
        field: name,
        header,
        value: row.cells?.[at] ?? '',
        faults: row.faults.filter(({ pointer }) => pointer === `/${name}`).map(toFault),
      }))
    : [],
  acts: acts.map(toRowActResponse),
});

const toRowActResponse = (act: RowActRow): RowActResponse => ({
  actId: act.id,
  kind: act.kind,
  state: act.state,
  reason: act.reason,
  madeBy: act.made_by,
  madeAt: act.made_at.toISOString(),
  decidedBy: act.decided_by,
  decidedAt: act.decided_at?.toISOString() ?? null,
  note: act.note,
  row: act.row,
  intoBatch: act.into_batch,
  intoLine: act.into_batch === null ? null : act.place,
  outcome: outcomeOf(act),
});

function outcomeOf({ into_status, again, made_version }: RowActRow): RowActResponse['outcome'] {
  if (into_status === 'FAILED') return 'FAILED';
  if (into_status !== 'DONE') return null;
  if (again) return 'SET_ASIDE_AGAIN';
  return made_version ? 'NEW_VERSION' : 'NOTHING_NEW';
}

export const toActResponse = (act: ActRow): ActResponse => ({
  id: act.id,
  kind: act.kind,
  feed: act.feed,
  state: act.state,
  rows: act.rows,
  reason: act.reason,
  madeBy: act.made_by,
  madeAt: act.made_at.toISOString(),
  decidedBy: act.decided_by,
  decidedAt: act.decided_at?.toISOString() ?? null,
  note: act.note,
  intoBatch: act.into_batch,
});
