import { type DatabaseParts, readLogMigration } from '@app/database';
import { CreateEvidence1790000000300 } from '@app/evidence';
import { messagingMigrations } from '@app/messaging';
import { CreateIdempotency1790000000000 } from '@app/service';

import { CreateAuthorisation1790000001000 } from './migrations/1790000001000-create-authorisation.js';
import { CreateQueryAnswer1790000001100 } from './migrations/1790000001100-create-query-answer.js';
import { PublishReportLine1790000003300 } from './migrations/1790000003300-publish-report-line.js';

export const database: DatabaseParts = {
  service: 'credit',
  entities: [],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    readLogMigration('credit'),
    CreateEvidence1790000000300,
    CreateAuthorisation1790000001000,
    CreateQueryAnswer1790000001100,
    PublishReportLine1790000003300,
  ],
};
