import { headroomCrossed } from '@app/contracts';
import { Clock, uuidv7 } from '@app/kernel';
import { addManyToOutbox } from '@app/messaging';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';

import { type Crossing, crossingKey, crossingsOf } from './headroom.rules.js';
import { LimitService } from './limit.service.js';
import { UsageService } from './usage.service.js';

/** A grab is written a little after its instant. */
const slackMs = 60_000;

/** One copy looks at a time; the others leave it to the next round. */
const turnSql = 'select pg_try_advisory_xact_lock(7023) as mine';
const standingSql = `
  select id, subject, subject_id as "subjectId", what, threshold_bp as "thresholdBp"
  from headroom_alert where cleared_at is null`;
const raiseSql = `
  insert into headroom_alert (id, at, subject, subject_id, what, threshold_bp, used, limit_value, limit_version)
  select id, at, subject, subject_id, what, threshold_bp, used, limit_value, limit_version
  from json_to_recordset($1::json) as row (
    id uuid, at timestamptz, subject text, subject_id uuid, what text, threshold_bp integer, used bigint,
    limit_value bigint, limit_version integer)`;

type Standing = Pick<Crossing, 'subject' | 'subjectId' | 'what' | 'thresholdBp'> & { id: string };

/**
 * Tells operators when limits are nearly used up. An alert stands from the round that finds a threshold reached to the
 * one that finds it no longer reached: in between it is not raised again. What comes and goes between two rounds is not
 * seen, so that grabs need not carry this along.
 */
@Injectable()
export class HeadroomJob extends PeriodicJob {
  protected readonly everyMs = 10_000;
  /** The last look of this copy, and the limits that all needs were looked at under. */
  private last: { at: Date; version: number } | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly limits: LimitService,
    private readonly usage: UsageService,
  ) {
    super();
  }

  async run(): Promise<void> {
    const now = this.clock.now();
    const version = await this.db.transaction(async (tx) => {
      const [{ mine }]: [{ mine: boolean }] = await tx.query(turnSql);
      return mine ? this.look(tx, now) : undefined;
    });
    if (version !== undefined) this.last = { at: now, version };
  }

  /** The version of the limits that it looked at. */
  private async look(tx: EntityManager, now: Date): Promise<number> {
    const book = await this.limits.book(tx);
    const { headroomFirstBp, headroomSecondBp, version } = book.at(now);
    const since = this.last?.version === version ? Math.min(this.last.at.getTime(), now.getTime()) - slackMs : null;
    const leastBp = Math.min(headroomFirstBp, headroomSecondBp);
    const usages = await this.usage.now(tx, book, now, { leastBp, since: since === null ? null : new Date(since) });
    const reached = usages.flatMap((usage) => crossingsOf(usage, [headroomFirstBp, headroomSecondBp]));
    const standing: Standing[] = await tx.query(standingSql);
    const known = new Set(standing.map(crossingKey));
    const still = new Set(reached.map(crossingKey));
    const over = standing.filter((one) => !still.has(crossingKey(one))).map(({ id }) => id);
    if (over.length > 0)
      await tx.query('update headroom_alert set cleared_at = $2 where id = any($1::uuid[])', [over, now]);
    await this.raise(
      tx,
      reached.filter((one) => !known.has(crossingKey(one))),
      now,
    );
    return version;
  }

  private async raise(tx: EntityManager, crossings: readonly Crossing[], now: Date): Promise<void> {
    if (crossings.length === 0) return;
    const alerts = crossings.map((crossing) => ({ id: uuidv7(now), ...crossing }));
    const rows = alerts.map((alert) => ({
      id: alert.id,
      at: now,
      subject: alert.subject,
      subject_id: alert.subjectId,
      what: alert.what,
      threshold_bp: alert.thresholdBp,
      used: String(alert.used),
      limit_value: String(alert.limit),
      limit_version: alert.limitVersion,
    }));
    await tx.query(raiseSql, [JSON.stringify(rows)]);
    const told = alerts.map(({ id, subject, subjectId, what, thresholdBp, used, limit, limitVersion }) => ({
      alertId: id,
      subject,
      subjectId,
      what,
      thresholdBp,
      used: String(used),
      limit: String(limit),
      limitVersion,
    }));
    await addManyToOutbox(tx, headroomCrossed, told, now);
  }
}
