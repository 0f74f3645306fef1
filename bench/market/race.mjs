// Commands that are sent again and again, several copies at a time, to two copies of the service of which now one and now
// the other is killed. A copy is sent until it has an answer; only what says "try again" is tried again.
import { Agent } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

import { idOf, intendedFen, kinds, managerNumber, pairOf } from './pairs.mjs';
import { mayTryAgain, post } from './post.mjs';

const patienceMs = 50;
/** Copies of one command are sent within so many others. */
const blockSize = 32;

/** Places of drafts: every enterprise may have a few of them at a time. */
export const draftsPerEnterprise = 10;
export const isDraft = (number) => number % 2 === 1;
export const enterpriseOf = (number) => Math.floor(number / 2 / draftsPerEnterprise);
export const keyOf = (number) => `race-${number}`;

/** One to five times, and which copy comes when: the same in every run. */
const timesOf = (number) => 1 + (((number * 2_654_435_761) >>> 7) % 5);

export function* copies(count) {
  for (let from = 0; from < count; from += blockSize) {
    const block = Array.from({ length: Math.min(blockSize, count - from) }, (_, at) => from + at);
    const sent = block.flatMap((number) => Array.from({ length: timesOf(number) }, () => number));
    for (let at = sent.length - 1; at > 0; at -= 1) {
      const other = ((at + from) * 40_503 + 7) % (at + 1);
      [sent[at], sent[other]] = [sent[other], sent[at]];
    }
    yield* sent;
  }
}

/**
 * @param {{ ports: number[], racers: number, count: number, tokens: { manager: object, enterprise: string[] }, breathMs?: number,
 *   isOver?: () => boolean, answered?: () => void }} wish
 * @returns what was answered to each command, and whatever was answered that may not be
 */
export async function race({ ports, racers, count, tokens, breathMs = 0, isOver = () => false, answered }) {
  const seen = { ids: new Map(), sent: 0, again: 0, wrong: [], reasons: {} };
  const agent = new Agent({ keepAlive: true, maxSockets: racers });
  const line = copies(count);
  const racer = async (_, at) => {
    for (const number of line) {
      await settle({ number, port: at, agent, ports, tokens }, seen);
      answered?.();
      if (breathMs > 0) await pause(breathMs);
      // The line is everybody's: the first who leaves closes it.
      if (isOver()) return;
    }
  };
  await Promise.all(Array.from({ length: racers }, racer));
  agent.destroy();
  return seen;
}

async function settle(copy, seen) {
  for (let tries = 0; ; tries += 1) {
    const port = copy.ports[(copy.port + tries) % copy.ports.length];
    const answer = await send(copy, port);
    seen[tries === 0 ? 'sent' : 'again'] += 1;
    if (answer?.status === 201) return note(seen, copy.number, answer.body.id);
    if (answer && !mayTryAgain(answer)) {
      seen.wrong.push(`${copy.number}: ${answer.status} ${answer.body.code}`);
      return undefined;
    }
    const reason = answer ? `${answer.status} ${answer.body.code}` : 'no answer';
    seen.reasons[reason] = (seen.reasons[reason] ?? 0) + 1;
    await pause(patienceMs);
  }
}

function note({ ids }, number, id) {
  const known = ids.get(number) ?? new Set();
  ids.set(number, known.add(id));
}

function send({ number, agent, tokens }, port) {
  const command = isDraft(number) ? draftOf(number, tokens) : grabOf(number, tokens);
  return post({ ...command, key: keyOf(number), port, agent });
}

function grabOf(number, { manager: tokens }) {
  const { need, bank, manager } = pairOf(number);
  return {
    path: `/api/marketplace/needs/${idOf(kinds.need, need)}/grabs`,
    token: tokens[managerNumber(bank, manager)],
    body: JSON.stringify({ intendedFen }),
  };
}

/** The amount tells drafts of one enterprise apart. */
function draftOf(number, { enterprise }) {
  const body = {
    amountFen: String(100_000_000 + number * 100),
    termMonths: 12,
    purpose: `流动资金 ${keyOf(number)}`,
    security: 'UNSECURED',
    contact: { name: '联系人', phone: '051266668888' },
  };
  return { path: '/api/marketplace/needs', token: enterprise[enterpriseOf(number)], body: JSON.stringify(body) };
}
