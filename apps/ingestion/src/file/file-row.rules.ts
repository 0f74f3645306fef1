import type { Fault } from '../row/fault.rules.js';

/** One row of a file: cells in the contract's order, or why it is none. */
export interface FileRow {
  line: number;
  /** Where a person finds the row when the line number does not say it. */
  place?: string;
  raw: string;
  offset: number;
  length: number;
  /** Empty when the line could not be read. */
  cells: string[];
  /** Why the line could not be read, or what its form says against a cell; empty when all is well. */
  faults: Fault[];
}
