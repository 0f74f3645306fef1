// A process that a crash test starts and kills with -9: the service at work on whatever is marked.
import 'reflect-metadata';
import { createService } from '@app/service';

import { database } from '../src/data-source.js';
import { ProfilingModule } from '../src/profiling.module.js';

await createService(database, ProfilingModule);
process.stdout.write('working\n');
