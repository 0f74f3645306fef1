import { setTimeout as pause } from 'node:timers/promises';

import { registry } from '@app/observe';
import { Gauge } from 'prom-client';

/** A subscription that can say how far behind it is. */
interface Follower {
  readonly group: string;
  lag(): Promise<number>;
}

/** A bus that is away must not hold up whoever looks: what was known last stands until it answers. */
const patienceMs = 2_000;

/** Subscriptions, and how far behind each was when it last said so. */
const followers = new Map<Follower, number>();
const asking = new Map<Follower, Promise<void>>();

/** How far behind each handler is: the same name and the same meaning for every driver. */
const lag = new Gauge({
  name: 'messaging_lag',
  help: 'Events that are on the bus and not heard yet, in the lanes of this process',
  labelNames: ['handler'],
  registers: [registry],
  async collect() {
    await Promise.all([...followers.keys()].map(ask));
    const sums = new Map<string, number>();
    for (const [{ group }, behind] of followers) sums.set(group, (sums.get(group) ?? 0) + behind);
    for (const [handler, behind] of sums) lag.set({ handler }, behind);
  },
});

/** Asks one subscription, which is never asked twice at once. */
async function ask(follower: Follower): Promise<void> {
  const asked = asking.get(follower) ?? answerOf(follower).finally(() => asking.delete(follower));
  asking.set(follower, asked);
  await Promise.race([asked, pause(patienceMs, undefined, { ref: false })]);
}

async function answerOf(follower: Follower): Promise<void> {
  const behind = await follower.lag().catch(() => undefined);
  if (behind !== undefined && followers.has(follower)) followers.set(follower, behind);
}

/** Asks this subscription whenever somebody reads the metrics. */
export const askLagOf = (follower: Follower): void => void followers.set(follower, 0);

export function forgetLagOf(follower: Follower): void {
  followers.delete(follower);
  lag.remove({ handler: follower.group });
}
