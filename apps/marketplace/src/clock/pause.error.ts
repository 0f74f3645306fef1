import { AppError, Forbidden } from '@app/kernel';

import { ContactFirst, WrongState } from '../grab/grab.error.js';
import type { PauseFault } from './pause.rules.js';

export class AlreadyPaused extends AppError {
  override readonly code = 'MARKETPLACE.ALREADY_PAUSED';
  constructor() {
    super('conflict', 'the clocks of this case stand still already');
  }
}

export class NotPaused extends AppError {
  override readonly code = 'MARKETPLACE.NOT_PAUSED';
  constructor() {
    super('conflict', 'the clocks of this case are running');
  }
}

export class PauseUsedUp extends AppError {
  override readonly code = 'MARKETPLACE.PAUSE_USED_UP';
  constructor(left: number) {
    super('conflict', `${left} working days of pause are left for this case on your side`);
  }
}

/** A reason of the other side, or somebody else's pause. */
export class NotYourPause extends Forbidden {
  override readonly code = 'MARKETPLACE.NOT_YOUR_PAUSE';
  constructor() {
    super('this reason, or this pause, is not your side’s: the other side or an operator has to do it');
  }
}

export function pauseError(fault: PauseFault, status: string, left: number): AppError {
  if (fault === 'ALREADY_PAUSED') return new AlreadyPaused();
  if (fault === 'CONTACT_FIRST') return new ContactFirst();
  return fault === 'NOT_RUNNING' ? new WrongState('case', status, 'paused') : new PauseUsedUp(left);
}
