import { Public } from '@app/auth';
import { AppError } from '@app/kernel';
import { Controller, Get, Logger } from '@nestjs/common';
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
  private readonly logger = new Logger('health');
  /** Of the last probe; who asks and how often is no news. */
  private fault: string | undefined;

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
    const fault = await this.faultNow();
    if (fault !== this.fault) this.tell(fault);
    if (fault !== undefined) throw new NotReady(fault);
    return { status: 'ok' };
  }

  private async faultNow(): Promise<string | undefined> {
    if (isEnding()) return 'the process is about to end';
    try {
      await this.db.query('select 1');
    } catch {
      return 'the database does not answer';
    }
    return undefined;
  }

  private tell(fault: string | undefined): void {
    this.fault = fault;
    if (fault === undefined) this.logger.log('ready again');
    else this.logger.warn(`not ready: ${fault}`);
  }
}
