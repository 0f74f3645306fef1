import { authorisationRevoked, authorisationSigned } from '@app/contracts';
import type { EventEnvelope } from '@app/contracts';
import { EventHandler, type SingleHandler } from '@app/messaging';
import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';

import { theService } from '../audit/audit.service.js';
import { NeedStore } from '../need/need-store.service.js';
import { Need } from '../need/need.entity.js';
import { SuspensionService } from './suspension.service.js';

interface AuthorisationChanged {
  uscc: string;
}

/**
 * Marks the needs of an enterprise as suspended or resumed when its authorisations change. The event is a nudge: what
 * holds is read from credit's view, and grabs and leads read it for themselves all the time.
 */
@Injectable()
@EventHandler({ name: 'marketplace.suspension', events: [authorisationRevoked, authorisationSigned] })
export class AuthorisationConsumer implements SingleHandler<AuthorisationChanged> {
  constructor(
    private readonly store: NeedStore,
    private readonly suspension: SuspensionService,
  ) {}

  async handle({ at, data }: EventEnvelope<AuthorisationChanged>, tx: EntityManager): Promise<void> {
    const now = new Date(at);
    const open = await tx.find(Need, {
      where: { uscc: data.uscc as Need['uscc'], status: In(['PUBLISHED', 'FULL']) },
      order: { id: 'ASC' },
      select: { id: true },
    });
    for (const { id } of open) {
      const file = await this.store.open(tx, id);
      await this.suspension.apply(tx, file, now);
      await this.store.save(tx, file, theService, now);
    }
  }
}
