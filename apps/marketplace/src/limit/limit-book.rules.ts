import {
  type ApprovedValue,
  dimensions,
  everywhere,
  inOrder,
  type Policy,
  policyAt,
  type Scope,
} from './limit.rules.js';

/** Different policies kept at a time; a market has a handful of scopes and of instants at which limits change. */
const keptMax = 1_000;

/** All approved limits, folded once for each scope and stretch of time that is asked for. */
export class LimitBook {
  private readonly changes: readonly ApprovedValue[];
  private readonly kept = new Map<string, Policy>();
  /** What overrides speak of: any other product, district, bank or grade has the market's own limits. */
  private readonly named: Record<(typeof dimensions)[number], Set<string>>;

  constructor(changes: readonly ApprovedValue[]) {
    this.changes = inOrder(changes);
    const namedIn = (one: (typeof dimensions)[number]) =>
      new Set(this.changes.flatMap(({ scope }) => scope?.[one] ?? []));
    this.named = {
      institution: namedIn('institution'),
      product: namedIn('product'),
      district: namedIn('district'),
      grade: namedIn('grade'),
    };
  }

  /** How many changes it holds. */
  get size(): number {
    return this.changes.length;
  }

  /** The limits in force at an instant for a scope. Throws BrokenInvariant when one was never set. */
  at(instant: Date, scope: Scope = everywhere): Policy {
    const known = this.reduced(scope);
    const key = `${this.inForceAt(instant)} ${dimensions.map((one) => known[one] ?? '').join(' ')}`;
    const kept = this.kept.get(key);
    if (kept) return kept;
    if (this.kept.size >= keptMax) this.kept.clear();
    const policy = policyAt(this.changes, instant, known);
    this.kept.set(key, policy);
    return policy;
  }

  /** An instant, and every later one at which what is in force changes. */
  turnsFrom(instant: Date): Date[] {
    const later = this.changes
      .map(({ effectiveFrom }) => effectiveFrom.getTime())
      .filter((at) => at > instant.getTime());
    return [instant, ...[...new Set(later)].map((at) => new Date(at))];
  }

  /** Every pair of a product and a district that overrides tell apart, with `null` for all others. */
  placesApart(): { product: string | null; district: string | null }[] {
    const products = [null, ...this.named.product];
    const districts = [null, ...this.named.district];
    return products.flatMap((product) => districts.map((district) => ({ product, district })));
  }

  private reduced(scope: Scope): Scope {
    const known = (one: (typeof dimensions)[number]): string | null => {
      const value = scope[one];
      return value !== null && this.named[one].has(value) ? value : null;
    };
    return {
      institution: known('institution'),
      product: known('product'),
      district: known('district'),
      grade: known('grade'),
    };
  }

  /** How many changes have taken effect: their order never changes, so that the number names the stretch of time. */
  private inForceAt(instant: Date): number {
    const at = instant.getTime();
    let [low, high] = [0, this.changes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.changes[middle]!.effectiveFrom.getTime() <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
