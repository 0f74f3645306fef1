// Reads a file as a batch does, keys and rows, without a database: what reading alone takes.
import { join } from 'node:path';

import { readContractFolder } from '../../dist/apps/ingestion/src/contract/contract-folder.driver.js';
import { scanKeys } from '../../dist/apps/ingestion/src/file/key-scan.driver.js';
import { KeyTable } from '../../dist/apps/ingestion/src/file/key-table.rules.js';
import { rowsOf } from '../../dist/apps/ingestion/src/file/row.driver.js';
import { Preparation } from '../../dist/apps/ingestion/src/format/preparation.service.js';
import { answering } from '../processes.mjs';
import { heapHighMb, watchHeap } from './heap-high.mjs';

const { contracts } = readContractFolder(join(import.meta.dirname, '../../infra/contracts'));

watchHeap();
answering(true, {
  heap: () => heapHighMb(),
  read: async ({ feed, path, form }) => {
    const began = performance.now();
    const contract = contracts.get(feed)[0];
    const { file } = await new Preparation().of({ path, form, charset: null, contract });
    const keys = new KeyTable();
    await scanKeys(file, keys);
    let rows = 0;
    for await (const block of rowsOf(file)) rows += block.length;
    return { rows, seconds: (performance.now() - began) / 1_000 };
  },
});
