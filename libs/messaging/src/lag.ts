import { registry } from '@app/observe';
import { Gauge } from 'prom-client';

/** A subscription that can say how far behind it is. */
interface Follower {
  readonly group: string;
  lag(): Promise<number>;
}

const followers = new Set<Follower>();

/** How far behind each handler is: the same name for every driver, set by the one and asked of the other. */
export const lag = new Gauge({
  name: 'messaging_lag',
  help: 'Events that are on the bus and not heard yet, in the lanes of this process',
  labelNames: ['handler'],
  registers: [registry],
  async collect() {
    for (const follower of followers) {
      const behind = await follower.lag().catch(() => undefined);
      if (behind !== undefined) lag.set({ handler: follower.group }, behind);
    }
  },
});

/** Asks this subscription whenever somebody reads the metrics. */
export const askLagOf = (follower: Follower): void => void followers.add(follower);
export const forgetLagOf = (follower: Follower): void => void followers.delete(follower);
