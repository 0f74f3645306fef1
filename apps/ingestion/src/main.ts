import { listen } from '@app/service';

import { database } from './data-source.js';
import { IngestionModule } from './ingestion.module.js';

await listen(database, IngestionModule);
