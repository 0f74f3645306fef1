import { createHash } from 'node:crypto';

import { AppError, dayOf } from '@app/kernel';

import { GrabLane } from '../../apps/marketplace/src/grab/grab-lane.service.js';
import { TurnJob } from '../../apps/marketplace/src/waiting/turn.job.js';
import { type Memory, oneAct, publish, type Told } from './acts.js';
import { type Answer, type Attempt, attemptOf, laneAskOf } from './attempt.js';
import { grabsOf, lostOf } from './broken.js';
import { type Cast, renewTokens } from './cast.js';
import { Dice } from './dice.js';
import type { Faults } from './faults.js';
import { bodyOf, type Caps, expect, type Expected, unavailable } from './oracle.js';
import { recount } from './recount.js';
import { standingOf } from './standing.js';

/** What a bank was told: `granted`, `replayed` with the id of then, or the code of the refusal. */
const roundsBetweenRecounts = 50;
/** So many rounds without a grant: every bank is suspended for its lapses, and refusals alone prove little. */
const quietRoundsMax = 15;
/** The first values of the market. */
const firstCaps: Caps = {
  maxGrabsPerNeed: 5,
  overSubscriptionBp: 30_000,
  maxOpenGrabsPerInstitution: 50,
  maxOpenGrabsPerManager: 10,
  maxDailyGrabsPerInstitution: 200,
  maxDailyGrabsPerManager: 30,
};
const widened = [
  ['maxOpenNeedsPerEnterprise', 100],
  ['lapsesToSuspend', 100],
  ['freeWithdrawals', 1_000],
] as const;
/** Work keeps up with the grabs, or every bank would soon be suspended for its lapses. */
const actsPerGrab = 2;

/**
 * A market on a virtual clock, driven by dice: rounds of grabs that arrive together, with repeats, altered repeats, late
 * ones, forged ones and broken connections, and between them the acts of everybody else. The same seed does the same.
 */
export class Simulation {
  readonly violations: string[] = [];
  readonly counts = new Map<string, number>();
  private readonly dice: Dice;
  private readonly trace = createHash('sha256');
  private readonly answers = new Map<string, { body: string; grabId: string }>();
  private readonly unsure = new Map<string, Attempt>();
  private readonly grantedIds = new Set<string>();
  private readonly placed = new Set<string>();
  private recent: Attempt[] = [];
  private late: Attempt[] = [];
  private keys = 0;
  private readonly memory: Memory = { needs: [], grabs: [], offers: [], revoked: new Set(), caps: { ...firstCaps } };
  private round = 0;
  private quietRounds = 0;
  attempts = 0;

  constructor(
    seed: number,
    private readonly cast: Cast,
    private readonly faults: Faults,
  ) {
    this.dice = new Dice(seed);
  }

  get digest(): string {
    return this.trace.copy().digest('hex').slice(0, 16);
  }

  async run(attempts: number, progress: (line: string) => void): Promise<void> {
    // Wide enough that the limits of grabs are met, and not only those before them.
    for (const [what, value] of widened) await this.cast.market.limit(what, value);
    for (let needs = 0; needs < 20; needs += 1) this.tell(await publish(this.dice, this.cast, this.memory));
    while (this.attempts < attempts) {
      this.round += 1;
      const granted = await this.grabTogether(Math.min(this.dice.int(20, 180), attempts - this.attempts));
      for (let acts = this.dice.int(3, 6) + actsPerGrab * granted; acts > 0; acts -= 1)
        this.tell(await oneAct(this.dice, this.cast, this.memory));
      this.quietRounds = granted > 0 ? 0 : this.quietRounds + 1;
      await this.passTime();
      if (this.round % roundsBetweenRecounts === 0) {
        await this.recount();
        await renewTokens(this.cast);
        progress(`${this.attempts} attempts, ${this.grantedIds.size} granted, ${this.violations.length} violations`);
      }
    }
    await this.settleUnsure();
    await this.recount();
  }

  /** One round: all of them are in the queue before the lane begins, so their order of arrival is the dice's. */
  private async grabTogether(count: number): Promise<number> {
    const attempts = this.draw(count);
    await this.learnUnsure();
    const { market, managers } = this.cast;
    const ids = [...new Set(attempts.map(({ needId }) => needId))];
    const standing = await standingOf(market.db, ids, dayOf(market.clock.now()), this.answers);
    if (this.dice.chance(0.03))
      this.faults.arm(this.dice.pick(['lost before the commit', 'lost after the commit'] as const));
    const lane = market.app.get(GrabLane);
    const answers = await Promise.all(
      attempts.map((attempt) =>
        answerOf(() => lane.place(laneAskOf(attempt, managers[(attempt.manager.index + 5) % managers.length]!))),
      ),
    );
    this.faults.disarm();
    this.attempts += attempts.length;
    const lost = await lostOf(market.db, attempts, answers);
    const expected = expect(attempts, standing, this.memory.caps, lost);
    for (const [index, attempt] of attempts.entries())
      this.compare(attempt, answers[index]!, expected[index]!, answers);
    return answers.filter(({ told }) => told === 'granted').length;
  }

  private draw(count: number): Attempt[] {
    const now = this.cast.market.clock.now();
    const drawn = this.late.splice(0, this.late.length);
    while (drawn.length < count) drawn.push(this.drawOne(now));
    // Some arrive a round later, some sooner than those sent before them.
    this.late = drawn.filter(() => this.dice.chance(0.02));
    const sent = this.dice.shuffled(drawn.filter((attempt) => !this.late.includes(attempt)));
    this.recent = [...this.recent, ...sent].slice(-400);
    return sent.map((attempt) => ({ ...attempt, now }));
  }

  private drawOne(now: Date): Attempt {
    if (this.recent.length > 0 && this.dice.chance(0.15)) {
      const again = this.dice.pick(this.recent);
      return this.dice.chance(0.1) ? { ...again, intendedFen: again.intendedFen + 1n } : { ...again };
    }
    this.keys += 1;
    const { needs } = this.memory;
    const hot = this.dice.chance(0.3);
    const need = needs[Math.max(0, needs.length - this.dice.int(1, hot ? 3 : 40))]!;
    const share = BigInt(this.dice.int(1, 110));
    const manager = this.dice.pick(this.cast.managers);
    const attempt = attemptOf(manager, need.id, {
      intendedFen: (need.amountFen * share) / 100n,
      key: `k${this.keys}`,
      now,
    });
    return this.dice.chance(0.01) ? { ...attempt, forged: true } : attempt;
  }

  private compare(attempt: Attempt, answer: Answer, expected: Expected, all: readonly Answer[]): void {
    this.note(
      `grab ${attempt.manager.index} ${this.numberOf(attempt.needId)} ${attempt.key} ${answer.told}`,
      answer.told,
    );
    if (answer.told === unavailable) {
      this.unsure.set(attempt.claimText, attempt);
      return;
    }
    const wrong = fault(answer, expected, all);
    if (wrong) this.violate(`attempt ${attempt.key} of manager ${attempt.manager.index}: ${wrong}`);
    if (answer.told !== 'granted') return;
    if (this.grantedIds.has(answer.grabId!)) this.violate(`grab ${answer.grabId} was granted twice`);
    this.remember(attempt, answer.grabId!);
  }

  private remember(attempt: Attempt, grabId: string): void {
    this.grantedIds.add(grabId);
    this.answers.set(attempt.claimText, { body: bodyOf(attempt), grabId });
    this.memory.grabs.push({ id: grabId, needId: attempt.needId, manager: attempt.manager.index, contacted: false });
  }

  /** Attempts whose answer was lost: the rows tell whether they were done; a repeat must then get that answer. */
  private async learnUnsure(): Promise<void> {
    const byClaim = await grabsOf(this.cast.market.db, [...this.unsure.keys()]);
    // In the order in which they were sent, so that the actors remember the same order in every run.
    for (const [claim, attempt] of this.unsure) {
      const id = byClaim.get(claim);
      if (id !== undefined && !this.grantedIds.has(id)) this.remember(attempt, id);
    }
    this.unsure.clear();
  }

  /** Banks in line that were given a place, in the order in which they had come: ids of needs go by their making, those of managers by chance. */
  private async learnPlaced(): Promise<void> {
    const placed = await this.cast.market.db.query<{ id: string; needId: string; managerId: string }>(
      `select grab_id as id, need_id as "needId", manager_id as "managerId" from marketplace.entry
       where status = 'PLACED' and grab_id <> all($1::uuid[]) order by entered_at, need_id, line_no`,
      [[...this.placed]],
    );
    for (const { id, needId, managerId } of placed) {
      const manager = this.cast.managers.find(({ viewer }) => viewer.personId === managerId)!.index;
      this.placed.add(id);
      this.grantedIds.add(id);
      this.memory.grabs.push({ id, needId, manager, contacted: false });
      this.note(`placed ${manager} ${this.numberOf(needId)}`, 'placed from the line');
    }
  }

  private async settleUnsure(): Promise<void> {
    await this.learnUnsure();
    const [row] = await this.cast.market.db.query<{ rows: number }>(
      'select count(*)::int as rows from marketplace.grab',
    );
    if (row!.rows !== this.grantedIds.size)
      this.violate(`${row!.rows} grabs are in the table, ${this.grantedIds.size} were granted`);
  }

  private async passTime(): Promise<void> {
    const { market } = this.cast;
    market.clock.advance(this.someTime());
    if (this.dice.chance(0.5)) this.tell({ act: `housekeeping ${await market.keepHouse()}`, status: 200 });
    if (this.dice.chance(0.05)) this.tell({ act: `housekeeping again ${await market.keepHouse()}`, status: 200 });
    await market.app.get(TurnJob).run();
    await this.learnPlaced();
  }

  /** Seconds to minutes, now and then days; weeks when nobody may grab any more. */
  private someTime(): number {
    if (this.quietRounds >= quietRoundsMax) {
      this.quietRounds = 0;
      return this.dice.int(7, 30) * 86_400_000;
    }
    return this.dice.chance(0.02) ? this.dice.int(1, 3) * 86_400_000 : this.dice.int(1_000, 2_400_000);
  }

  private async recount(): Promise<void> {
    for (const line of await recount(this.cast.market.db, this.memory.caps)) this.violate(line);
    const { status, body } = await this.cast.operator.get('/api/marketplace/invariants');
    const items = (body as { items?: { code: string; violations: number }[] }).items ?? [];
    if (status !== 200 || items.length === 0) this.violate(`the invariants could not be asked for: ${status}`);
    for (const { code, violations } of items) if (violations > 0) this.violate(`the market itself says ${code}`);
  }

  private tell(told: Told | undefined): void {
    if (!told) return;
    this.note(`${told.act} ${told.status}`, `${told.act.split(' ')[0]} ${told.status}`);
    if (told.status >= 500) this.violate(`${told.act}: ${told.status} ${told.detail ?? ''}`);
  }

  private note(line: string, kind: string): void {
    this.trace.update(`${this.round} ${line}\n`);
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  private violate(what: string): void {
    this.violations.push(`round ${this.round}: ${what}`);
  }

  private numberOf(needId: string): number {
    return this.memory.needs.findIndex(({ id }) => id === needId);
  }
}

function fault(answer: Answer, expected: Expected, all: readonly Answer[]): string | undefined {
  if (expected.kind === 'refused')
    return expected.codes.includes(answer.told)
      ? undefined
      : `${answer.told} where ${expected.codes.join(' or ')} was due`;
  if (answer.told !== expected.kind) return `${answer.told} where ${expected.kind} was due`;
  if (expected.kind === 'granted') return undefined;
  const id = expected.grabId.startsWith('#') ? all[Number(expected.grabId.slice(1))]!.grabId : expected.grabId;
  return answer.grabId === id ? undefined : `a repeat was told of another grab`;
}

async function answerOf(place: () => ReturnType<GrabLane['place']>): Promise<Answer> {
  try {
    const { answer, replayed } = await place();
    return { told: replayed ? 'replayed' : 'granted', grabId: answer.id };
  } catch (error) {
    if (error instanceof AppError) return { told: error.code };
    throw error;
  }
}
