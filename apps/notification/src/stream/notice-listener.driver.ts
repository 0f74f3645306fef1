import { databaseUrlOf } from '@app/config';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import pg from 'pg';

import { noticeChannel } from '../notice/notices.service.js';

/** A lost connection is made again after so long; until then, and right after it, everybody looks for themselves. */
const againMs = 1_000;

type Woken = (people: string[] | 'EVERYBODY') => void;

/** Hears over one connection of its own whom any copy of the service has told something. */
@Injectable()
export class NoticeListener implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('stream');
  private client: pg.Client | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private woken: Woken = () => undefined;

  onWake(woken: Woken): void {
    this.woken = woken;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: databaseUrlOf('notification'),
      application_name: 'notification listener',
      keepAlive: true,
    });
    this.client = client;
    const lost = (): void => {
      if (this.client !== client || this.stopped) return;
      this.client = undefined;
      this.timer = setTimeout(() => void this.connect(), againMs);
      this.timer.unref();
    };
    client.on('error', lost).on('end', lost);
    client.on('notification', ({ payload }) => this.woken(payload ? payload.split(',') : 'EVERYBODY'));
    try {
      await client.connect();
      await client.query(`listen ${noticeChannel}`);
      // Whatever was said while nobody listened is in the table.
      this.woken('EVERYBODY');
    } catch (error) {
      this.log.warn(`does not hear of new notices: ${(error as Error).message}`);
      lost();
    }
  }
}
