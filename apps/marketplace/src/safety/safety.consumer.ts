import { type EventDefinition, type EventEnvelope, grabChanged, needChanged } from '@app/contracts';
import { Clock } from '@app/kernel';
import { type BatchHandler, EventHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { NeedCheck } from './need-check.service.js';
import { endedWithoutLoan, Pledges } from './pledges.service.js';

type DataIn<E> = E extends EventDefinition<infer D> ? D : never;
type NeedChanged = DataIn<typeof needChanged>;
type GrabChanged = DataIn<typeof grabChanged>;

/** Checks needs after they were published, and ends pledges with their cases: the acts themselves wait for nothing. */
@Injectable()
@EventHandler({ name: 'marketplace.safety', events: [needChanged, grabChanged], batchMax: 100 })
export class SafetyConsumer implements BatchHandler<NeedChanged | GrabChanged> {
  constructor(
    private readonly check: NeedCheck,
    private readonly pledges: Pledges,
    private readonly clock: Clock,
  ) {}

  async handle(events: EventEnvelope<NeedChanged | GrabChanged>[], tx: EntityManager): Promise<void> {
    const now = this.clock.now();
    const published = events.map(({ data }) => data).filter((data) => !('grabId' in data) && isPublication(data));
    if (published.length > 0)
      await this.check.published(
        tx,
        published.map(({ needId }) => needId),
        now,
      );
    const cases = events.map(({ data }) => data).filter((data): data is GrabChanged => 'grabId' in data);
    const ended = cases.filter(({ to }) => endedWithoutLoan.has(to));
    if (ended.length > 0)
      await this.pledges.endWith(
        tx,
        ended.map(({ grabId }) => grabId),
        now,
      );
    const grabbed = cases.filter(({ from }) => from === null);
    await this.check.grabbed(
      tx,
      grabbed.map(({ needId, grabId, institutionId, institutionCode }) => ({
        need_id: needId,
        grab_id: grabId,
        institution_id: institutionId,
        institution_code: institutionCode,
      })),
      now,
    );
  }
}

/** A need that comes back onto the board because a place was freed was checked already. */
const isPublication = ({ from, to }: { from: string | null; to: string }): boolean =>
  to === 'PUBLISHED' && from !== 'PUBLISHED' && from !== 'FULL';
