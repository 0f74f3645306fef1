import { addDays, addMonths, dayOf } from '@app/kernel';

import { type City, type Enterprise } from '../city.js';
import { institutions } from '../institutions.js';
import { demoPeople, plainEnterprise, strongEnterprise } from '../people.js';
import { Random } from '../random.js';
import { ActWriter } from './act-writer.js';
import { Desks } from './desk.js';
import { authorisationMonths, type LiveFrame, stageLiveMarket } from './live-market.js';
import type { MarketPlan, Officer } from './market-act.js';
import { drawNeed } from './need-draft.js';
import { drawStory } from './need-story.js';
import { firstDayOf, publications } from './season.js';
import { authorisationOf, tellStory } from './tell-story.js';
import { at, later, workdaysBefore } from './work-time.js';

export interface MarketOptions {
  /** The instant of the first start: everything lies before it. */
  readonly now: Date;
  /** Needs of the year besides those staged for today; by default about one for every four enterprises. */
  readonly needs?: number;
}

const needsPerEnterprise = 0.225;
/** What reaches the market counts a little before now, so that nothing waits for its own instant. */
const marginMinutes = 2;
/** Tiers borrow unlike: none, T1 … T5. */
const appetite = [1, 2, 2.6, 3, 2.5, 0.8];
const returningShare = 0.22;
const revokedShare = 0.03;

/** A year of the market, up to now. The same city and instant give the same plan. */
export function planMarket(
  city: City,
  { now, needs = Math.round(city.enterprises.length * needsPerEnterprise) }: MarketOptions,
): MarketPlan {
  const year = new MarketYear(city, now);
  year.openShelf();
  year.live();
  year.history(needs);
  year.revocations();
  year.scores();
  return year.plan();
}

/** Draws the year need by need. The live market takes its places first, and the year goes around it. */
class MarketYear {
  private readonly random: Random;
  private readonly writer = new ActWriter();
  private readonly desks: Desks;
  private readonly officers = new Map<string, Officer>();
  /** When the last need of a firm is over, by code; firms that are here have signed. */
  private readonly busyUntil = new Map<string, Date>();
  /** Firms that come onto the market in these days; the year leaves them alone. */
  private readonly staged = new Set<string>();
  private readonly candidates: readonly { enterprise: Enterprise; weight: number }[];
  private readonly managers: readonly string[];

  constructor(
    private readonly city: City,
    private readonly now: Date,
  ) {
    this.random = new Random(`${city.seed}/market`);
    const people = demoPeople(city);
    this.managers = people.filter(({ role }) => role === 'account-manager').map(({ login }) => login);
    this.desks = new Desks(institutions, new Set(this.managers));
    for (const { role, organisation, login, name } of people)
      if (role === 'enterprise') this.officers.set(organisation, { login, name, uscc: organisation });
    const born = addMonths(firstDayOf(dayOf(now)), -6);
    this.candidates = city.enterprises
      .filter(
        ({ status, establishedOn, uscc }) => status === '存续' && establishedOn < born && !this.officers.has(uscc),
      )
      .map((enterprise) => ({ enterprise, weight: appetite[enterprise.tier] ?? 1 }));
  }

  /** Banks put their products on the shelf in the first days. */
  openShelf(): void {
    const first = at(firstDayOf(dayOf(this.now)), 9 * 60);
    for (const { code, managers, memberships, products } of institutions) {
      const by = managers[0]?.login;
      if (by === undefined || !memberships.includes('MARKETPLACE')) continue;
      for (const [place, product] of products.entries()) {
        const step = { at: later(first, this.random.between(0, 480)), by, thread: code };
        this.writer.product(step, `product-${code.toLowerCase()}-${place + 1}`, product);
      }
    }
  }

  live(): void {
    const { city, now, writer, desks, managers } = this;
    const frame: LiveFrame = {
      city,
      now,
      writer,
      desks,
      managers,
      random: this.random.fork('live'),
      firm: () => {
        const enterprise = this.unused(this.random, true) ?? this.unused(this.random);
        if (enterprise) this.staged.add(enterprise.uscc);
        return enterprise;
      },
      officerOf: (enterprise) => this.officerOf(enterprise),
    };
    this.early(strongEnterprise(city), [300, 150], 24);
    this.early(plainEnterprise(city), [180], 7);
    stageLiveMarket(frame);
  }

  history(needs: number): void {
    const first = at(firstDayOf(dayOf(this.now)), 0);
    const length = this.now.getTime() - first.getTime();
    for (const [index, publishedAt] of publications(this.random.fork('season'), needs, this.now).entries()) {
      const random = this.random.fork(`need/${index}`);
      const enterprise = this.firmFor(random, publishedAt);
      if (!enterprise) continue;
      const draft = drawNeed(random, enterprise);
      const share = (publishedAt.getTime() - first.getTime()) / length;
      const story = drawStory(random, { draft, tier: enterprise.tier, publishedAt, share });
      const signs = !this.busyUntil.has(enterprise.uscc) && authorisationMonths;
      this.busyUntil.set(enterprise.uscc, story.over);
      const title = { key: `n${index + 1}`, enterprise, officer: this.officerOf(enterprise), draft, signs };
      tellStory(this.writer, this.desks, random, title, story);
    }
  }

  /** A few firms take their authorisation back when their need is over. */
  revocations(): void {
    const random = this.random.fork('revocations');
    for (const [uscc, over] of this.busyUntil) {
      const revokedAt = later(over, random.between(9, 40) * 1_440);
      const enterprise = this.candidates.find((one) => one.enterprise.uscc === uscc)?.enterprise;
      if (!random.chance(revokedShare) || !enterprise) continue;
      const { login: by } = this.officerOf(enterprise);
      this.writer.revoke({ at: revokedAt, by, thread: uscc }, authorisationOf(enterprise));
    }
  }

  /** A month's service is scored when it is over, looked through, and published some days later. */
  scores(): void {
    const today = dayOf(this.now);
    const thread = 'quality';
    for (let over = addMonths(firstDayOf(today), 2); over <= today; over = addMonths(over, 1)) {
      const month = addMonths(over, -1).slice(0, 7);
      this.writer.scoreBanks({ at: at(over, 2 * 60), by: 'operator', thread }, month);
      this.writer.publishScores({ at: at(addDays(over, 9), 10 * 60), by: 'operator2', thread }, month);
    }
  }

  plan(): MarketPlan {
    const limit = later(this.now, -marginMinutes);
    const acts = this.writer.acts.filter((act) => act.at < limit).toSorted((a, b) => a.at.getTime() - b.at.getTime());
    const acting = new Set(acts.map(({ by }) => by));
    const demo = new Set(demoPeople(this.city).map(({ login }) => login));
    return {
      acts,
      sweeps: [...this.writer.sweeps]
        .toSorted((a, b) => a - b)
        .map((instant) => new Date(instant))
        .filter((instant) => instant < limit),
      officers: [...this.officers.values()].filter(({ login }) => acting.has(login) && !demo.has(login)),
    };
  }

  /** Earlier needs of an enterprise with a password, all funded; the first one with the signature. */
  private early(enterprise: Enterprise, daysAgo: readonly number[], months: number): void {
    const officer = this.officerOf(enterprise);
    for (const [index, days] of daysAgo.entries()) {
      const random = this.random.fork(`early/${enterprise.no}/${index}`);
      const publishedAt = at(workdaysBefore(addDays(dayOf(this.now), -days), 0), random.between(9 * 60, 11 * 60));
      const draft = drawNeed(random, enterprise);
      const story = drawStory(random, { draft, tier: enterprise.tier, publishedAt, share: 0.5, surely: true });
      const key = `e${enterprise.no}-${index + 1}`;
      tellStory(
        this.writer,
        this.desks,
        random,
        { key, enterprise, officer, draft, signs: index === 0 && months },
        story,
      );
    }
  }

  private firmFor(random: Random, publishedAt: Date): Enterprise | undefined {
    const free = (uscc: string): boolean => (this.busyUntil.get(uscc) ?? publishedAt) <= publishedAt;
    const known = this.candidates.filter(({ enterprise: { uscc } }) => this.busyUntil.has(uscc) && free(uscc));
    if (known.length > 0 && random.chance(returningShare)) return random.weighted(known).enterprise;
    return this.unused(random);
  }

  private unused(random: Random, technology = false): Enterprise | undefined {
    const fresh = this.candidates.filter(
      ({ enterprise: { uscc, industry } }) =>
        !this.busyUntil.has(uscc) && !this.staged.has(uscc) && (!technology || industry.technology),
    );
    return fresh.length > 0 ? random.weighted(fresh).enterprise : undefined;
  }

  private officerOf({ uscc, no, legalRepresentative }: Enterprise): Officer {
    const known = this.officers.get(uscc);
    if (known) return known;
    const name = `${legalRepresentative.slice(0, 1)}会计`;
    const officer = { login: `finance-${no}`, name, uscc };
    this.officers.set(uscc, officer);
    return officer;
  }
}
