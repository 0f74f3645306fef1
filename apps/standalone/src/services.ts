import type { DatabaseParts } from '@app/database';
import type { Type } from '@nestjs/common';

import { CreditModule } from '../../credit/src/credit.module.js';
import { database as credit } from '../../credit/src/data-source.js';
import { database as identity } from '../../identity/src/data-source.js';
import { IdentityModule } from '../../identity/src/identity.module.js';
import { database as ingestion } from '../../ingestion/src/data-source.js';
import { IngestionModule } from '../../ingestion/src/ingestion.module.js';
import { database as marketplace } from '../../marketplace/src/data-source.js';
import { MarketplaceModule } from '../../marketplace/src/marketplace.module.js';
import { database as notification } from '../../notification/src/data-source.js';
import { NotificationModule } from '../../notification/src/notification.module.js';
import { database as profiling } from '../../profiling/src/data-source.js';
import { ProfilingModule } from '../../profiling/src/profiling.module.js';
import { database as supervision } from '../../supervision/src/data-source.js';
import { SupervisionModule } from '../../supervision/src/supervision.module.js';

/** Every service of the house, in the order in which their schemas are made. */
export const services: { parts: DatabaseParts; module: Type }[] = [
  { parts: identity, module: IdentityModule },
  { parts: ingestion, module: IngestionModule },
  { parts: credit, module: CreditModule },
  { parts: profiling, module: ProfilingModule },
  { parts: marketplace, module: MarketplaceModule },
  { parts: supervision, module: SupervisionModule },
  { parts: notification, module: NotificationModule },
];
