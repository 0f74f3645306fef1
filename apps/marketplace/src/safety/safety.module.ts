import { Module } from '@nestjs/common';

import { AnomalyRows } from './anomaly-rows.service.js';
import { Flags } from './flags.service.js';
import { Marker } from './marker.driver.js';
import { NeedCheck } from './need-check.service.js';
import { Notes } from './notes.service.js';
import { Pledges } from './pledges.service.js';
import { SafetySchemes } from './safety-schemes.service.js';
import { SafetyConsumer } from './safety.consumer.js';
import { SafetyController } from './safety.controller.js';
import { SafetyJob } from './safety.job.js';

/** Watches over the market; nothing else of the marketplace calls into it. */
@Module({
  controllers: [SafetyController],
  providers: [AnomalyRows, Flags, Marker, NeedCheck, Notes, Pledges, SafetyConsumer, SafetyJob, SafetySchemes],
})
export class SafetyModule {}
