// What is carried: the event that the market tells most often, with keys as they are spread in life.
import { randomUUID } from 'node:crypto';

import { grabChanged } from '../../dist/libs/contracts/src/index.js';

export const { topic } = grabChanged;
export const requestSize = 500;
const keys = 2_000;

export function* envelopes(count) {
  for (let at = 0; at < count; at += 1)
    yield {
      id: randomUUID(),
      topic,
      key: `need-${at % keys}`,
      at: '2026-11-23T02:00:00.000Z',
      correlationId: `bench-${at}`,
      data: {
        grabId: `0000000a-0000-7000-8000-${String(at).padStart(12, '0')}`,
        needId: `need-${at % keys}`,
        uscc: '91320594MA1MTEST00',
        institution: 'BENCH-1',
        from: null,
        to: 'ACTIVE',
        intendedFen: '100000000',
        district: '320571',
        industry: '39',
        tier: 'T3',
        scoreBand: 'B',
        modelVersion: 'bench',
      },
    };
}

export function* requestsOf(list) {
  for (let at = 0; at < list.length; at += requestSize) yield list.slice(at, at + requestSize);
}

/** Wall time and processor time of one piece of work of this process. */
export async function spent(count, work) {
  const [began, before] = [performance.now(), process.cpuUsage()];
  await work();
  const { user, system } = process.cpuUsage(before);
  return { rate: (count / (performance.now() - began)) * 1_000, perCore: (count / (user + system)) * 1e6 };
}

/** Both directions as one figure: each event is published once and heard once. */
export const together = (publish, hear) => ({
  perCore: 1 / (1 / publish.perCore + 1 / hear.perCore),
  publishPerCore: publish.perCore,
  hearPerCore: hear.perCore,
  publishRate: publish.rate,
  hearRate: hear.rate,
});
