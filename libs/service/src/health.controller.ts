import { Public } from '@app/auth';
import { AppError } from '@app/kernel';
import { Controller, Get } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { DataSource } from 'typeorm';

import { isEnding } from './ending.js';

/** Said in words, since it is a person who looks when a copy takes no requests. */
export class NotReady extends AppError {
  override readonly code = 'NOT_READY';
  override readonly retryAfterSeconds = 1;
  constructor(why: string) {
    super('unavailable', why);
  }
}

@ApiExcludeController()
@Controller('health')
export class HealthController {
  constructor(private readonly db: DataSource) {}

  @Public()
  @Get('live')
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** Whether requests should come here. A bus or a search engine that is away is no reason: work goes on without. */
  @Public()
  @Get('ready')
  async ready(): Promise<{ status: string }> {
    if (isEnding()) throw new NotReady('the process is about to end');
    try {
      await this.db.query('select 1');
    } catch {
      throw new NotReady('the database does not answer');
    }
    return { status: 'ok' };
  }
}
