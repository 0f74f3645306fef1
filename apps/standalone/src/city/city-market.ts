import type { MarketAct, MarketPlan } from '@app/demo-city';
import { actAt } from '@app/service';

import type { Housekeeping } from '../../../marketplace/src/marketplace.module.js';
import type { InProcess } from './in-process.js';
import type { MarketJournal } from './market-journal.js';
import type { Progress } from './progress.js';

/** Acts of different enterprises that are under way at once: commits are shared, and the order is kept nearly. */
const underWayMax = 12;

/** What of a plan came about. */
export interface MarketOutcome {
  done: number;
  refused: number;
}

/**
 * Carries the market's plan out by the services' own routes, oldest first, each act at its own instant. The deadlines of
 * the market are looked after at the plan's instants too: nothing of today may sweep over an unfinished past.
 */
export class CityMarket {
  private readonly underWay = new Set<Promise<void>>();
  private readonly threads = new Map<string, Promise<void>>();
  private readonly outcome: MarketOutcome = { done: 0, refused: 0 };

  constructor(
    private readonly callers: InProcess,
    private readonly housekeeping: Housekeeping,
    private readonly journal: MarketJournal,
  ) {}

  /** Goes on where it stopped before. `stopped` is asked between the acts. */
  async carryOut(plan: MarketPlan, progress: Progress, stopped: () => boolean): Promise<MarketOutcome> {
    const sweeps = [...plan.sweeps];
    for (const [index, act] of plan.acts.entries()) {
      if (stopped()) break;
      while (sweeps[0] !== undefined && sweeps[0] <= act.at) await this.sweep(sweeps.shift()!);
      // A month is counted when everything that happened in it is written down: what is published stays.
      if (act.kind === 'SCORE_BANKS') await Promise.all(this.underWay);
      while (this.underWay.size >= underWayMax) await Promise.race(this.underWay);
      this.begin(act);
      progress.at(index + 1, 'acts');
    }
    for (const instant of sweeps) if (!stopped()) await this.sweep(instant);
    await Promise.all(this.underWay);
    progress.end(`${this.outcome.done} acts, ${this.outcome.refused} refused`);
    return this.outcome;
  }

  private async sweep(instant: Date): Promise<void> {
    const key = `sweep-${instant.toISOString()}`;
    if (this.journal.isDone(key)) return;
    await Promise.all(this.underWay);
    await this.housekeeping.runAt(instant);
    this.journal.note(key, null);
  }

  /** After what came before it in its thread. */
  private begin(act: MarketAct): void {
    if (this.journal.isDone(act.key)) return;
    const before = this.threads.get(act.thread);
    const work = (before ?? Promise.resolve()).then(() => this.act(act));
    const tracked = work.finally(() => {
      this.underWay.delete(tracked);
      if (this.threads.get(act.thread) === tracked) this.threads.delete(act.thread);
    });
    this.threads.set(act.thread, tracked);
    this.underWay.add(tracked);
  }

  private async act({ at, by, key, service, path, body }: MarketAct): Promise<void> {
    const known = this.resolve(path);
    if (known === undefined) return this.refuse(key, 'what it follows was refused');
    const request = { body, key: `city-${key}` };
    const answer = await actAt(at, () => this.callers.send(by, `${service}/${known}`, request));
    if (answer.status >= 300) return this.refuse(key, answer.body);
    this.outcome.done += 1;
    this.journal.note(key, (JSON.parse(answer.body) as { id?: string }).id ?? null);
  }

  /** The path with the ids in it that earlier acts were answered with. */
  private resolve(path: string): string | undefined {
    const wanted = /\{([^}]+)\}/.exec(path);
    if (!wanted) return path;
    const id = this.journal.idOf(wanted[1] ?? '');
    return id && path.replace(wanted[0], id);
  }

  /** People who try the platform meanwhile may have been faster: the rest of the plan goes on. */
  private refuse(key: string, why: string): void {
    this.outcome.refused += 1;
    this.journal.note(key, null);
    console.warn(`market of the city: ${key} was refused: ${why}`);
  }
}
