import { type DatabaseParts, readLogMigration } from '@app/database';
import { messagingMigrations } from '@app/messaging';
import { searchMigrations } from '@app/search';
import { CreateIdempotency1790000000000 } from '@app/service';

import { CreateProfiling1790000001000 } from './migrations/1790000001000-create-profiling.js';
import { PublishScoreInput1790000003300 } from './migrations/1790000003300-publish-score-input.js';
import { CreateIndustryMedian1790000006000 } from './migrations/1790000006000-create-industry-median.js';
import { FollowRebuild1790000006400 } from './migrations/1790000006400-follow-rebuild.js';

export const database: DatabaseParts = {
  service: 'profiling',
  entities: [],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    readLogMigration('profiling'),
    ...searchMigrations,
    CreateProfiling1790000001000,
    PublishScoreInput1790000003300,
    CreateIndustryMedian1790000006000,
    FollowRebuild1790000006400,
  ],
};
