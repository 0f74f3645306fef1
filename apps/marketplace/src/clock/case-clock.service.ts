import { clockChanged, deadlineNeared } from '@app/contracts';
import { dayOf, endOfDay } from '@app/kernel';
import { addManyToOutbox, addToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { AuditTrail, theService } from '../audit/audit.service.js';
import { caseOf } from '../case/case.event.js';
import { type Deadline, deadlineOf, deadlineSql } from '../grab/case.rules.js';
import { Grab } from '../grab/grab.entity.js';
import { LimitService } from '../limit/limit.service.js';
import { Need } from '../need/need.entity.js';
import { openGrabStatuses } from '../need/need.rules.js';
import { Offer } from '../offer/offer.entity.js';
import { CasePause } from './case-pause.entity.js';
import { clockData } from './clock.event.js';
import { isReminderDue, reminderHorizon, waitsFor } from './reminder.rules.js';

/** Pauses ended in one transaction; the next ones come with the next. */
const partMax = 200;
/** Near cases found by one statement: it reads all that is due within the day, so that a small page would read it often. */
const nearMax = 20_000;

/**
 * A need's next deadline is never later than that of any of its cases: the index on it finds all that may be near. What
 * was reminded of stays out, or each round would read it again.
 */
const nearSql = `
  select g.need_id as "needId", g.id
  from need n join grab g on g.need_id = n.id
    left join offer o on o.need_id = g.need_id and o.grab_id = g.id and o.status in ('OPEN', 'ACCEPTED')
  where n.next_due <= greatest($1::timestamptz, $6::timestamptz) and g.status = any($2)
    and (g.need_id, g.id) > ($3::uuid, $4::uuid)
    and ${deadlineSql} between $5 and case when o.valid_to is null then $1::timestamptz else $6::timestamptz end
    and not exists (select 1 from reminder r
                    where r.need_id = g.need_id and r.grab_id = g.id and r.deadline = ${deadlineSql})
  order by g.need_id, g.id limit ${nearMax}`;
const remindedSql = `
  insert into reminder (need_id, grab_id, act, deadline, sent_at)
  select "needId", id, act, deadline, $2 from json_to_recordset($1::json) as row (
    "needId" uuid, id uuid, act text, deadline timestamptz)
  on conflict do nothing returning grab_id as id`;

const nobody = '00000000-0000-0000-0000-000000000000';

/** A case, and where a round goes on. */
export interface Place {
  needId: string;
  id: string;
}
export const fromTheFirst: Place = { needId: nobody, id: nobody };

/** A case whose deadline is near enough. */
interface Due {
  grab: Grab;
  deadline: Deadline;
}

/** What clocks do by themselves: remind before they run out, and run again when a pause is over. */
@Injectable()
export class CaseClock {
  constructor(
    private readonly limits: LimitService,
    private readonly audit: AuditTrail,
  ) {}

  /** Cases behind a place that may have to be reminded of, in their order; at most twenty thousand. */
  async near(db: EntityManager, now: Date, after: Place): Promise<Place[]> {
    const { workdays, hours } = reminderHorizon(await this.limits.policyAt(db, now), now);
    return db.query(nearSql, [workdays, [...openGrabStatuses], after.needId, after.id, now, hours]);
  }

  /** Reminds of those of these cases whose time has come, each once, as they are now. */
  async remind(tx: EntityManager, now: Date, part: readonly Place[]): Promise<void> {
    const policy = await this.limits.policyAt(tx, now);
    const [needIds, ids] = [part.map(({ needId }) => needId), part.map(idOf)];
    const grabs = await tx.findBy(Grab, { needId: In(needIds), id: In(ids) });
    const needOf = new Map((await tx.findBy(Need, { id: In(needIds) })).map((need) => [need.id, need]));
    const standing = { needId: In(needIds), grabId: In(ids), status: In(['OPEN', 'ACCEPTED']) };
    const offers = await tx.find(Offer, { where: standing, select: { needId: true, grabId: true, validTo: true } });
    const validTo = new Map(offers.map((offer) => [offer.grabId, offer.validTo]));
    const due = grabs.flatMap((grab): Due[] => {
      const deadline = deadlineOf(grab, validTo.get(grab.id) ?? null);
      return deadline && isReminderDue(deadline, policy, now) ? [{ grab, deadline }] : [];
    });
    await this.tell(tx, now, due, needOf);
  }

  private async tell(
    tx: EntityManager,
    now: Date,
    due: readonly Due[],
    needOf: ReadonlyMap<string, Need>,
  ): Promise<void> {
    const rows = due.map(({ grab: { needId, id }, deadline: { act, at } }) => ({ needId, id, act, deadline: at }));
    const reminded: { id: string }[] = await tx.query(remindedSql, [JSON.stringify(rows), now]);
    const fresh = new Set(reminded.map(idOf));
    const told = due
      .filter(({ grab }) => fresh.has(grab.id))
      .map(({ grab, deadline: { act, at } }) => {
        const said = { act, waitsFor: waitsFor(act), deadline: at.toISOString() };
        return { data: { ...caseOf(needOf.get(grab.needId)!, grab), ...said }, said, grab };
      });
    const facts = told.map(({ data }) => data);
    await addManyToOutbox(tx, deadlineNeared, facts, now);
    const acts = told.map(({ grab, said }) => ({
      rootId: grab.needId,
      subject: 'grab' as const,
      subjectId: grab.id,
      act: 'REMINDED',
      detail: said,
    }));
    await this.audit.record(tx, acts, theService, now);
  }

  /** Writes down pauses that ran to their last day: the deadlines have counted with that day from the start. */
  async endPauses(tx: EntityManager, now: Date): Promise<number> {
    const over: CasePause[] = await tx
      .createQueryBuilder(CasePause, 'pause')
      .where('pause.ended_at is null and pause.to_day < :today', { today: dayOf(now) })
      .orderBy('pause.id')
      .limit(partMax)
      .setLock('pessimistic_write')
      .setOnLocked('skip_locked')
      .getMany();
    for (const pause of over) await this.endPause(tx, pause, now);
    return over.length;
  }

  private async endPause(tx: EntityManager, pause: CasePause, now: Date): Promise<void> {
    const { needId, id, grabId } = pause;
    const ended = { endedAt: endOfDay(pause.toDay) };
    await tx.update(CasePause, { needId, id }, ended);
    const grab = await tx.findOneByOrFail(Grab, { needId, id: grabId });
    const need = await tx.findOneByOrFail(Need, { id: needId });
    await addToOutbox(tx, clockChanged, clockData(need, grab, Object.assign(pause, ended)), now);
    const detail = { pauseId: id, side: pause.side, toDay: pause.toDay };
    const entry = { rootId: needId, subject: 'grab' as const, subjectId: grabId, act: 'RESUMED', detail };
    await this.audit.record(tx, [entry], theService, now);
  }
}

const idOf = ({ id }: { id: string }): string => id;
