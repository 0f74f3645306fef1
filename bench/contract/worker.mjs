// Checks batches of made-up rows, one way at a time, and says what a row cost the processor.
import { join } from 'node:path';

import { readContractFolder } from '../../dist/apps/ingestion/src/contract/contract-folder.driver.js';
import { answering } from '../processes.mjs';
import { checkers } from './checkers.mjs';
import { rowsOf } from './rows.mjs';

const { contracts } = readContractFolder(join(import.meta.dirname, '../../infra/contracts'));
const batches = new Map();

answering(true, {
  fill: ({ feeds, rows }) => {
    for (const feed of feeds) {
      const [contract] = contracts.get(feed);
      batches.set(feed, { contract, rows: rowsOf(contract, rows) });
    }
  },
  /** Whole passes through all batches until `seconds` of the processor are spent; each pass is new batches. */
  check: ({ side, seconds }) => {
    const [before, faulty] = [process.cpuUsage(), []];
    let [rows, spent] = [0, 0];
    do {
      faulty.length = 0;
      for (const batch of batches.values()) {
        faulty.push(...faultyOf(batch, checkers[side](batch.contract)));
        rows += batch.rows.length;
      }
      const { user, system } = process.cpuUsage(before);
      spent = (user + system) / 1e6;
    } while (spent < seconds);
    return { rate: rows / spent, faulty };
  },
});

function faultyOf({ contract, rows }, holds) {
  const faulty = [];
  for (const [at, cells] of rows.entries()) if (!holds(cells)) faulty.push(`${contract.feed} ${at}`);
  return faulty;
}
