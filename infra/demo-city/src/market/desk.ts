import type { DemoInstitution, Security } from '../institutions.js';
import type { Random } from '../random.js';

export interface Manager {
  readonly login: string;
  readonly institution: DemoInstitution;
  /** Has a password: some of the desk stays free for whoever tries the platform. */
  readonly demo: boolean;
}

/** What somebody takes a case of: from when to when it lies on the desk. */
export interface Take {
  readonly wan: number;
  readonly security: Security;
  readonly from: Date;
  readonly until: Date;
  /** Runs past its deadline, by the bank's own fault. */
  readonly lapses: boolean;
  /** Codes of banks that may not take it, as they are in already. */
  readonly without: ReadonlySet<string>;
}

interface Span {
  readonly from: number;
  readonly until: number;
}

/** The limits of the market are 10 open cases a manager and 3 lapses in 30 days a bank; the plan keeps well away. */
const openMax = 7;
const demoOpenMax = 2;
const lapsesMax = 1;
const lapseWindowMillis = 31 * 86_400_000;

/** Who has time for a case, so that the plan asks for nothing that the limits of the market would refuse. */
export class Desks {
  private readonly managers: readonly Manager[];
  private readonly spans = new Map<string, Span[]>();
  private readonly lapses = new Map<string, number[]>();

  constructor(institutions: readonly DemoInstitution[], demoLogins: ReadonlySet<string>) {
    this.managers = institutions
      .filter(({ memberships }) => memberships.includes('MARKETPLACE'))
      .flatMap((institution) =>
        institution.managers.map(({ login }) => ({ login, institution, demo: demoLogins.has(login) })),
      );
  }

  /** Books the case with somebody whose bank likes it. */
  take(random: Random, wanted: Take): Manager {
    const able = this.managers
      .filter((manager) => !wanted.without.has(manager.institution.code) && this.hasTime(manager, wanted))
      .map((manager) => ({ manager, weight: this.liking(manager, wanted) }));
    if (able.length === 0) throw new RangeError('every account manager of the city is busy: plan fewer needs');
    const { manager } = random.weighted(able);
    this.book(manager, wanted);
    return manager;
  }

  book({ login, institution }: Manager, { from, until, lapses }: Pick<Take, 'from' | 'until' | 'lapses'>): void {
    append(this.spans, login, { from: from.getTime(), until: until.getTime() });
    if (lapses) append(this.lapses, institution.code, until.getTime());
  }

  manager(login: string): Manager {
    const found = this.managers.find((manager) => manager.login === login);
    if (found === undefined) throw new RangeError(`${login} takes no cases`);
    return found;
  }

  private hasTime({ login, institution, demo }: Manager, { from, until, lapses }: Take): boolean {
    const open = (this.spans.get(login) ?? []).filter(
      (span) => span.from <= until.getTime() && span.until >= from.getTime(),
    );
    if (open.length >= (demo ? demoOpenMax : openMax)) return false;
    if (!lapses) return true;
    const near = (this.lapses.get(institution.code) ?? []).filter(
      (instant) => Math.abs(instant - until.getTime()) < lapseWindowMillis,
    );
    return !demo && near.length < lapsesMax;
  }

  /** Larger banks come first in the list; a product that fits makes a need three times as interesting. */
  private liking({ institution }: Manager, { wan, security }: Take): number {
    const place = this.managers.findIndex((manager) => manager.institution === institution) / 2;
    const fits = institution.products.some(
      (product) => product.security === security && product.amountWanMin <= wan && wan <= product.amountWanMax,
    );
    return (fits ? 3 : 1) / (place + 4);
  }
}

function append<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
