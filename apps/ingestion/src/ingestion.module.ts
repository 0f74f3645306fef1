import { MessagingModule } from '@app/messaging';
import { ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { BatchWorker } from './apply/batch-worker.service.js';
import { BatchJob } from './apply/batch.job.js';
import { BatchController } from './batch/batch.controller.js';
import { Batches } from './batch/batch.service.js';
import { Intake } from './batch/intake.service.js';
import { SweepJob } from './batch/sweep.job.js';
import { Upload } from './batch/upload.service.js';
import { ContractHistory } from './contract/contract-history.service.js';
import { ContractReloadJob } from './contract/contract-reload.job.js';
import { ContractController } from './contract/contract.controller.js';
import { Contracts } from './contract/contract.service.js';
import { CorrectionController } from './correction/correction.controller.js';
import { Corrections } from './correction/correction.service.js';
import { OverlayQuery } from './correction/overlay-query.service.js';
import { OverlayController } from './correction/overlay.controller.js';
import { Overlays } from './correction/overlay.service.js';
import { database } from './data-source.js';
import { DropJob } from './drop/drop.job.js';
import { FeedController } from './feed/feed.controller.js';
import { Feeds } from './feed/feed.service.js';
import { Preparation } from './format/preparation.service.js';
import { PullController } from './pull/pull.controller.js';
import { PullJob } from './pull/pull.job.js';
import { Pulls } from './pull/pull.service.js';
import { ResumableController } from './resumable/resumable.controller.js';
import { ResumableUploads } from './resumable/resumable.service.js';
import { UploadStart } from './resumable/upload-start.service.js';

@Module({
  imports: [ServiceModule.of(database), MessagingModule.forService({ service: 'ingestion' })],
  controllers: [
    ContractController,
    BatchController,
    ResumableController,
    FeedController,
    CorrectionController,
    OverlayController,
    PullController,
  ],
  providers: [
    Contracts,
    ContractHistory,
    ContractReloadJob,
    Preparation,
    BatchWorker,
    BatchJob,
    Intake,
    Upload,
    UploadStart,
    ResumableUploads,
    Batches,
    Feeds,
    Corrections,
    Overlays,
    OverlayQuery,
    SweepJob,
    DropJob,
    Pulls,
    PullJob,
  ],
})
export class IngestionModule {}
