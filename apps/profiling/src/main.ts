import { listen } from '@app/service';

import { database } from './data-source.js';
import { ProfilingModule } from './profiling.module.js';

await listen(database, ProfilingModule);
