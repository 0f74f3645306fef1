import type { ServerResponse } from 'node:http';

import { gauge } from '@app/observe';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { Mailbox } from '../notice/mailbox.service.js';
import { NoticeListener } from './notice-listener.driver.js';
import { type Listener, StreamLine } from './stream-line.driver.js';
import { TooManyStreams } from './stream.error.js';

/** Browsers open six connections to one host over HTTP/1.1; a person has a few windows. Per copy of the service. */
export const streamsPerPersonMax = 5;
/** Shorter than any proxy's patience with a silent line (60 s at nginx). */
const heartbeatMs = 15_000;
/** A session that ended is noticed within two seconds. */
const sessionsMs = 2_000;
/** A client that takes nothing for so long is gone; it comes back with Last-Event-ID and has lost nothing. */
const stuckMs = 60_000;

const open = gauge('notification_streams', 'Open streams of this copy', []);

/** All open streams of this copy of the service. */
@Injectable()
export class Streams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('stream');
  private readonly lines = new Map<string, Set<StreamLine>>();
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly db: DataSource,
    private readonly mailbox: Mailbox,
    private readonly listening: NoticeListener,
  ) {}

  onApplicationBootstrap(): void {
    this.listening.onWake((people) => this.wake(people));
    this.timers.push(setInterval(() => this.heartbeat(), heartbeatMs).unref());
    this.timers.push(setInterval(() => void this.endSessions(), sessionsMs).unref());
  }

  /** Before the server waits for its connections to end, which these would never do by themselves. */
  beforeApplicationShutdown(): void {
    for (const timer of this.timers) clearInterval(timer);
    for (const line of this.all()) line.close('the service is being stopped: connect again');
  }

  /** @throws TooManyStreams before anything was written */
  makeRoom(personId: string): void {
    if ((this.lines.get(personId)?.size ?? 0) >= streamsPerPersonMax) throw new TooManyStreams(streamsPerPersonMax);
  }

  add(listener: Listener, response: ServerResponse): void {
    if (response.destroyed) return;
    const line = new StreamLine(listener, response, this.mailbox);
    const { personId } = listener;
    const own = this.lines.get(personId) ?? new Set();
    this.lines.set(personId, own.add(line));
    open.set(this.all().length);
    response.on('close', () => {
      own.delete(line);
      if (own.size === 0 && this.lines.get(personId) === own) this.lines.delete(personId);
      open.set(this.all().length);
    });
    line.wake();
  }

  /** Closes the streams of sessions that have ended. Never throws: the next look comes in two seconds. */
  async endSessions(): Promise<void> {
    const lines = this.all();
    if (lines.length === 0) return;
    try {
      const rows: { session_id: string }[] = await this.db.query(
        'select session_id from identity_api.session_v1 where session_id = any($1)',
        [[...new Set(lines.map(({ listener }) => listener.sessionId))]],
      );
      const valid = new Set(rows.map(({ session_id }) => session_id));
      for (const line of lines) if (!valid.has(line.listener.sessionId)) line.close('the session has ended');
    } catch (error) {
      this.log.warn(`cannot check sessions: ${(error as Error).message}`);
    }
  }

  heartbeat(): void {
    for (const line of this.all()) {
      if (line.stuckForMs() > stuckMs) line.destroy();
      line.heartbeat();
      // Also a look around: a notification may have been lost with its connection.
      line.wake();
    }
  }

  private wake(people: string[] | 'EVERYBODY'): void {
    const lines = people === 'EVERYBODY' ? this.all() : people.flatMap((id) => [...(this.lines.get(id) ?? [])]);
    for (const line of lines) line.wake();
  }

  private all(): StreamLine[] {
    return [...this.lines.values()].flatMap((own) => [...own]);
  }
}
