// The profiling service as a process of its own, as in production.
import { database } from '../../dist/apps/profiling/src/data-source.js';
import { ProfilingModule } from '../../dist/apps/profiling/src/profiling.module.js';
import { createService } from '../../dist/libs/service/src/index.js';
import { answering } from '../processes.mjs';

const app = await createService(database, ProfilingModule);
await app.get((await import('../../dist/apps/profiling/src/search/search-upkeep.job.js')).SearchUpkeepJob).pause();
await app.listen(0, '127.0.0.1');
answering({ url: await app.getUrl() }, {});
