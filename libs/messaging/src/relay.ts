import { Injectable } from '@nestjs/common';

/** Carries a service's outbox to the bus. */
@Injectable()
export class Relay {
  /** Says that something was committed to the outbox; cheap, never throws. addToOutbox does it by itself. */
  nudge(): void {}
}
