import type { DatabaseParts } from '@app/database';
import { messagingMigrations } from '@app/messaging';
import { CreateIdempotency1790000000000 } from '@app/service';

import { CreateRollup1790000001000 } from './migrations/1790000001000-create-rollup.js';
import { CreateReconciliation1790000001100 } from './migrations/1790000001100-create-reconciliation.js';
import { CreateMargin1790000006000 } from './migrations/1790000006000-create-margin.js';
import { FollowRebuild1790000006400 } from './migrations/1790000006400-follow-rebuild.js';
import { LeadFactsByEnterprise1790000006800 } from './migrations/1790000006800-lead-facts-by-enterprise.js';

export const database: DatabaseParts = {
  service: 'supervision',
  entities: [],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    CreateRollup1790000001000,
    CreateReconciliation1790000001100,
    CreateMargin1790000006000,
    FollowRebuild1790000006400,
    LeadFactsByEnterprise1790000006800,
  ],
};
