import type { DatabaseParts } from '@app/database';
import { messagingMigrations } from '@app/messaging';
import { CreateIdempotency1790000000000 } from '@app/service';

import { CreateRecords1790000001000 } from './migrations/1790000001000-create-records.js';
import { CreateBatch1790000001100 } from './migrations/1790000001100-create-batch.js';
import { CreateContractVersion1790000002000 } from './migrations/1790000002000-create-contract-version.js';
import { TellFeedTitles1790000002100 } from './migrations/1790000002100-tell-feed-titles.js';
import { CreateCorrection1790000003000 } from './migrations/1790000003000-create-correction.js';
import { CreateReadLog1790000003050 } from './migrations/1790000003050-create-read-log.js';
import { CreateSettlement1790000003100 } from './migrations/1790000003100-create-settlement.js';
import { CreateRetention1790000003200 } from './migrations/1790000003200-create-retention.js';
import { CreateResolve1790000004000 } from './migrations/1790000004000-create-resolve.js';
import { CreateQuality1790000004100 } from './migrations/1790000004100-create-quality.js';
import { FollowBatches1790000004200 } from './migrations/1790000004200-follow-batches.js';
import { CreateConnectorVisit1790000005000 } from './migrations/1790000005000-create-connector-visit.js';
import { CreateOperation1790000005100 } from './migrations/1790000005100-create-operation.js';
import { WatchOperation1790000005200 } from './migrations/1790000005200-watch-operation.js';
import { CreateRun1790000005300 } from './migrations/1790000005300-create-run.js';
import { OneRunAFeed1790000005350 } from './migrations/1790000005350-one-run-a-feed.js';
import { CreateTopicPosition1790000005400 } from './migrations/1790000005400-create-topic-position.js';
import { TraceMoves1790000005600 } from './migrations/1790000005600-trace-moves.js';
import { FollowRebuild1790000006400 } from './migrations/1790000006400-follow-rebuild.js';
import { FindClaimedRow1790000006410 } from './migrations/1790000006410-find-claimed-row.js';
import { UndoMappings1790000006700 } from './migrations/1790000006700-undo-mappings.js';
import { ListWhatIsDue1790000006710 } from './migrations/1790000006710-list-what-is-due.js';

export const database: DatabaseParts = {
  service: 'ingestion',
  entities: [],
  migrations: [
    CreateIdempotency1790000000000,
    ...messagingMigrations,
    CreateRecords1790000001000,
    CreateBatch1790000001100,
    CreateContractVersion1790000002000,
    TellFeedTitles1790000002100,
    CreateCorrection1790000003000,
    CreateReadLog1790000003050,
    CreateSettlement1790000003100,
    CreateRetention1790000003200,
    CreateResolve1790000004000,
    CreateQuality1790000004100,
    FollowBatches1790000004200,
    CreateConnectorVisit1790000005000,
    CreateOperation1790000005100,
    WatchOperation1790000005200,
    CreateRun1790000005300,
    OneRunAFeed1790000005350,
    CreateTopicPosition1790000005400,
    TraceMoves1790000005600,
    FollowRebuild1790000006400,
    FindClaimedRow1790000006410,
    UndoMappings1790000006700,
    ListWhatIsDue1790000006710,
  ],
};
