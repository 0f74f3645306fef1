import type { Response } from 'supertest';

import { needBody, offerBody } from '../../apps/marketplace/test/support/market.js';
import type { Cast } from './cast.js';
import type { Dice } from './dice.js';
import type { Caps } from './oracle.js';

const root = '/api/marketplace';

/** Needs and cases as the actors remember them, in the order in which they came to be. */
export interface Memory {
  needs: { id: string; enterprise: number; amountFen: bigint }[];
  /** Cases that nobody was told have ended. */
  grabs: Case[];
  offers: { id: string; enterprise: number }[];
  revoked: Set<number>;
  caps: Caps;
}

interface Case {
  id: string;
  needId: string;
  manager: number;
  contacted: boolean;
}

/** What an act of somebody came to: a name and a status, for the trace. */
export interface Told {
  act: string;
  status: number;
  detail?: string;
}

type Act = (dice: Dice, cast: Cast, memory: Memory) => Promise<Told | undefined>;

const told = (act: string, response: Response): Told => ({
  act,
  status: response.status,
  ...(response.status >= 500 && { detail: JSON.stringify(response.body) }),
});

export async function publish(dice: Dice, { enterprises }: Cast, memory: Memory): Promise<Told> {
  const enterprise = dice.int(0, enterprises.length - 1);
  const amountFen = BigInt(dice.int(50, 900)) * 1_000_000n + BigInt(dice.int(0, 99));
  const body = { ...needBody, amountFen: String(amountFen), severalLenders: dice.chance(0.2) };
  const draft = await enterprises[enterprise]!.post(`${root}/needs`, body);
  const { id } = draft.body as { id: string };
  if (draft.status !== 201) return told('draft', draft);
  const published = await enterprises[enterprise]!.post(`${root}/needs/${id}/publication`);
  if (published.status === 200) memory.needs.push({ id, enterprise, amountFen });
  return told('publish', published);
}

/** An act of a case by its holder; a case that refuses it has ended or is elsewhere, and may be forgotten. */
function caseAct(act: string, path: string, body: (dice: Dice) => object, ends = false): Act {
  return async (dice, { managers }, memory) => {
    const { grabs } = memory;
    if (grabs.length === 0) return undefined;
    const one = act === 'contact' ? (grabs.find(({ contacted }) => !contacted) ?? dice.pick(grabs)) : dice.pick(grabs);
    const key = `${act}-${dice.int(0, 1_000_000_000)}`;
    const sent = body(dice);
    const send = () =>
      managers[one.manager]!.client.post(`${root}/grabs/${one.id}/${path}`, sent, { 'idempotency-key': key });
    const first = await send();
    one.contacted ||= first.status === 200;
    if (ends ? first.status === 200 : first.status === 409 && dice.chance(0.5))
      memory.grabs = grabs.filter((other) => other !== one);
    if (!dice.chance(0.1)) return told(act, first);
    const second = await send();
    return same(first, second) ? told(`${act} twice`, first) : { act, status: 599, detail: 'a repeat was told else' };
  };
}

const same = (one: Response, other: Response): boolean =>
  one.status === other.status && (one.status >= 400 || JSON.stringify(one.body) === JSON.stringify(other.body));

const contact = caseAct('contact', 'contact', (dice) => ({
  method: dice.pick(['PHONE', 'PHONE', 'VISIT', 'ONLINE']),
  note: '已联系',
}));
const release = caseAct('release', 'release', () => ({}), true);
const decline = caseAct('decline', 'decline', () => ({ reason: 'AMOUNT_DOES_NOT_FIT' }), true);
const disburse = caseAct('disburse', 'disbursement', (dice) => ({
  amountFen: String(dice.int(1, 40) * 1_000_000),
  drawnOn: '2026-11-23',
}));

const offer: Act = async (dice, { managers }, memory) => {
  if (memory.grabs.length === 0) return undefined;
  const { id, manager, needId } = dice.pick(memory.grabs);
  const need = memory.needs.find((one) => one.id === needId)!;
  const body = { ...offerBody, amountFen: String(need.amountFen / BigInt(dice.int(1, 3))), validTo: '2027-03-01' };
  const made = await managers[manager]!.client.post(`${root}/grabs/${id}/offers`, body);
  if (made.status === 201) memory.offers.push({ id: (made.body as { id: string }).id, enterprise: need.enterprise });
  return told('offer', made);
};

const accept: Act = async (dice, { enterprises }, { offers }) => {
  if (offers.length === 0) return undefined;
  const { id, enterprise } = offers[Math.max(0, offers.length - dice.int(1, 10))]!;
  return told('accept', await enterprises[enterprise]!.post(`${root}/offers/${id}/acceptance`));
};

const withdraw: Act = async (dice, { enterprises }, { needs }) => {
  if (needs.length < 10) return undefined;
  const { id, enterprise } = needs[Math.max(0, needs.length - dice.int(1, 60))]!;
  const body = { reason: 'NO_LONGER_NEEDED' };
  return told('withdraw', await enterprises[enterprise]!.post(`${root}/needs/${id}/withdrawal`, body));
};

/** A bank waits in line for a need that is full, or tries to. */
const wait: Act = async (dice, { managers }, { needs }) => {
  const need = needs[Math.max(0, needs.length - dice.int(1, 20))]!;
  const body = { intendedFen: String(need.amountFen / BigInt(dice.int(2, 10))) };
  return told('wait', await dice.pick(managers).client.post(`${root}/needs/${need.id}/waiting`, body));
};

const revoke: Act = async (dice, { market, enterprises }, { revoked }) => {
  const enterprise = revoked.size > 2 ? dice.pick([...revoked]) : dice.int(0, enterprises.length - 1);
  const { uscc } = enterprises[enterprise]!;
  if (revoked.delete(enterprise)) await market.authorise(uscc, { validTo: '2030-01-01' });
  else {
    revoked.add(enterprise);
    await market.revoke(uscc);
  }
  return { act: revoked.has(enterprise) ? 'revoke' : 'authorise', status: 200 };
};

/** Two operators change a limit within what is already granted; a refusal leaves it as it was. */
const changeLimit: Act = async (dice, { market }, { caps }) => {
  const what = dice.pick(Object.keys(caps) as (keyof Caps)[]);
  const value = {
    maxGrabsPerNeed: dice.int(4, 8),
    overSubscriptionBp: dice.int(20_000, 40_000),
    maxOpenGrabsPerInstitution: dice.int(30, 80),
    maxOpenGrabsPerManager: dice.int(8, 30),
    maxDailyGrabsPerInstitution: dice.int(40, 200),
    maxDailyGrabsPerManager: dice.int(15, 80),
  }[what];
  try {
    await market.limit(what, value);
  } catch {
    return { act: `limit ${what}`, status: 409 };
  }
  caps[what] = value;
  return { act: `limit ${what} ${value}`, status: 200 };
};

const weighted: readonly [weight: number, act: Act][] = [
  [40, contact],
  [6, release],
  [34, decline],
  [14, offer],
  [8, accept],
  [6, disburse],
  [8, wait],
  [1, withdraw],
  [1, revoke],
  [1, changeLimit],
  [12, publish],
];

export function oneAct(dice: Dice, cast: Cast, memory: Memory): Promise<Told | undefined> {
  let left = dice.int(
    1,
    weighted.reduce((sum, [weight]) => sum + weight, 0),
  );
  for (const [weight, act] of weighted) {
    left -= weight;
    if (left <= 0) return act(dice, cast, memory);
  }
  return Promise.resolve(undefined);
}
