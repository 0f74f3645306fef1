import { listen } from '@app/service';

import { database } from './data-source.js';
import { MarketplaceModule } from './marketplace.module.js';

await listen(database, MarketplaceModule);
