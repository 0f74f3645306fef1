import type { DatabaseParts } from '@app/database';
import { Clock } from '@app/kernel';
import { logModule } from '@app/observe';
import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';

import { ActingClock } from './acting-clock.js';
import { CommandInterceptor } from './command.interceptor.js';
import { DatabaseModule } from './database.module.js';
import { HealthController } from './health.controller.js';
import { MetricsController } from './metrics.controller.js';
import { ProblemFilter } from './problem.filter.js';

/** What every service has: database, clock, log, health, metrics, commands, problem+json. */
@Module({})
export class ServiceModule {
  static of(parts: DatabaseParts): DynamicModule {
    return {
      module: ServiceModule,
      global: true,
      imports: [logModule(), DatabaseModule.of(parts)],
      controllers: [HealthController, MetricsController],
      providers: [
        { provide: Clock, useClass: ActingClock },
        { provide: APP_FILTER, useClass: ProblemFilter },
        CommandInterceptor,
      ],
      exports: [Clock],
    };
  }
}
