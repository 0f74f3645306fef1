import { clockChanged, deadlineNeared } from '@app/contracts';
import { type Day, dayOf, endOfDay } from '@app/kernel';
import { addToOutbox } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { AuditTrail, theService } from '../audit/audit.service.js';
import { caseOf } from '../case/case.event.js';
import { deadlineOf, deadlineSql } from '../grab/case.rules.js';
import { Grab } from '../grab/grab.entity.js';
import { LimitService } from '../limit/limit.service.js';
import { Need } from '../need/need.entity.js';
import { openGrabStatuses } from '../need/need.rules.js';
import { CasePause } from './case-pause.entity.js';
import { clockData } from './clock.event.js';
import { isReminderDue, reminderHorizon, waitsFor } from './reminder.rules.js';

/** Cases looked at in one transaction; the next ones come with the next. */
const partMax = 200;

/**
 * A need's next deadline is never later than that of any of its cases: the index on it finds all that may be near. What
 * was reminded of stays out, or each round would read it again.
 */
const nearSql = `
  select g.need_id as "needId", g.id, o.valid_to::text as "validTo"
  from need n join grab g on g.need_id = n.id
    left join offer o on o.need_id = g.need_id and o.grab_id = g.id and o.status in ('OPEN', 'ACCEPTED')
  where n.next_due <= greatest($1::timestamptz, $6::timestamptz) and g.status = any($2)
    and (g.need_id, g.id) > ($3::uuid, $4::uuid)
    and ${deadlineSql} between $5 and case when o.valid_to is null then $1::timestamptz else $6::timestamptz end
    and not exists (select 1 from reminder r
                    where r.need_id = g.need_id and r.grab_id = g.id and r.deadline = ${deadlineSql})
  order by g.need_id, g.id limit ${partMax}`;
const remindedSql = `
  insert into reminder (need_id, grab_id, act, deadline, sent_at) values ($1, $2, $3, $4, $5)
  on conflict do nothing returning 1 as fresh`;

const nobody = '00000000-0000-0000-0000-000000000000';

interface NearCase {
  needId: string;
  id: string;
  validTo: Day | null;
}

/** Where a round goes on. */
export interface Place {
  needId: string;
  id: string;
}
export const fromTheFirst: Place = { needId: nobody, id: nobody };

/** What clocks do by themselves: remind before they run out, and run again when a pause is over. */
@Injectable()
export class CaseClock {
  constructor(
    private readonly limits: LimitService,
    private readonly audit: AuditTrail,
  ) {}

  /** Reminds of one part of the near deadlines, each once. Answers where the next part begins; null when there is none. */
  async remind(tx: EntityManager, now: Date, after: Place): Promise<Place | null> {
    const policy = await this.limits.policyAt(tx, now);
    const { workdays, hours } = reminderHorizon(policy, now);
    const from = [after.needId, after.id, now];
    const near: NearCase[] = await tx.query(nearSql, [workdays, [...openGrabStatuses], ...from, hours]);
    const grabs = await tx.findBy(Grab, { needId: In(near.map(({ needId }) => needId)), id: In(near.map(idOf)) });
    const needs = await tx.findBy(Need, { id: In(near.map(({ needId }) => needId)) });
    const grabOf = new Map(grabs.map((grab) => [grab.id, grab]));
    const needOf = new Map(needs.map((need) => [need.id, need]));
    for (const { id, needId, validTo } of near) {
      const grab = grabOf.get(id)!;
      const deadline = deadlineOf(grab, validTo);
      if (!deadline || !isReminderDue(deadline, policy, now)) continue;
      const { act, at } = deadline;
      const [fresh] = await tx.query(remindedSql, [needId, id, act, at, now]);
      if (!fresh) continue;
      const said = { act, waitsFor: waitsFor(act), deadline: at.toISOString() };
      await addToOutbox(tx, deadlineNeared, { ...caseOf(needOf.get(needId)!, grab), ...said }, now);
      const entry = { rootId: needId, subject: 'grab' as const, subjectId: id, act: 'REMINDED', detail: said };
      await this.audit.record(tx, [entry], theService, now);
    }
    return near.length < partMax ? null : near.at(-1)!;
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
