// Attempts to grab, most of which a limit must refuse: hot needs and quiet ones, eager banks, wishes of all sizes, some sent
// several times and out of order, at two copies of the service of which now one and now the other is dead.
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import { banks, idOf, kinds, managerNumber, managersOf } from './pairs.mjs';
import { mayTryAgain, post } from './post.mjs';

const patienceMs = 50;
const million = 1_000_000;
/** Attempts are shuffled within so many. */
const blockSize = 64;

/** What a bank may be told: a limit is reached, or it has its place already. */
const limitCodes = new Set([
  'NEED_FULL',
  'AMOUNT_EXHAUSTED',
  'ALREADY_GRABBED',
  'INSTITUTION_LIMIT',
  'MANAGER_LIMIT',
  'HOUSEHOLD_LIMIT',
]);

/** Numbers from a number: the same attempt has the same need, manager and wish, whichever copy of it is sent. */
function mixed(number, salt) {
  let value = Math.imul(number ^ (salt * 0x9e37_79b9), 0x85eb_ca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2_ae35);
  return ((value ^ (value >>> 16)) >>> 0) / 2 ** 32;
}

/** Half of all attempts go to a tenth of the needs. */
export function attemptOf(number, { needs, seed }) {
  const share = (salt) => mixed(number, seed * 16 + salt);
  const bank = Math.floor(share(1) * banks);
  const among = share(2) < 0.5 ? needs / 10 : needs;
  return {
    need: Math.floor(share(3) * among),
    manager: managerNumber(bank, Math.floor(share(4) * managersOf(bank))),
    intendedFen: String((50 + Math.floor(share(5) * 350)) * million),
  };
}

/** Every fifth attempt is sent twice to four times. */
const timesOf = (number, seed) =>
  mixed(number, seed * 16 + 6) < 0.2 ? 2 + Math.floor(mixed(number, seed * 16 + 7) * 3) : 1;

function* sendings(count, seed) {
  for (let from = 0; from < count; from += blockSize) {
    const block = Array.from({ length: Math.min(blockSize, count - from) }, (_, at) => from + at);
    const sent = block.flatMap((number) => Array(timesOf(number, seed)).fill(number));
    yield* sent
      .map((number, at) => [mixed(from + at, seed * 16 + 8), number])
      .toSorted(([a], [b]) => a - b)
      .map(([, number]) => number);
  }
}

/**
 * @param {{ ports: number[], clients: number, count: number, seed: number, needs: number, tokens: Record<number, string> }} wish
 * @returns ids that were given to each attempt, answers by code, and whatever was answered that may not be
 */
export async function storm({ ports, clients, count, seed, needs, tokens }) {
  const seen = { ids: new Map(), refused: new Set(), sent: 0, again: 0, codes: {}, wrong: [] };
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const line = sendings(count, seed);
  const client = async (_, at) => {
    for (const number of line) {
      const attempt = attemptOf(number, { needs, seed });
      await settle({ number, attempt, agent, tokens, ports, at }, seen);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return seen;
}

/** An attempt is sent until it has an answer; only what says "try again" is tried again. */
async function settle({ ports, at, ...attempt }, seen) {
  for (let tries = 0; ; tries += 1) {
    const answer = await send(attempt, ports[(at + tries) % ports.length]);
    seen[tries === 0 ? 'sent' : 'again'] += 1;
    if (answer && !mayTryAgain(answer)) return note(seen, attempt.number, answer);
    await pause(patienceMs);
  }
}

function note(seen, number, { status, body }) {
  const code = status === 201 ? 'GRANTED' : String(body.code).split('.').at(-1);
  seen.codes[code] = (seen.codes[code] ?? 0) + 1;
  if (status === 201) seen.ids.set(number, (seen.ids.get(number) ?? new Set()).add(body.id));
  else if (limitCodes.has(code)) seen.refused.add(number);
  else seen.wrong.push(`${number}: ${status} ${body.code}`);
}

function send({ number, attempt, agent, tokens }, port) {
  return post({
    port,
    agent,
    path: `/api/marketplace/needs/${idOf(kinds.need, attempt.need)}/grabs`,
    token: tokens[attempt.manager],
    key: `storm-${number}`,
    body: JSON.stringify({ intendedFen: attempt.intendedFen }),
  });
}
