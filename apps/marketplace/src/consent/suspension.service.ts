import { dayOf } from '@app/kernel';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import type { NeedFile } from '../need/need-file.service.js';
import { isOnBoard } from '../need/need.rules.js';
import { ConsentService } from './consent.service.js';

/** Takes a need off the board while no authorisation carries it, and brings it back. Cases that run go on. */
@Injectable()
export class SuspensionService {
  constructor(private readonly consent: ConsentService) {}

  async apply(tx: EntityManager, file: NeedFile, now: Date): Promise<void> {
    const { need } = file;
    if (!isOnBoard(need.status)) return;
    const carrier = await this.consent.carrierOf(tx, need.uscc, dayOf(now));
    if (!carrier && !need.suspendedAt) file.suspend(now, 'NO_AUTHORISATION');
    if (carrier && need.suspendedAt) {
      need.authorisationId = carrier;
      file.suspend(null, 'AUTHORISED_AGAIN');
    }
  }
}
