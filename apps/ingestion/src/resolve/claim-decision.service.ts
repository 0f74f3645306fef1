import { InvalidInput, normaliseUscc } from '@app/kernel';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { ClaimState, LinkClaimRequest, ReasonRequest } from './decide-claim.request.js';
import { ClaimDecidedAlready, ClaimLinked, ClaimLinkedAlready, ClaimNotLinked, ClaimUnknown } from './resolve.error.js';

interface LockedClaim {
  state: ClaimState | 'NEW';
  uscc: string | null;
  decisions: number;
}

interface Decision {
  kind: 'DECIDED' | 'NOBODY' | 'UNDONE';
  uscc: string | null;
  reason: string;
}

/** What people decide about claims. Decisions are only added; the records follow by a delivery of their own. */
@Injectable()
export class ClaimDecisions {
  /** Also of a claim that is linked to another enterprise: its records move there. */
  async link(command: Command, id: string, request: LinkClaimRequest): Promise<void> {
    const uscc = normaliseUscc(request.uscc);
    const claim = await locked(command.tx, id);
    if (claim.uscc === uscc) throw new ClaimLinkedAlready();
    const known: unknown[] = await command.tx.query('select 1 from enterprise_name where uscc = $1 limit 1', [uscc]);
    if (known.length === 0)
      throw new InvalidInput([{ pointer: '/uscc', detail: 'is no enterprise that the registry knows' }]);
    await decide(command, id, claim, { kind: 'DECIDED', uscc, reason: request.reason });
  }

  /** Nobody fits: its rows stay set aside, and it is not matched again. */
  async nobody(command: Command, id: string, { reason }: ReasonRequest): Promise<void> {
    const claim = await locked(command.tx, id);
    if (claim.state === 'LINKED') throw new ClaimLinked();
    if (claim.state === 'NOBODY') throw new ClaimDecidedAlready();
    await decide(command, id, claim, { kind: 'NOBODY', uscc: null, reason });
  }

  /** The link was wrong: its records leave the enterprise, and the claim waits for a person. */
  async undo(command: Command, id: string, { reason }: ReasonRequest): Promise<void> {
    const claim = await locked(command.tx, id);
    if (claim.state !== 'LINKED') throw new ClaimNotLinked();
    await decide(command, id, claim, { kind: 'UNDONE', uscc: null, reason });
  }
}

async function locked(tx: EntityManager, id: string): Promise<LockedClaim> {
  const [claim]: LockedClaim[] = await tx.query('select state, uscc from claim where id = $1 for update', [id]);
  if (!claim) throw new ClaimUnknown();
  // Counted after the lock: whoever held it before may have added one.
  const [counted]: { decisions: number }[] = await tx.query(
    'select count(*)::int as decisions from claim_decision where claim_id = $1',
    [id],
  );
  return { ...claim, decisions: counted!.decisions };
}

const stateAfter = { DECIDED: 'LINKED', NOBODY: 'NOBODY', UNDONE: 'WAITING' } as const;

async function decide({ tx, viewer, now }: Command, id: string, claim: LockedClaim, decision: Decision): Promise<void> {
  const { kind, uscc, reason } = decision;
  await tx.query('update claim set state = $2, uscc = $3 where id = $1', [id, stateAfter[kind], uscc]);
  await tx.query(
    `insert into claim_decision (claim_id, number, kind, uscc, reason, decided_by, decided_at, carried_out_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    // Where nobody fits there are no records to move.
    [id, claim.decisions + 1, kind, uscc, reason, viewer.personId, now, kind === 'NOBODY' ? now : null],
  );
}
