import { randomBytes } from 'node:crypto';

import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';

import { commitmentOf } from './draw.rules.js';

/** 256 bits: nobody finds the secret from its commitment before the draw. */
const secretBytes = 32;

/** Where the secret of a draw lies between the publication of a need and its draw. */
@Injectable()
export class DrawBox {
  /** @returns the commitment that is published with the need */
  async open(tx: EntityManager, needId: string, now: Date, sealedUntil: Date): Promise<string> {
    const secret = randomBytes(secretBytes).toString('hex');
    const commitment = commitmentOf(needId, secret);
    await tx.query(
      'insert into draw (need_id, commitment, secret, opened_at, sealed_until) values ($1, $2, $3, $4, $5)',
      [needId, commitment, secret, now, sealedUntil],
    );
    return commitment;
  }
}
