import { useQuery } from '@tanstack/react-query';

import type { Draw } from './watch.query.js';

const way = 'xinqiao draw 1';

/** What this browser computes of a draw, to be held against what was published (docs/adr/0010 says how, byte by byte). */
export interface DrawCheck {
  commitment: boolean;
  seed: boolean;
  order: boolean;
}

/** Browsers hash only where the line is safe: on https, or on the machine itself. */
export const canCheck = (): boolean => globalThis.crypto?.subtle !== undefined;

export function useDrawCheck(draw: Draw) {
  return useQuery({
    enabled: canCheck(),
    queryKey: ['draw-check', draw.needId],
    queryFn: () => checkDraw(draw),
    staleTime: Infinity,
  });
}

export async function checkDraw({ needId, secret, seed, commitment, entries }: Draw): Promise<DrawCheck> {
  const lines = entries.map(({ id, nonceHash }) => `${id} ${nonceHash}`).toSorted(byCode);
  const tickets = await Promise.all(entries.map(({ id }) => hashOf('ticket', seed, id)));
  return {
    commitment: (await hashOf('commitment', needId, secret)) === commitment,
    seed: (await hashOf('seed', needId, secret, ...lines)) === seed,
    order: tickets.every((ticket, index) => index === 0 || byCode(tickets[index - 1]!, ticket) <= 0),
  };
}

const byCode = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

async function hashOf(...parts: string[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode([way, ...parts].join('\n')));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
