import { type Condition, conditionOf } from './readiness.js';

const lookEveryMs = 500;
const answerMs = 2_000;

/** One copy of a service, by its address. */
export interface Copy {
  service: string;
  address: URL;
  condition: Condition;
}

/** Knows which copies of which service take requests: asks each for its readiness, twice a second. */
export class Upstreams {
  private readonly copies: Copy[];
  private turn = 0;
  private timer?: NodeJS.Timeout;

  constructor(addresses: Map<string, string[]>) {
    this.copies = [...addresses].flatMap(([service, list]) =>
      list.map((address) => ({ service, address: new URL(address), condition: { service, ready: false } })),
    );
  }

  get services(): string[] {
    return [...new Set(this.copies.map(({ service }) => service))];
  }

  get conditions(): Condition[] {
    return this.copies.map(({ condition }) => condition);
  }

  serves(service: string | undefined): service is string {
    return this.copies.some((copy) => copy.service === service);
  }

  /** Copies that may be asked, the next in turn first. Those of whom we know nothing good come last, not never. */
  inTurn(service: string): Copy[] {
    const all = this.copies.filter((copy) => copy.service === service);
    this.turn = (this.turn + 1) % 1_000_000;
    const from = this.turn % all.length;
    const turned = [...all.slice(from), ...all.slice(0, from)];
    return turned.toSorted((a, b) => Number(b.condition.ready) - Number(a.condition.ready));
  }

  /** Nobody listens there: not asked again before it has said that it is ready. */
  lost(copy: Copy): void {
    copy.condition = { service: copy.service, ready: false, detail: 'does not answer' };
  }

  async watch(): Promise<void> {
    await Promise.all(this.copies.map((copy) => this.look(copy)));
    this.timer = setTimeout(() => void this.watch(), lookEveryMs).unref();
  }

  close(): void {
    clearTimeout(this.timer);
  }

  private async look(copy: Copy): Promise<void> {
    try {
      const url = new URL(`/api/${copy.service}/health/ready`, copy.address);
      const answer = await fetch(url, { signal: AbortSignal.timeout(answerMs) });
      copy.condition = conditionOf(copy.service, answer.status, await answer.text());
    } catch {
      this.lost(copy);
    }
  }
}
