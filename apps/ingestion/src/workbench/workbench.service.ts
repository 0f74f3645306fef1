import { InvalidInput, uuidv7 } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import { SamePerson } from '../correction/overlay.error.js';
import type { DecideRequest } from '../correction/propose-overlay.request.js';
import { rowAsText } from '../resolve/claim.rules.js';
import type { Fault } from '../row/fault.rules.js';
import { type Choice, ChosenRows, type OpenRow, type RowGroup } from './chosen-rows.service.js';
import { type Mended, mended } from './mended.rules.js';
import { RowContexts } from './row-context.service.js';
import type { SettleRowsRequest } from './settle-rows.request.js';
import { isAcceptable } from './tolerance.rules.js';
import { WorkbenchQuery } from './workbench-query.service.js';
import { AlreadyDecided, NotAcceptable, NothingChosen, NotMendable, RowSettled } from './workbench.error.js';
import type { ActResponse, SettledResponse } from './workbench.response.js';

type ActKind = 'RESUBMISSION' | 'DISMISSAL' | 'ACCEPTANCE';

/** A row on its way: what is delivered of it, nothing for a dismissal. */
interface Leaving {
  row: OpenRow;
  text: Record<string, string> | null;
  uscc: string | null;
}

interface Plan {
  kind: ActKind;
  group: RowGroup;
  leaving: Leaving[];
  tolerates: Fault[] | null;
  reason: string;
}

/** What people do with rows that were set aside: mend, dismiss, take all the same. A row is settled once. */
@Injectable()
export class Workbench {
  constructor(
    private readonly chosen: ChosenRows,
    private readonly contexts: RowContexts,
    private readonly query: WorkbenchQuery,
  ) {}

  /** Mended rows are checked at once, by the contract that they came under, and leave as a delivery of their own. */
  async resubmit(command: Command, request: SettleRowsRequest): Promise<SettledResponse> {
    const choice = await this.chosen.of(command, request);
    const plans: Plan[] = [];
    for (const group of choice.groups) {
      const check = await this.contexts.checkFor(command, group);
      const tried = group.rows.map((row) => ({ row, result: mendedRow(group, row, check) }));
      refuseFaulty(choice, tried);
      const leaving = tried.flatMap(({ row, result }) => leavingOf(group, row, result));
      plans.push({ kind: 'RESUBMISSION', group, leaving, tolerates: null, reason: request.reason });
    }
    return this.carryOut(command, choice, plans);
  }

  /** Also of rows that were refused: somebody looked, and nothing is to be done. */
  async dismiss(command: Command, request: SettleRowsRequest): Promise<SettledResponse> {
    const choice = await this.chosen.of(command, request);
    const plans = choice.groups.map((group): Plan => {
      const leaving = group.rows.map((row) => ({ row, text: null, uscc: null }));
      return { kind: 'DISMISSAL', group, leaving, tolerates: null, reason: request.reason };
    });
    return this.carryOut(command, choice, plans);
  }

  /** Proposes to take rows as they are; the contract says with which faults, and a second person decides. */
  async propose(command: Command, request: SettleRowsRequest): Promise<SettledResponse> {
    const choice = await this.chosen.of(command, request);
    const plans: Plan[] = [];
    for (const found of choice.groups) {
      const group = { ...found, rows: found.rows.map((row) => ({ ...row, edits: {} })) };
      const able = group.rows.filter((row) => isAcceptable(group.contract, row.faults));
      if (!choice.bulk && able.length < group.rows.length) throw new NotAcceptable();
      const tolerates = distinct(able.flatMap(({ faults }) => faults));
      const check = await this.contexts.checkFor(command, group, tolerates);
      const tried = able.map((row) => ({ row, result: mendedRow(group, row, check) }));
      refuseFaulty(choice, tried);
      const leaving = tried.flatMap(({ row, result }) => leavingOf(group, row, result));
      plans.push({ kind: 'ACCEPTANCE', group, leaving, tolerates, reason: request.reason });
    }
    return this.carryOut(command, choice, plans);
  }

  /** @throws ActUnknown, AlreadyDecided, SamePerson */
  async decide(command: Command, id: string, { approve, note }: DecideRequest): Promise<ActResponse> {
    const { tx, viewer, now } = command;
    await this.query.act(tx, viewer, id);
    const [act]: { state: string; made_by: string }[] = await tx.query(
      'select state, made_by from settlement_act where id = $1 for update',
      [id],
    );
    if (act!.state !== 'PROPOSED') throw new AlreadyDecided();
    if (act!.made_by === viewer.personId) throw new SamePerson();
    const state = approve ? 'SETTLED' : 'REJECTED';
    await tx.query('update settlement_act set state = $2, decided_by = $3, decided_at = $4, note = $5 where id = $1', [
      id,
      state,
      viewer.personId,
      now,
      note ?? null,
    ]);
    await tx.query('update settlement set state = $2 where act_id = $1', [id, state]);
    return this.query.act(tx, viewer, id);
  }

  private async carryOut(command: Command, choice: Choice, plans: Plan[]): Promise<SettledResponse> {
    const acts: ActResponse[] = [];
    for (const plan of plans.filter(({ leaving }) => leaving.length > 0)) acts.push(await this.write(command, plan));
    const settled = acts.reduce((sum, { rows }) => sum + rows, 0);
    if (settled === 0) throw new NothingChosen();
    const looked = choice.groups.reduce((sum, { rows }) => sum + rows.length, 0);
    return { acts, settled, leftAlone: looked - settled, remaining: choice.remaining };
  }

  /** @throws RowSettled when somebody was quicker with one of the rows */
  private async write({ tx, viewer, now }: Command, plan: Plan): Promise<ActResponse> {
    const { kind, group, leaving, tolerates, reason } = plan;
    const id = uuidv7(now);
    const state = kind === 'ACCEPTANCE' ? 'PROPOSED' : 'SETTLED';
    await tx.query(
      `insert into settlement_act (id, kind, feed, contract_version_id, state, rows, reason, tolerates, made_by, made_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        id,
        kind,
        group.feed,
        group.contractVersionId,
        state,
        leaving.length,
        reason,
        tolerates && JSON.stringify(tolerates),
        viewer.personId,
        now,
      ],
    );
    const made: unknown[] = await tx.query(
      `insert into settlement (act_id, place, batch_id, line_number, state, row, record_key, uscc)
       select $1, l.place, l.batch, l.line, $2, l.row, l.key, l.uscc
       from json_to_recordset($3::json) as l (place int, batch uuid, line int, row jsonb, key text, uscc text)
       on conflict (batch_id, line_number) where state <> 'REJECTED' do nothing returning place`,
      [id, state, JSON.stringify(leaving.map(toSettlement))],
    );
    if (made.length < leaving.length) throw new RowSettled();
    return this.query.act(tx, viewer, id);
  }
}

const toSettlement = ({ row, text, uscc }: Leaving, at: number) => ({
  place: at + 1,
  batch: row.batch_id,
  line: row.line_number,
  row: text,
  key: text?.['record_key'] ?? row.record_key,
  uscc,
});

function mendedRow(group: RowGroup, row: OpenRow, check: Parameters<typeof mended>[1]): Mended | undefined {
  if (row.kind === 'REFUSED' || row.cells === null) return undefined;
  return mended(group.contract, check, { cells: row.cells, edits: row.edits });
}

const leavingOf = (group: RowGroup, row: OpenRow, result: Mended | undefined): Leaving[] =>
  result && 'cells' in result
    ? [{ row, text: rowAsText(group.contract, result.cells), uscc: result.checked.uscc }]
    : [];

/** Chosen one by one, each row has to pass; chosen by their reason, those that do not stay where they are. */
function refuseFaulty({ bulk }: Choice, tried: { row: OpenRow; result: Mended | undefined }[]): void {
  if (bulk) return;
  if (tried.some(({ result }) => result === undefined)) throw new NotMendable();
  const errors = tried.flatMap(({ row, result }) =>
    result && 'faults' in result
      ? result.faults.map(({ field, detail }) => ({
          pointer: `/rows/${row.batch_id}:${row.line_number}/cells/${field}`,
          detail,
        }))
      : [],
  );
  if (errors.length > 0) throw new InvalidInput(errors);
}

const distinct = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map(({ code, pointer }) => [`${code} ${pointer}`, { code, pointer }])).values(),
];
