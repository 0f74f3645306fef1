// Copies of the marketplace that die in turn, with -9, and stand up again at their address.
import { setTimeout as pause } from 'node:timers/promises';

import { stop } from '../processes.mjs';
import { startMarketplace } from './service.mjs';

/** @param {{ services: { child: object, port: number }[], killEvery: number, settings: object }} wish seconds between kills */
export function killing({ services, killEvery, settings }) {
  let kills = 0;
  const stopped = new AbortController();
  const rounds = (async () => {
    for (let turn = 0; !stopped.signal.aborted; turn = (turn + 1) % services.length) {
      await pause(killEvery * 1_000, undefined, { signal: stopped.signal }).catch(() => undefined);
      if (stopped.signal.aborted) return;
      const { child, port } = services[turn];
      await stop(child, 'SIGKILL');
      kills += 1;
      services[turn] = await startMarketplace(settings, port);
    }
  })();
  return {
    end: async () => {
      stopped.abort();
      await rounds;
      return kills;
    },
  };
}
