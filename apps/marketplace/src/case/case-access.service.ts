import type { Viewer } from '@app/auth';
import type { Command } from '@app/service';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { Pauser } from '../clock/pause.rules.js';
import { Grab } from '../grab/grab.entity.js';
import { GrabNotFound } from '../grab/grab.error.js';
import { NeedStore } from '../need/need-store.service.js';
import { Need } from '../need/need.entity.js';
import { CaseService, type OpenedCase } from './case.service.js';

/** A case as one of its sides may look at it. */
export interface SeenCase {
  need: Need;
  grab: Grab;
  side: Pauser;
}

/** Opens a case for whichever side asks: its bank, its enterprise, or the operator. Someone else's does not exist. */
@Injectable()
export class CaseAccess {
  constructor(
    private readonly cases: CaseService,
    private readonly store: NeedStore,
  ) {}

  /** For reading; undefined where there is none that this viewer may know of. */
  async look(db: EntityManager, viewer: Viewer, grabId: string): Promise<SeenCase | undefined> {
    const found = await this.ofGrab(db, grabId);
    const side = found && sideOf(viewer, found.need, found.grab);
    return side ? { ...found, side } : undefined;
  }

  /** The same. @throws GrabNotFound */
  async find(db: EntityManager, viewer: Viewer, grabId: string): Promise<SeenCase> {
    const seen = await this.look(db, viewer, grabId);
    if (!seen) throw new GrabNotFound();
    return seen;
  }

  /** A case whoever it belongs to: for those who have shown already that it is theirs. */
  async ofGrab(db: EntityManager, grabId: string): Promise<Omit<SeenCase, 'side'> | undefined> {
    const grab = await db.findOneBy(Grab, { id: grabId });
    const need = grab && (await db.findOneBy(Need, { id: grab.needId }));
    return need ? { need, grab } : undefined;
  }

  /** For an act, under the lock of the need; a bank acts through the manager who owns the case. @throws GrabNotFound */
  async open(command: Command, grabId: string): Promise<OpenedCase & { side: Pauser }> {
    const { tx, viewer } = command;
    const { grab, side } = await this.find(tx, viewer, grabId);
    if (side === 'INSTITUTION') return { ...(await this.cases.open(command, grabId)), side };
    const file = await this.store.open(tx, grab.needId);
    return { file, grab: file.grab(grabId), side };
  }
}

function sideOf({ organisation }: Viewer, need: Need, grab: Grab): Pauser | null {
  if (organisation.kind === 'operator') return 'OPERATOR';
  if (organisation.id === grab.institutionId) return 'INSTITUTION';
  return organisation.id === need.organisationId ? 'ENTERPRISE' : null;
}
