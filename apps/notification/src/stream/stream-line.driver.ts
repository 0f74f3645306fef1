import type { ServerResponse } from 'node:http';

import type { Language } from '../kind/kind-shape.rules.js';
import type { Mailbox } from '../notice/mailbox.service.js';
import { toNoticeResponse } from '../notice/notice.response.js';
import { eventText, heartbeatText, openingText } from './event-text.rules.js';

/** What is read and written in one go; a slow reader gets the next part when it has taken this one. */
const partMax = 100;

export interface Listener {
  personId: string;
  sessionId: string;
  language: Language;
  /** Number of the last notice that the client has. */
  after: number;
}

/** One open connection: shows what is in the table after the last number, and never holds more than a part of it. */
export class StreamLine {
  private after: number;
  private unread = -1;
  private woken = false;
  private running = false;
  /** Since when the client has not taken what was written (performance.now()); null when it has. */
  private stuckSince: number | null = null;

  constructor(
    readonly listener: Listener,
    private readonly response: ServerResponse,
    private readonly mailbox: Mailbox,
  ) {
    this.after = listener.after;
    response.on('drain', () => {
      this.stuckSince = null;
      this.wake();
    });
    this.write(openingText);
  }

  get open(): boolean {
    return !this.response.destroyed && !this.response.writableEnded;
  }

  stuckForMs(): number {
    return this.stuckSince === null ? 0 : performance.now() - this.stuckSince;
  }

  /** There may be something new. Calls that come while a look is under way lead to one more look. */
  wake(): void {
    this.woken = true;
    if (this.running) return;
    this.running = true;
    void this.look().finally(() => {
      this.running = false;
      // A call that came after the last look and before this line.
      if (this.woken && this.open && this.stuckSince === null) this.wake();
    });
  }

  heartbeat(): void {
    if (this.open && this.stuckSince === null) this.write(heartbeatText);
  }

  /** Says why, for the client's log, and ends. */
  close(why: string): void {
    if (!this.open) return;
    this.response.end(eventText('closing', { why }));
  }

  destroy(): void {
    this.response.destroy();
  }

  /** Never rejects: what could not be read now is read at the next wake or heartbeat. */
  private async look(): Promise<void> {
    while (this.woken && this.open && this.stuckSince === null) {
      this.woken = false;
      try {
        await this.show();
      } catch {
        this.woken = false;
        return;
      }
    }
  }

  private async show(): Promise<void> {
    const { personId, language } = this.listener;
    const rows = await this.mailbox.after(personId, this.after, partMax);
    for (const row of rows) {
      if (!this.open) return;
      this.after = Number(row.number);
      this.write(eventText('notice', toNoticeResponse(row, language), this.after));
    }
    if (rows.length === partMax) this.woken = true;
    if (rows.length < partMax) await this.showUnread();
  }

  private async showUnread(): Promise<void> {
    const unread = await this.mailbox.unreadOf(this.listener.personId);
    if (unread === this.unread || !this.open) return;
    this.unread = unread;
    this.write(eventText('unread', { unread }));
  }

  private write(text: string): void {
    if (!this.response.write(text)) this.stuckSince ??= performance.now();
  }
}
