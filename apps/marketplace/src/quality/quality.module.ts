import { Module } from '@nestjs/common';

import { QualityFigures } from './quality-figures.service.js';
import { QualityQuery } from './quality-query.service.js';
import { QualityController } from './quality.controller.js';
import { QualityJob } from './quality.job.js';
import { QualityService } from './quality.service.js';

/** Monthly scores of banks' service; nothing else of the marketplace calls into it. */
@Module({
  controllers: [QualityController],
  providers: [QualityFigures, QualityJob, QualityQuery, QualityService],
})
export class QualityModule {}
