import { listen } from '@app/service';

import { CreditModule } from './credit.module.js';
import { database } from './data-source.js';

await listen(database, CreditModule);
