import { MessagingModule } from '@app/messaging';
import { SearchModule } from '@app/search';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { database } from './data-source.js';
import { EnterpriseController } from './enterprise/enterprise.controller.js';
import { EvaluationController } from './evaluation/evaluation.controller.js';
import { MedianJob } from './median/median.job.js';
import { MedianService } from './median/median.service.js';
import { PortraitReader } from './portrait/portrait-reader.service.js';
import { PortraitController } from './portrait/portrait.controller.js';
import { PortraitService } from './portrait/portrait.service.js';
import { RebuildConsumer } from './rebuild/rebuild.consumer.js';
import { RebuildJob } from './rebuild/rebuild.job.js';
import { Rebuilds } from './rebuild/rebuilds.service.js';
import { ScoreController } from './score/score.controller.js';
import { ScoreService } from './score/score.service.js';
import { DirtyService } from './scoring/dirty.service.js';
import { MarkDirtyConsumer } from './scoring/mark-dirty.consumer.js';
import { ProfileWriter } from './scoring/profile-writer.service.js';
import { RecordReader } from './scoring/record-reader.service.js';
import { ScoringJob } from './scoring/scoring.job.js';
import { ScoringService } from './scoring/scoring.service.js';
import { EnterpriseDocuments } from './search/enterprise-documents.service.js';
import { SearchIndexController } from './search/search-index.controller.js';
import { SearchUpkeepJob } from './search/search-upkeep.job.js';

export { ScoringJob };

@Module({
  imports: [
    ServiceModule.of(database),
    MessagingModule.forService({ service: 'profiling', handlers: [MarkDirtyConsumer, RebuildConsumer] }),
    SearchModule.forService(EnterpriseDocuments),
  ],
  controllers: [
    DeadLetterController,
    EnterpriseController,
    EvaluationController,
    PortraitController,
    ScoreController,
    SearchIndexController,
  ],
  providers: [
    DirtyService,
    MarkDirtyConsumer,
    MedianJob,
    MedianService,
    PortraitReader,
    PortraitService,
    ProfileWriter,
    RebuildConsumer,
    RebuildJob,
    Rebuilds,
    RecordReader,
    ScoreService,
    ScoringJob,
    ScoringService,
    SearchUpkeepJob,
  ],
})
export class ProfilingModule {}
