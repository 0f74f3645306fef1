import { createHash } from 'node:crypto';

import { claimText } from '@app/service';

import type { LaneAsk } from '../../apps/marketplace/src/grab/lane.rules.js';
import type { Manager } from './cast.js';

export const grabRoute = 'POST /api/marketplace/needs/:id/grabs';

/** One grab as a bank sends it. */
export interface Attempt {
  manager: Manager;
  needId: string;
  intendedFen: bigint;
  key: string;
  claimText: string;
  now: Date;
  /** Sent in the name of another bank, with one's own session. */
  forged: boolean;
}

/** What a bank is told: how it ended, and which grab it has. */
export interface Answer {
  told: string;
  grabId?: string;
}

export function attemptOf(
  manager: Manager,
  needId: string,
  { intendedFen, key, now }: { intendedFen: bigint; key: string; now: Date },
): Attempt {
  const claim = { person: manager.viewer.personId, route: grabRoute, key };
  return {
    manager,
    needId,
    intendedFen,
    key,
    claimText: claimText({ ...claim, fingerprint: '' }),
    now,
    forged: false,
  };
}

/** As the controller hands it to the lane. */
export function laneAskOf({ manager, needId, intendedFen, key, now, forged }: Attempt, other: Manager): LaneAsk {
  const fingerprint = createHash('sha256').update(`${needId} ${intendedFen}`).digest('hex');
  const { viewer } = manager;
  return {
    claim: { person: viewer.personId, route: grabRoute, key, fingerprint },
    fingerprint,
    viewer: forged ? { ...viewer, organisation: other.viewer.organisation } : viewer,
    needId,
    intendedFen: intendedFen as LaneAsk['intendedFen'],
    now,
    correlationId: 'simulation',
  };
}
