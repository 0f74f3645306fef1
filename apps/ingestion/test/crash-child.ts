// A process that the crash test starts and kills with -9: the service at work on whatever is open.
import 'reflect-metadata';
import { createService } from '@app/service';

import { database } from '../src/data-source.js';
import { IngestionModule } from '../src/ingestion.module.js';

await createService(database, IngestionModule);
process.stdout.write('working\n');
