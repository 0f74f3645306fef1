import { hash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';

import type { Client } from 'pg';

import { FileFault } from '../file/charset.driver.js';
import { scanKeys } from '../file/key-scan.driver.js';
import { KeyTable } from '../file/key-table.rules.js';
import { RepeatedRows } from '../file/repeated-rows.rules.js';
import { type FileForReading, type FileRow, headerPlacesOf, rowAt, rowsOf } from '../file/row.driver.js';
import { rowAsText } from '../resolve/claim.rules.js';
import type { ClaimedRow } from '../resolve/claimed-row.driver.js';
import type { ClaimedBy } from '../resolve/claims.service.js';
import { type CheckedRow, type RowCheck } from '../row/row.rules.js';
import type { ArrivingRow } from './classify.rules.js';
import { type PartPlace, readyPart, writePart } from './part.service.js';
import type { SetAside } from './set-aside.rules.js';

export interface BatchWork {
  client: Client;
  file: FileForReading;
  check: RowCheck;
  /** Which claim stands for the code of a row that has none. */
  claimedBy: ClaimedBy | undefined;
  /** Whether an account gives a row its code; undefined where none can. */
  isMapped: ((cells: readonly string[]) => boolean) | undefined;
  place: Omit<PartPlace, 'now' | 'workMs'>;
  partRows: number;
  /** Instant for events and parts. */
  now: () => Date;
  /** Called after each committed part. */
  committed: () => void;
  /** True: stop after the part in hand; the next start goes on from there. */
  stopping: () => boolean;
}

/**
 * A part ends after so many letters, too: 5,000 rows of a megabyte each would be more than any heap. Five thousand common rows
 * are a million letters; with the part that PostgreSQL still writes, twice this is held.
 */
const partLettersMax = 8_000_000;

interface Progress {
  parts: number;
  /** Last file line of lane 1 that is accounted for. */
  line: number;
  /** Places of lane 2 that are done. */
  repeated: number;
}

/** Runs a batch from where it stands to its end; false when it was asked to stop before. */
export async function runBatch(work: BatchWork): Promise<boolean> {
  return new BatchRun(work, await progressOf(work)).run();
}

async function progressOf({ client, place }: BatchWork): Promise<Progress> {
  const { rows } = await client.query<Progress>(
    `select count(*)::int as parts, coalesce(max(done_to) filter (where lane = 1), 0) as line,
            coalesce(max(done_to) filter (where lane = 2), 0) as repeated
     from part where batch_id = $1`,
    [place.batchId],
  );
  return rows[0]!;
}

class BatchRun {
  private readonly keys = new KeyTable();
  private readonly repeated = new RepeatedRows();
  private rows: ArrivingRow[] = [];
  private setAside: SetAside[] = [];
  /** Of the rows above, as they came. */
  private letters = 0;
  private allNew = false;
  private since = performance.now();
  /** The part that PostgreSQL is writing while the next one is read and checked. */
  private writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly work: BatchWork,
    private readonly progress: Progress,
  ) {}

  async run(): Promise<boolean> {
    // Nothing is written before the whole file was seen to be readable; finds the keys that come more than once.
    await scanKeys(this.work.file, this.keys);
    const { rows } = await this.work.client.query('select 1 from record_head where feed_id = $1 limit 1', [
      this.work.place.feedId,
    ]);
    // A feed that retention has emptied is no new one to a file of before.
    this.allNew = rows.length === 0 && this.work.place.replay === undefined;
    try {
      return (await this.runSingles()) && (await this.runRepeated());
    } finally {
      // Whatever happened: nobody else may use the connection before the part in hand has ended.
      await this.writing.catch(() => undefined);
    }
  }

  /** Lane 1, in any order of parts: rows whose key comes once, and rows that are set aside. */
  private async runSingles(): Promise<boolean> {
    let last = this.progress.line;
    for await (const rows of rowsOf(this.work.file)) {
      for (const row of rows) {
        this.takeSingle(row);
        last = Math.max(last, row.line);
        if (!this.isFull()) continue;
        await this.write(1, last);
        if (this.work.stopping()) return this.ended(false);
      }
    }
    await this.write(1, last);
    return this.ended(true);
  }

  private isFull(): boolean {
    return this.rows.length + this.setAside.length >= this.work.partRows || this.letters >= partLettersMax;
  }

  private takeSingle(row: FileRow): void {
    const done = row.line <= this.progress.line;
    const checked = row.faults.length === 0 ? this.work.check(row.cells) : row.faults;
    if (Array.isArray(checked)) {
      if (done) return;
      // Only what a link would mend waits for one; other faults are mended by the source.
      const claimed = checked.every(({ code }) => code === 'USCC_UNRESOLVED') ? this.claimedOf(row) : undefined;
      this.letters += row.raw.length;
      this.setAside.push({
        ...placeOf(row),
        raw: row.raw,
        key: keyOf(row),
        faults: checked,
        cells: row.cells,
        claimed,
      });
      return;
    }
    if (this.keys.isRepeated(checked.key)) this.repeated.add(digestOf(checked.key), checked.reportDate, row);
    else if (!done) this.rows.push(this.arriving(checked, row, { collapsed: false, known: false }));
  }

  private arriving(checked: CheckedRow, row: FileRow, place: { collapsed: boolean; known: boolean }): ArrivingRow {
    const arrived = arriving(checked, row, place);
    this.letters += row.raw.length;
    if (this.work.claimedBy) arrived.claimed = this.claimedOf(row);
    if (this.work.isMapped?.(row.cells)) arrived.mapped = true;
    return arrived;
  }

  private claimedOf({ cells }: FileRow): ClaimedRow | undefined {
    const claim = this.work.claimedBy?.(cells);
    return claim && { claimId: claim.id, row: rowAsText(this.work.file.contract, cells) };
  }

  /** Lane 2: the other rows, key by key and by report date, so that their order in the file does not matter. */
  private async runRepeated(): Promise<boolean> {
    const { file, stopping } = this.work;
    if (this.repeated.size === 0) return true;
    this.repeated.sort();
    this.allNew = false;
    const places = await headerPlacesOf(file);
    const descriptor = openSync(file.path, 'r');
    try {
      for (let at = this.progress.repeated; at < this.repeated.size; at += 1) {
        this.takeRepeated({ ...file, descriptor, places }, at);
        const done = at + 1;
        if (!this.isFull() && done < this.repeated.size) continue;
        await this.write(2, done);
        if (stopping() && done < this.repeated.size) return await this.ended(false);
      }
    } finally {
      closeSync(descriptor);
    }
    return this.ended(true);
  }

  private takeRepeated(file: FileForReading & { descriptor: number; places: number[] }, at: number): void {
    const place = this.repeated.at(at);
    const row = rowAt(file, place);
    const checked = this.work.check(row.cells);
    if (Array.isArray(checked))
      throw new FileFault({ code: 'FILE_GONE', zh: '文件在处理中被改动', en: 'the file changed while it was read' });
    this.rows.push(this.arriving(checked, row, place));
  }

  /** Waits for the part before, then hands this one over: one part is written while the next one is read. */
  private async write(lane: 1 | 2, doneTo: number): Promise<void> {
    const { rows, setAside, work, progress, allNew } = this;
    if (rows.length + setAside.length === 0) return;
    [this.rows, this.setAside, this.letters] = [[], [], 0];
    progress.parts += 1;
    const part = { number: progress.parts, lane, doneTo, rows, setAside, allNew };
    const ready = readyPart(work.client, work.place, part);
    ready.catch(() => undefined); // told below, unless the part before failed first
    await this.writing;
    const now = performance.now();
    const place = { ...work.place, now: work.now(), workMs: now - this.since };
    this.since = now;
    this.writing = ready.then((made) => writePart(work.client, place, part, made)).then(() => work.committed());
    this.writing.catch(() => undefined); // told to whoever waits next
  }

  /** Throws what the last part failed with. */
  private async ended(done: boolean): Promise<boolean> {
    await this.writing;
    return done;
  }
}

const placeOf = ({ line, place = '' }: FileRow) => ({ line, place });

const keyOf = ({ cells }: FileRow): string | null => cells[0]?.trim().slice(0, 200) ?? null;

const digestOf = (text: string): string => hash('sha256', text, 'hex').slice(0, 32);

const arriving = (
  checked: CheckedRow,
  { line, place, raw, cells }: FileRow,
  { collapsed, known }: { collapsed: boolean; known: boolean },
): ArrivingRow => ({
  key: checked.key,
  uscc: checked.uscc,
  op: checked.op,
  eventDate: checked.eventDate,
  reportDate: checked.reportDate,
  fields: checked.fields,
  line,
  place,
  raw,
  collapsed,
  known,
  ...(checked.op === 'D' && { cells }),
  hash: hash('sha256', `${checked.uscc}\n${checked.eventDate}\n${checked.fields}`, 'binary').slice(0, 16),
});
