import type { DatabaseParts } from '@app/database';
import type { Type } from '@nestjs/common';

import { CreditModule } from '../../apps/credit/src/credit.module.js';
import { database as credit } from '../../apps/credit/src/data-source.js';
import { database as identity } from '../../apps/identity/src/data-source.js';
import { IdentityModule } from '../../apps/identity/src/identity.module.js';
import { database as ingestion } from '../../apps/ingestion/src/data-source.js';
import { IngestionModule } from '../../apps/ingestion/src/ingestion.module.js';
import { database as marketplace } from '../../apps/marketplace/src/data-source.js';
import { MarketplaceModule } from '../../apps/marketplace/src/marketplace.module.js';
import { database as profiling } from '../../apps/profiling/src/data-source.js';
import { ProfilingModule } from '../../apps/profiling/src/profiling.module.js';
import { database as supervision } from '../../apps/supervision/src/data-source.js';
import { SupervisionModule } from '../../apps/supervision/src/supervision.module.js';

/** All services, as the standalone process has them, for tests that go through several. */
export const allServices: { parts: DatabaseParts; module: Type }[] = [
  { parts: identity, module: IdentityModule },
  { parts: ingestion, module: IngestionModule },
  { parts: credit, module: CreditModule },
  { parts: profiling, module: ProfilingModule },
  { parts: marketplace, module: MarketplaceModule },
  { parts: supervision, module: SupervisionModule },
];
