// The ingestion service without its timer: takes a file in as a delivery, then works on it when told to.
import { createReadStream } from 'node:fs';

import { BatchJob } from '../../dist/apps/ingestion/src/apply/batch.job.js';
import { Intake } from '../../dist/apps/ingestion/src/batch/intake.service.js';
import { database } from '../../dist/apps/ingestion/src/data-source.js';
import { IngestionModule } from '../../dist/apps/ingestion/src/ingestion.module.js';
import { createService } from '../../dist/libs/service/src/index.js';
import { answering } from '../processes.mjs';
import { heapHighMb, watchHeap } from './heap-high.mjs';

const app = await createService(database, IngestionModule);
const intake = app.get(Intake);
const job = app.get(BatchJob);

watchHeap();
answering(true, {
  heap: () => heapHighMb(),
  take: async ({ feed, path, reference, form = 'CSV' }) => {
    const charset = form === 'CSV' ? 'utf-8' : null;
    const delivery = { feed, reference, origin: 'DROP', form, charset, deliveredBy: null };
    return (await intake.take(delivery, createReadStream(path))).id;
  },
  run: async () => {
    const began = performance.now();
    await job.run();
    return (performance.now() - began) / 1_000;
  },
});
