import { ApiProperty } from '@nestjs/swagger';

import type { CasePause } from './case-pause.entity.js';
import { pausedWorkdays, type Pauser, type PauseReason, pauseReasons, pausers } from './pause.rules.js';

/** A pause, alike for both sides. */
export class PauseResponse {
  id: string;
  grabId: string;
  @ApiProperty({ enum: pausers })
  side: Pauser;
  @ApiProperty({ enum: pauseReasons })
  reason: PauseReason;
  note: string | null;
  /** The day of the act, which still counts. */
  fromDay: string;
  /** The last day on which the clocks stand. */
  toDay: string;
  /** Working days that it takes. */
  workdays: number;
  pausedAt: string;
  endedAt: string | null;
}

export class PausedCaseResponse extends PauseResponse {
  /** The deadlines as they are now. */
  contactBy: string;
  evidenceBy: string;
  decideBy: string;
}

export const toPauseResponse = (pause: CasePause): PauseResponse => ({
  id: pause.id,
  grabId: pause.grabId,
  side: pause.side,
  reason: pause.reason,
  note: pause.note,
  fromDay: pause.fromDay,
  toDay: pause.toDay,
  workdays: pausedWorkdays([{ from: pause.fromDay, to: pause.toDay }]),
  pausedAt: pause.pausedAt.toISOString(),
  endedAt: pause.endedAt?.toISOString() ?? null,
});

export const toPausedCaseResponse = (
  pause: CasePause,
  { contactBy, evidenceBy, decideBy }: { contactBy: Date; evidenceBy: Date; decideBy: Date },
): PausedCaseResponse =>
  Object.assign(toPauseResponse(pause), {
    contactBy: contactBy.toISOString(),
    evidenceBy: evidenceBy.toISOString(),
    decideBy: decideBy.toISOString(),
  });
