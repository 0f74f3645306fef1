import type { Viewer } from '@app/auth';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';

import type { Contract } from '../contract/contract.rules.js';
import { Contracts } from '../contract/contract.service.js';
import type { Fault } from '../row/fault.rules.js';
import type { ChosenReason, ChosenRow, SettleRowsRequest } from './settle-rows.request.js';
import { NothingChosen, OneFeed, RowUnknown } from './workbench.error.js';

/** A row that was set aside and that somebody wants to settle. */
export interface OpenRow {
  batch_id: string;
  line_number: number;
  feed: string;
  contract_version_id: number | null;
  kind: 'QUARANTINED' | 'REFUSED';
  faults: Fault[];
  cells: string[] | null;
  record_key: string | null;
  /** Cells that this person writes into it. */
  edits: Readonly<Record<string, unknown>>;
}

/** Rows of one feed that were read under one state of its contract. */
export interface RowGroup {
  feed: string;
  contractVersionId: number | null;
  contract: Contract;
  rows: OpenRow[];
}

export interface Choice {
  groups: RowGroup[];
  /** Chosen by their reason: rows that cannot be settled so are left alone instead of standing in the way. */
  bulk: boolean;
  /** Open rows with this reason that did not fit in one go. */
  remaining: number;
}

/** 1 000 rows are one file of a few hundred kB and one short transaction. */
const bulkRowsMax = 1_000;

const rowColumns = `q.batch_id, q.line_number, b.feed, b.contract_version_id, q.kind, q.faults, q.cells, q.record_key`;
const isOpen = `not exists (select from settlement s where s.batch_id = q.batch_id and s.line_number = q.line_number
  and s.state <> 'REJECTED')`;

/** Finds the rows that a person chose, under their locks. */
@Injectable()
export class ChosenRows {
  constructor(private readonly contracts: Contracts) {}

  /** @throws RowUnknown, OneFeed, NothingChosen, FeedUnknown, NotYourFeed */
  async of(command: Command, request: SettleRowsRequest): Promise<Choice> {
    const common = request.cells ?? {};
    const found = request.all
      ? await this.byReason(command, request.all)
      : { rows: await this.byName(command, request.rows ?? []), remaining: 0 };
    const edits = new Map((request.rows ?? []).map((row) => [nameOf(row.batchId, row.lineNumber), row.cells]));
    const rows = found.rows.map((row) => ({
      ...row,
      edits: { ...common, ...edits.get(nameOf(row.batch_id, row.line_number)) },
    }));
    const groups = await this.groupsOf(rows);
    return { groups, bulk: request.all !== undefined, remaining: found.remaining };
  }

  private async byName({ tx, viewer }: Command, wanted: ChosenRow[]): Promise<OpenRow[]> {
    const rows: OpenRow[] = await tx.query(
      `select ${rowColumns} from json_to_recordset($1::json) as w (batch uuid, line int)
       join quarantine q on q.batch_id = w.batch and q.line_number = w.line join batch b on b.id = q.batch_id
       where b.feed = any($2) order by q.batch_id, q.line_number for update of q`,
      [
        JSON.stringify(wanted.map(({ batchId, lineNumber }) => ({ batch: batchId, line: lineNumber }))),
        this.feedsOf(viewer),
      ],
    );
    if (rows.length < new Set(wanted.map((row) => nameOf(row.batchId, row.lineNumber))).size) throw new RowUnknown();
    if (new Set(rows.map(({ feed }) => feed)).size > 1) throw new OneFeed();
    return rows;
  }

  private async byReason(
    { tx, viewer }: Command,
    { feed, code, pointer, batchId }: ChosenReason,
  ): Promise<{ rows: OpenRow[]; remaining: number }> {
    this.contracts.usedBy(viewer, feed);
    const where = `b.feed = $1 and q.code = $2 and ($3::text is null or q.pointer = $3)
      and ($4::uuid is null or q.batch_id = $4) and ${isOpen}`;
    const values = [feed, code, pointer ?? null, batchId ?? null];
    const rows: OpenRow[] = await tx.query(
      `select ${rowColumns} from quarantine q join batch b on b.id = q.batch_id where ${where}
       order by q.batch_id, q.line_number limit ${bulkRowsMax} for update of q skip locked`,
      values,
    );
    if (rows.length === 0) throw new NothingChosen();
    const [all]: { count: number }[] = await tx.query(
      `select count(*)::int from quarantine q join batch b on b.id = q.batch_id where ${where}`,
      values,
    );
    return { rows, remaining: all!.count - rows.length };
  }

  private async groupsOf(rows: OpenRow[]): Promise<RowGroup[]> {
    const groups = Map.groupBy(rows, ({ contract_version_id: id }) => id);
    return Promise.all(
      [...groups.entries()].map(async ([contractVersionId, own]) => {
        const { feed } = own[0]!;
        const contract = await this.contracts.ofBatch({ feed, contract_version_id: contractVersionId });
        return { feed, contractVersionId, contract, rows: own };
      }),
    );
  }

  private feedsOf(viewer: Viewer): string[] {
    return this.contracts.visibleTo(viewer).map(({ feed }) => feed);
  }
}

const nameOf = (batchId: string, line: number): string => `${batchId.toLowerCase()} ${line}`;
