import { MessagingModule } from '@app/messaging';
import { DeadLetterController, ServiceModule } from '@app/service';
import { Module } from '@nestjs/common';

import { AccountMoveJob } from './account/account-move.job.js';
import { AccountRedelivery } from './account/account-redelivery.service.js';
import { AccountViews } from './account/account-view.service.js';
import { AccountController } from './account/account.controller.js';
import { Accounts } from './account/account.service.js';
import { BatchWorker } from './apply/batch-worker.service.js';
import { BatchJob } from './apply/batch.job.js';
import { BatchController } from './batch/batch.controller.js';
import { Batches } from './batch/batch.service.js';
import { Intake } from './batch/intake.service.js';
import { SweepJob } from './batch/sweep.job.js';
import { Upload } from './batch/upload.service.js';
import { Connectors } from './connector/connectors.service.js';
import { Gaps } from './connector/gaps.service.js';
import { PulledBatches } from './connector/pulled-batch.service.js';
import { Visits } from './connector/visits.service.js';
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
import { LineageController } from './lineage/lineage.controller.js';
import { Lineage } from './lineage/lineage.service.js';
import { FollowerConsumer } from './operation/follower.consumer.js';
import { OverviewController } from './operation/overview.controller.js';
import { Overview } from './operation/overview.service.js';
import { PauseController } from './operation/pause.controller.js';
import { Pauses } from './operation/pauses.service.js';
import { Pausing } from './operation/pausing.service.js';
import { Replays } from './operation/replays.service.js';
import { RunController } from './operation/run.controller.js';
import { RunJob } from './operation/run.job.js';
import { Runs } from './operation/runs.service.js';
import { WorkerMarkJob } from './operation/worker-mark.job.js';
import { PullController } from './pull/pull.controller.js';
import { PullJob } from './pull/pull.job.js';
import { Pulls } from './pull/pull.service.js';
import { SourceReaders } from './pull/source-readers.service.js';
import { FindingViews } from './quality/finding-view.service.js';
import { LetterViews } from './quality/letter-view.service.js';
import { Letters } from './quality/letter.service.js';
import { Measuring } from './quality/measuring.service.js';
import { QualityDays } from './quality/quality-day.service.js';
import { QualityViews } from './quality/quality-view.service.js';
import { QualityController } from './quality/quality.controller.js';
import { QualityJob } from './quality/quality.job.js';
import { DutyLog } from './record/duty-log.service.js';
import { RecordController } from './record/record.controller.js';
import { Records } from './record/record.service.js';
import { ClaimDecisions } from './resolve/claim-decision.service.js';
import { ClaimViews } from './resolve/claim-view.service.js';
import { ClaimController } from './resolve/claim.controller.js';
import { Claims } from './resolve/claims.service.js';
import { Following } from './resolve/following.service.js';
import { Matcher } from './resolve/matcher.service.js';
import { NameRegister } from './resolve/name-register.service.js';
import { ReadingNames } from './resolve/reading-names.service.js';
import { Redelivery } from './resolve/redelivery.service.js';
import { ResolveJob } from './resolve/resolve.job.js';
import { ResumableController } from './resumable/resumable.controller.js';
import { ResumableUploads } from './resumable/resumable.service.js';
import { UploadStart } from './resumable/upload-start.service.js';
import { Deletion } from './retention/deletion.service.js';
import { Holds } from './retention/hold.service.js';
import { PublicityJob } from './retention/publicity.job.js';
import { RetentionController } from './retention/retention.controller.js';
import { RetentionJob } from './retention/retention.job.js';
import { TopicPositions } from './topic/topic-positions.service.js';
import { TopicJob } from './topic/topic.job.js';
import { ChosenRows } from './workbench/chosen-rows.service.js';
import { MendingJob } from './workbench/mending.job.js';
import { RowContexts } from './workbench/row-context.service.js';
import { WorkbenchQuery } from './workbench/workbench-query.service.js';
import { WorkbenchController } from './workbench/workbench.controller.js';
import { Workbench } from './workbench/workbench.service.js';

@Module({
  imports: [
    ServiceModule.of(database),
    MessagingModule.forService({ service: 'ingestion', handlers: [FollowerConsumer] }),
  ],
  controllers: [
    ContractController,
    BatchController,
    ResumableController,
    FeedController,
    AccountController,
    CorrectionController,
    OverlayController,
    LineageController,
    RetentionController,
    WorkbenchController,
    RecordController,
    ClaimController,
    QualityController,
    PullController,
    PauseController,
    OverviewController,
    RunController,
    DeadLetterController,
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
    Accounts,
    AccountViews,
    AccountRedelivery,
    AccountMoveJob,
    Corrections,
    Overlays,
    OverlayQuery,
    Lineage,
    PublicityJob,
    Deletion,
    RetentionJob,
    Holds,
    ChosenRows,
    RowContexts,
    Workbench,
    WorkbenchQuery,
    MendingJob,
    DutyLog,
    Records,
    SweepJob,
    DropJob,
    Connectors,
    Gaps,
    Visits,
    PulledBatches,
    SourceReaders,
    Pulls,
    PullJob,
    Pauses,
    Pausing,
    Overview,
    WorkerMarkJob,
    Replays,
    FollowerConsumer,
    Runs,
    RunJob,
    TopicPositions,
    TopicJob,
    ReadingNames,
    NameRegister,
    Matcher,
    Claims,
    ClaimViews,
    ClaimDecisions,
    Following,
    Redelivery,
    ResolveJob,
    Measuring,
    QualityDays,
    QualityViews,
    FindingViews,
    Letters,
    LetterViews,
    QualityJob,
  ],
})
export class IngestionModule {}
