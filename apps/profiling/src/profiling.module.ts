import { MessagingModule } from '@app/messaging';
import { PostgresSearchIndex, SearchIndex } from '@app/search';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { database } from './data-source.js';
import { EnterpriseController } from './enterprise/enterprise.controller.js';
import { EvaluationController } from './evaluation/evaluation.controller.js';
import { PortraitReader } from './portrait/portrait-reader.service.js';
import { PortraitController } from './portrait/portrait.controller.js';
import { PortraitService } from './portrait/portrait.service.js';
import { ScoreController } from './score/score.controller.js';
import { ScoreService } from './score/score.service.js';
import { DirtyService } from './scoring/dirty.service.js';
import { MarkDirtyConsumer } from './scoring/mark-dirty.consumer.js';
import { ProfileWriter } from './scoring/profile-writer.service.js';
import { RecordReader } from './scoring/record-reader.service.js';
import { ScoringJob } from './scoring/scoring.job.js';
import { ScoringService } from './scoring/scoring.service.js';

export { ScoringJob };

@Module({
  imports: [
    ServiceModule.of(database),
    MessagingModule.forService({ service: 'profiling', handlers: [MarkDirtyConsumer] }),
  ],
  controllers: [DeadLetterController, EnterpriseController, EvaluationController, PortraitController, ScoreController],
  providers: [
    DirtyService,
    MarkDirtyConsumer,
    PortraitReader,
    PortraitService,
    ProfileWriter,
    RecordReader,
    ScoreService,
    ScoringJob,
    ScoringService,
    { provide: SearchIndex, useFactory: (db: DataSource) => new PostgresSearchIndex(db), inject: [DataSource] },
  ],
})
export class ProfilingModule {}
