import { Clock } from '@app/kernel';
import { PeriodicJob } from '@app/service';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

import { DueNeeds, fromTheFirst } from './due-needs.service.js';
import { TendingService } from './tending.service.js';

/** A freed place is offered again at most once a minute. */
const roundMs = 60_000;

/**
 * What happens without anybody's request: needs expire, cases and offers lapse at their deadlines, needs are suspended
 * and resumed, and close when nobody is left. Safe to run twice and in several copies: each need is looked at again
 * under its lock, and one that somebody else holds is left to the next round.
 */
@Injectable()
export class Housekeeping extends PeriodicJob {
  protected readonly everyMs = roundMs;
  /** Where the slow look over all open needs goes on, and the day and limits that they were all looked at under. */
  private place = fromTheFirst;
  private turn: string | undefined;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly needs: DueNeeds,
    private readonly tending: TendingService,
  ) {
    super();
  }

  /**
   * A round of the clock: what is due, and one page of the open needs, so that a day of a hundred thousand needs is not read
   * every minute. Signatures and revocations come as events; when the day or the limits turn, all pages are looked at.
   */
  async run(): Promise<void> {
    const now = this.clock.now();
    const turn = await this.needs.turnOf(now);
    if (turn !== this.turn) {
      await this.runAt(now);
      this.turn = turn;
      return;
    }
    const round = new Round(now);
    await this.tendDue(round);
    this.place = (await this.tendPage(round, this.place)) ?? fromTheFirst;
    round.end();
  }

  /**
   * One whole round as at an instant, until nothing more is due. A need that fails keeps no other one waiting: the round
   * goes on, and fails at its end. The demo city makes a past year with it.
   */
  async runAt(now: Date): Promise<number> {
    const round = new Round(now);
    await this.tendDue(round);
    for (let place: string | null = fromTheFirst; place !== null;) place = await this.tendPage(round, place);
    await this.tendDue(round);
    return round.end();
  }

  private async tendDue(round: Round): Promise<void> {
    const next = () => this.needs.due(round.now, round.tended);
    for (let ids = await next(); ids.length > 0; ids = await next()) await this.tendAll(round, ids);
  }

  /** Answers where the next page begins. */
  private async tendPage(round: Round, place: string): Promise<string | null> {
    const { ids, next } = await this.needs.misfitsAfter(place, round.now);
    await this.tendAll(
      round,
      ids.filter((id) => !round.tended.has(id)),
    );
    return next;
  }

  private async tendAll(round: Round, ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      round.tended.add(id);
      await this.db
        .transaction((tx) => this.tending.tend(tx, id, round.now))
        .catch((error) => round.failures.push(error));
    }
  }
}

/** What one round has done. */
class Round {
  readonly tended = new Set<string>();
  readonly failures: unknown[] = [];

  constructor(readonly now: Date) {}

  /** How many needs were tended; throws when one of them could not be. */
  end(): number {
    const { failures, tended } = this;
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} needs could not be tended`);
    return tended.size;
  }
}
